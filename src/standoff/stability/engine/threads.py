"""One pool of threads for all work whose loops let go of the interpreter."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

ALONE = 1 << 15
"""Work on fewer states than this is not shared out."""


class _Here(threading.local):
    ours = False


_HERE = _Here()


def together(work: Callable[[Item], Result], items: Iterable[Item], states: int) -> Iterator[Result]:
    """Do pieces of work side by side, results in order; small work, and work within work, one by one.

    An interrupt drops the pieces not yet begun; those under way end within moments.
    """
    return map(work, items) if states < ALONE or _HERE.ours else _pool().map(work, items)


def number() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(number(), "standoff", initializer=lambda: setattr(_HERE, "ours", True))
