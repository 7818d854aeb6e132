"""Printing: results to stdout, progress and faults to stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console, RenderableType
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn


def put(view: RenderableType) -> None:
    """Print a view for people; wide tables are not cut when the output is no terminal."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=max(console.width, 160))
    console.print(view)


def put_json(document: dict[str, Any]) -> None:
    """Print one document as one line."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, separators=(", ", ": ")) + "\n")


@contextmanager
def progress_bar() -> Iterator[Callable[[str, float], None] | None]:
    """Give a function that reports (phase, fraction) as a bar on stderr, if that is a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=1.0)
        yield lambda phase, fraction: bar.update(task, description=phase, completed=fraction)
