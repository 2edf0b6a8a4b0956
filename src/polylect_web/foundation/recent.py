"""What was read lately and can be read again: a cache in this process that may be lost and never goes
stale."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Recent(Generic[K, V]):
    """The last `size` values used, by key. Only for values that are the same for ever under their key."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._values: OrderedDict[K, V] = OrderedDict()
        self._lock = threading.Lock()

    def many(self, keys: Iterable[K], read: Callable[[Collection[K]], Mapping[K, V]]) -> dict[K, V]:
        """The values of these keys. `read` is called once, with the keys that are not at hand, if there are
        any; a key that it does not know is left out."""
        wanted = list(dict.fromkeys(keys))
        with self._lock:
            found = {key: self._values[key] for key in wanted if key in self._values}
            for key in found:
                self._values.move_to_end(key)
        missing = [key for key in wanted if key not in found]
        if missing:
            fresh = read(missing)
            found.update(fresh)
            with self._lock:
                self._values.update(fresh)
                while len(self._values) > self._size:
                    self._values.popitem(last=False)
        return found

    def one(self, key: K, read: Callable[[], V]) -> V:
        """The value of this key, read if it is not at hand."""
        return self.many([key], lambda _: {key: read()})[key]

    def forget(self) -> None:
        """Empties it: for tests, whose databases use the same numbers again."""
        with self._lock:
            self._values.clear()
