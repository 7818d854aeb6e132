"""Printing: results to stdout, progress and faults to stderr."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, NoReturn

from standoff.errors import UsageError

if TYPE_CHECKING:
    from rich.console import Group
    from rich.progress import Progress as RichProgress

_UNBROKEN = 10_000


def put(view: Group) -> None:
    """Print a view for people.

    Tables are never cut, however narrow the terminal; sentences that go to a file or another
    program are not broken into lines.
    """
    from rich.console import Console
    from rich.measure import Measurement
    from rich.table import Table

    console, wide = Console(highlight=False), Console(highlight=False, width=_UNBROKEN)
    if not console.is_terminal:
        with wide.capture() as captured:
            wide.print(view)
        sys.stdout.writelines(f"{line.rstrip()}\n" for line in captured.get().splitlines())
        return
    for part in view.renderables:
        if isinstance(part, Table):
            needed = Measurement.get(wide, wide.options, part).maximum
            Console(highlight=False, width=max(needed, console.width)).print(part)
        else:
            console.print(part)


def put_json(document: dict[str, Any]) -> None:
    """Print one document as one line."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, separators=(", ", ": ")) + "\n")


def check_output(output: str | None, *, as_csv: bool, as_json: bool, force: bool) -> None:
    """Refuse options for a table that do not fit together, before any work is done.

    Raises
    ------
    UsageError
        Also if the file exists and is not to be replaced.
    """
    if as_csv and as_json:
        raise UsageError("Give either --csv or --json.")
    if output is not None and not as_csv:
        raise UsageError("Only a table is written to a file: give --csv with -o.")
    if output is not None and Path(output).exists() and not force:
        raise UsageError(f"{output} exists already. Choose another name, or replace it with --force.")


def write_table(table: str, output: str | None, *, force: bool) -> None:
    """Write a table to a file, or to stdout."""
    from standoff.files.writing import write_text_atomic

    if output is None:
        sys.stdout.write(table)
    else:
        write_text_atomic(output, table, overwrite=force)


class Bar:
    """Shows (phase, fraction) as a bar, and sentences above it.

    Time spent and remaining begin anew with each phase, that is, where the fraction falls back.
    """

    def __init__(self, bar: RichProgress) -> None:
        self._bar, self._task, self._shown = bar, bar.add_task("", total=1.0), 0.0

    def __call__(self, phase: str, fraction: float) -> None:
        """Show how far a phase is."""
        if fraction < self._shown:
            self._bar.reset(self._task)
        self._bar.update(self._task, description=phase, completed=fraction)
        self._shown = fraction

    def announce(self, text: str) -> None:
        """Write a sentence that stays when the bar is gone."""
        self._bar.console.print(text, highlight=False, markup=False)


@contextmanager
def progress_bar() -> Iterator[Bar | None]:
    """Give what shows progress as a bar on stderr, if that is a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True, speed_estimate_period=600) as bar:
        yield Bar(bar)


@contextmanager
def stopped_at_once() -> Iterator[None]:
    """End the program on Ctrl-C without unwinding: compiled code may swallow an exception.

    Only for work that has written nothing yet.
    """

    def stop(_signal: int, _frame: FrameType | None) -> NoReturn:
        sys.stdout.flush()
        show_cursor = "\x1b[?25h" if sys.stderr.isatty() else ""
        os.write(2, f"{show_cursor}\nstandoff: interrupted.\n".encode())
        os._exit(130)

    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        yield
        return
    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def require_other(output: str, source: str) -> None:
    """Refuse to write an answer over the model that it is about.

    Raises
    ------
    UsageError
        If both are the same file.
    """
    if Path(output).resolve() == Path(source).resolve():
        raise UsageError(f"{output} is the model itself. Choose another name to write to.")
