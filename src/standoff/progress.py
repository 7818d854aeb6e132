"""How long work tells how far it is, and beforehand what it will cost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, runtime_checkable

Progress = Callable[[str, float], None]
"""Called with what is being done, and which share of it is done: 0 to 1."""

WORTH_TELLING = 5.0
"""From so many seconds on what work will cost is told before."""


@runtime_checkable
class Announcing(Protocol):
    """A progress function that can also tell a sentence before work begins."""

    def __call__(self, phase: str, fraction: float, /) -> None:
        """Show how far the work is."""

    def announce(self, text: str) -> None:
        """Tell a sentence."""


def announce(progress: Progress | None, text: str) -> None:
    """Tell a sentence beforehand, if whoever shows the progress can."""
    if isinstance(progress, Announcing):
        progress.announce(text)
