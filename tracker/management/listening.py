"""Whether the address of the web server is free, said in a sentence before anything else is begun."""

import errno
import socket

from django.core.management.base import CommandError


def require_free(host: str, port: str) -> None:
    """Raises CommandError, in words, if no server can listen there."""
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise CommandError(f"PORT is {port!r}; allowed: a number from 1 to 65535.")
    try:
        family, kind, _protocol, _name, address = socket.getaddrinfo(host, int(port), type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen(1)
    except socket.gaierror:
        raise CommandError(f"HOST is {host!r}, which this machine does not know.") from None
    except OSError as error:
        raise CommandError(_words(error, host, port)) from error


def _words(error: OSError, host: str, port: str) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} on {host} is taken. If it is this tracker that runs there already, `make stop` ends it; "
            f"else choose another port: PORT={int(port) + 1} make run"
        )
    if error.errno == errno.EACCES:
        return f"Port {port} is not open to this user: choose one from 1024 up, for instance PORT=8000 make run"
    return f"No server can listen on {host}, port {port}: {error.strerror}."
