"""Run the examples in README.md and docs/, in the order of each page, in a folder of its own.

```console      lines that begin with "$ standoff" are run, the lines below each are its output
```python       run in one namespace a page; a ```text block right below is what it prints
<!-- file: NAME -->   above a block: the block is the content of a file that later examples use
<!-- exit: 2 -->      above a console block: the exit code expected instead of 0

In expected output `...` stands for any text, on a line of its own for any number of lines.
`python tests/docs/examples.py --write` puts the real output where the expected one differs; to have
`...` replaced by it, take that line out first.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import sys
import tempfile
from collections.abc import Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from standoff.cli import main

ROOT = Path(__file__).parents[2]
WIDTH = 110

_FENCE = re.compile(r"(?P<ticks>`{3,})(?P<language>\w*)\s*$")
_MARK = re.compile(r"<!-- (?P<key>file|exit): (?P<value>\S+) -->$")


@dataclass(frozen=True)
class Block:
    """A fenced block: its lines are number `first` to `last` of the page, counted from 0, end exclusive."""

    language: str
    lines: list[str]
    first: int
    last: int
    marks: dict[str, str]


@dataclass(frozen=True)
class Result:
    """What an example printed beside what the page says it prints, at lines `first` to `last`."""

    example: str
    expected: list[str]
    printed: list[str]
    first: int
    last: int
    complaint: str = ""

    @property
    def agrees(self) -> bool:
        return not self.complaint and matches(self.expected, self.printed)


def pages() -> list[Path]:
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def blocks(text: str) -> Iterator[Block]:
    """Yield the fenced blocks of a page."""
    lines = text.splitlines()
    at = 0
    while at < len(lines):
        opening = _FENCE.match(lines[at])
        if opening is None:
            at += 1
            continue
        first = at + 1
        last = next((n for n in range(first, len(lines)) if lines[n].rstrip() == opening["ticks"]), None)
        if last is None:
            raise ValueError(f"the block at line {first} is not closed")
        yield Block(opening["language"], lines[first:last], first, last, _marks(lines, at))
        at = last + 1


def _marks(lines: list[str], at: int) -> dict[str, str]:
    """The marks above a block; blank lines may stand between."""
    marks = {}
    for line in reversed(lines[:at]):
        mark = _MARK.match(line)
        if mark:
            marks[mark["key"]] = mark["value"]
        elif line.strip():
            break
    return marks


def run_page(text: str) -> Iterator[Result]:
    """Run the examples of a page and yield what each printed."""
    names: dict[str, object] = {"__name__": "__main__"}
    found = list(blocks(text))
    with tempfile.TemporaryDirectory() as folder:
        for number, block in enumerate(found):
            if "file" in block.marks:
                Path(folder, block.marks["file"]).write_text("\n".join(block.lines) + "\n", encoding="utf-8")
            elif block.language == "console":
                yield from _run_console(block, folder)
            elif block.language == "python":
                following = found[number + 1] if number + 1 < len(found) else None
                shown = following if following and _is_output(text, block, following) else None
                yield _run_python(block, shown, names, folder)


def _is_output(text: str, block: Block, following: Block) -> bool:
    between = text.splitlines()[block.last + 1 : following.first - 1]
    return following.language == "text" and not any(line.strip() for line in between)


def _run_console(block: Block, folder: str) -> Iterator[Result]:
    starts = [n for n, line in enumerate(block.lines) if line.startswith("$ ")]
    if not starts or starts[0] != 0:
        yield Result("", block.lines, [], block.first, block.last, "a console block begins with '$ standoff'")
    for start, end in zip(starts, [*starts[1:], len(block.lines)], strict=True):
        command = block.lines[start].removeprefix("$ ")
        output = start + 1
        while command.endswith("\\") and output < end:
            command = command[:-1] + block.lines[output].strip()
            output += 1
        wanted = int(block.marks.get("exit", "0"))
        printed, code = run_command(command, folder)
        complaint = f"exit code {code}, not {wanted}" if code != wanted else ""
        expected = block.lines[output:end]
        yield Result(command, expected, printed, block.first + output, block.first + end, complaint)


def run_command(command: str, folder: str) -> tuple[list[str], int]:
    """Run `standoff ...`, with `> FILE` at its end if need be; return the lines printed and the exit code."""
    words = shlex.split(command)
    if words[:1] != ["standoff"]:
        return [f"only standoff is run here, not '{command}'"], -1
    target = None
    if len(words) > 2 and words[-2] == ">":
        words, target = words[:-2], words[-1]
    printed, code = _run_main(words, folder)
    if target is None:
        return _lines(printed), code
    Path(folder, target).write_text(printed, encoding="utf-8")
    return [], code


def _run_main(words: list[str], folder: str) -> tuple[str, int]:
    """Run the entry point of the command as on a plain terminal; return what it printed and the exit code."""
    printed = io.StringIO()
    with (
        chdir(folder),
        patch.object(sys, "argv", words),
        patch.dict(os.environ, {"COLUMNS": str(WIDTH), "NO_COLOR": "1", "TERM": "dumb"}),
        redirect_stdout(printed),
        redirect_stderr(printed),
    ):
        try:
            main()
            code: object = 0
        except SystemExit as stop:
            code = stop.code
    return printed.getvalue(), code if isinstance(code, int) else int(code is not None)


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.rstrip().splitlines()]


def _run_python(block: Block, shown: Block | None, names: dict[str, object], folder: str) -> Result:
    printed = io.StringIO()
    complaint = ""
    with chdir(folder), redirect_stdout(printed):
        try:
            exec(compile("\n" * block.first + "\n".join(block.lines), "<page>", "exec"), names)
        except Exception as error:  # noqa: BLE001 - an example may fail in any way; how is what is told
            complaint = f"{type(error).__name__}: {error}"
    lines = _lines(printed.getvalue())
    where = shown or Block("text", [], block.last, block.last, {})
    if shown is None and lines and not complaint:
        complaint = "it prints, and no text block below it shows what"
    example = block.lines[0] if block.lines else ""
    return Result(example, where.lines, lines, where.first, where.last, complaint)


def matches(expected: list[str], printed: list[str]) -> bool:
    """Return whether lines were printed as expected; `...` stands for anything."""
    pattern = ""
    for line in expected:
        if line.strip() == "...":
            pattern += r"(?:[^\n]*\n)*"
        else:
            pattern += r"[^\n]*".join(map(re.escape, line.rstrip().split("..."))) + r"\n"
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in printed)) is not None


def write_outputs(page: Path) -> list[Result]:
    """Put the real output into a page where it differs; return the examples that could not be mended so."""
    text = page.read_text(encoding="utf-8")
    lines = text.splitlines()
    wrong = [result for result in run_page(text) if not result.agrees]
    for result in reversed(wrong):
        if not result.complaint:
            lines[result.first : result.last] = result.printed
    mended = "\n".join(lines) + "\n"
    if mended != text:
        page.write_text(mended, encoding="utf-8")
    return [result for result in wrong if result.complaint]


def write() -> int:
    if sys.argv[1:] != ["--write"]:
        print(__doc__)
        return 2
    failed = 0
    for page in pages():
        for result in write_outputs(page):
            failed = 1
            print(f"{page.relative_to(ROOT)}:{result.first}: {result.example}: {result.complaint}")
            print("\n".join(f"    {line}" for line in result.printed))
    return failed


if __name__ == "__main__":
    sys.exit(write())
