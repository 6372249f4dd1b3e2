"""What a service tells systemd of itself: that it is ready, that it ends (the protocol of sd_notify(3))."""

import os
import socket


def notify(state: str) -> None:
    """Sends a line such as `READY=1` to the socket that NOTIFY_SOCKET names. Without one, or if it is gone, nothing
    happens: the service works all the same."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")):
        return
    if address.startswith("@"):
        address = "\0" + address[1:]  # Linux's abstract names.
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as sender:
            sender.connect(address)
            sender.send(state.encode())
    except OSError:
        return
