"""How much memory there is to be had, for this process and where it runs."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

_ROOT = Path("/")


def available_memory(root: Path = _ROOT) -> int | None:
    """Return the bytes of memory that can be had, or None where the system does not say.

    What the machine has free or, if that is less, what a container leaves up to its limit.
    """
    found = [*_of_containers(root), *_of_the_machine(root)]
    return min(found, default=None)


def _of_the_machine(root: Path) -> Iterator[int]:
    try:
        lines = (root / "proc/meminfo").read_text(encoding="ascii").splitlines()
        yield next(int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:"))
    except (OSError, StopIteration, ValueError):
        try:
            yield os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
        except (AttributeError, OSError, ValueError):
            return


def _of_containers(root: Path) -> Iterator[int]:
    """Yield what each control group (version 2 or 1) that this process is in leaves to be had."""
    try:
        lines = (root / "proc/self/cgroup").read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return
    for line in lines:
        number, controllers, group = (*line.split(":", 2), "", "")[:3]
        if number == "0" and not controllers:
            yield from _left(root / "sys/fs/cgroup", group, _VERSION_2)
        elif "memory" in controllers.split(","):
            yield from _left(root / "sys/fs/cgroup/memory", group, _VERSION_1)


_VERSION_2 = ("memory.max", "memory.current", "inactive_file")
_VERSION_1 = ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file")


def _left(mounted: Path, group: str, names: tuple[str, str, str]) -> Iterator[int]:
    """Yield what is left in a group and in all groups above it; files kept in memory make way."""
    limit, used, makes_way = names
    here = mounted / group.strip("/")
    for folder in (here, *here.parents):
        try:
            most, now = ((folder / name).read_text(encoding="ascii").strip() for name in (limit, used))
            lines = (folder / "memory.stat").read_text(encoding="ascii").splitlines()
            kept = sum(int(line.split()[1]) for line in lines if line.split(" ", 1)[0] == makes_way)
            yield max(0, int(most) - int(now) + kept)
        except (OSError, ValueError):  # no such file, or "max": no limit here
            pass
        if folder == mounted:
            return
