"""How long the commands that look for ways out take, from the shell: the shipped case, 2^12 and 2^18 states.

    python bench/ways.py [--bits 12 18] [--irreversible] [--parties 4 5 6]

Every row is one run of `standoff` in a process of its own, reading the file included; seconds are
those of the clock, and memory is the most that the process held.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from stability import model_text

COMMANDS = (
    ("ripe",),
    ("moves", "--for", "{dm}"),
    ("paths", "--to", "equilibrium"),
    ("paths", "--cycles"),
    ("coalitions", "--of", "{two}", "--deal", "{deal}"),
)
PARTIES = 4
CASE = ("case:north-korea-2019", {"dm": "us", "two": "us,rok", "deal": "package"})
CASE_ONLY = (
    ("levers", "today", "--break"),
    ("levers", "package", "--break"),
    ("foresight",),
    ("belief",),
    ("watch",),
    ("simulate", "--policy", "rogin"),
    ("wait", "--rough"),
)


def seconds_of(arguments: Sequence[str]) -> tuple[float, float]:
    """Return the seconds that a command takes and the GiB it holds at most.

    Raises
    ------
    RuntimeError
        If it fails, with what it said.
    """
    started = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "standoff", *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as run:
        assert run.stderr is not None
        said = run.stderr.read().decode()
        _, status, used = os.wait4(run.pid, 0)
        run.returncode = os.waitstatus_to_exitcode(status)
    if run.returncode:
        raise RuntimeError(f"standoff {' '.join(arguments)}: {said}")
    return time.perf_counter() - started, used.ru_maxrss / 2**20


def rows(name: str, path: str, names: dict[str, str], commands: Sequence[Sequence[str]]) -> None:
    """Measure commands on a model and print a row for each."""
    for command, *options in commands:
        filled = [option.format(**names) for option in options]
        seconds, memory = seconds_of([command, path, *filled])
        print(f"| {name} | `{' '.join([command, *filled])}` | {seconds:.1f} | {memory:.2f} |", flush=True)


def random_rows(bits: int, parties: int, commands: Sequence[Sequence[str]], *, irreversible: bool) -> None:
    """Measure commands on a random conflict, with an irreversible option each if asked for."""
    case = {"bits": bits, "parties": parties, "statements": 20, "infeasible": False}
    name = f"2^{bits} states" + (f", {parties} parties" if parties != PARTIES else "")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "random.yaml"
        path.write_text(model_text({**case, "irreversible": irreversible}, 1), encoding="utf-8")
        names = {"dm": "d0", "two": "d0,d1", "deal": f"s{1 << (bits - 1)}"}
        rows(name + (", irreversible" if irreversible else ""), str(path), names, commands)


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--bits", type=int, nargs="*", default=[12, 18])
    parser.add_argument("--irreversible", action="store_true")
    parser.add_argument("--parties", type=int, nargs="*", default=[4, 5, 6], help="for coalitions")
    asked = parser.parse_args()
    print("| model | command | s | GiB |\n| --- | --- | ---: | ---: |")
    rows("the case", *CASE, (*COMMANDS, *CASE_ONLY))
    for bits in asked.bits:
        random_rows(bits, PARTIES, COMMANDS, irreversible=asked.irreversible)
    for parties in asked.parties:
        for irreversible in (False, True):
            if parties != PARTIES or irreversible:
                random_rows(12, parties, COMMANDS[-1:], irreversible=irreversible)


if __name__ == "__main__":
    main()
