"""What takes long to make, kept in this process for as long as it is used."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


class Kept(Generic[K, T]):
    """The `most` things that were asked for last, by their keys; for any number of threads. Two who
    ask for a new one at the same time may both make it."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._made: OrderedDict[K, T] = OrderedDict()
        self._lock = Lock()

    def get(self, key: K, make: Callable[[], T], still: Callable[[], bool] = lambda: True) -> T:
        """What is kept under the key, or else made now; it is kept if `still` says afterwards that
        the key holds for it."""
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
                return self._made[key]
        made = make()
        if still():
            with self._lock:
                self._made[key] = made
                while len(self._made) > self.most:
                    self._made.popitem(last=False)
        return made
