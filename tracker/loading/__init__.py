"""The shipped record: reading its files, naming their faults, and loading them into an empty store."""

from tracker.loading.faults import Faulty
from tracker.loading.files import Shipped, read
from tracker.loading.play import NotEmpty, load, store_is_empty

__all__ = ["Faulty", "NotEmpty", "Shipped", "load", "read", "store_is_empty"]
