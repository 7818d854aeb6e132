"""How long the best policy takes: the toy model of 260 points, finer and finer, with SciPy and without.

    python bench/waiting.py [--repeats 3]

Medians in seconds, of the clock and of the processor. The value of a grid lies nowhere below the
true one; simulated policies lie nowhere above it, within sampling error.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.timing.toy import TOY

from standoff.files.reading import read_text
from standoff.study import prepare
from standoff.study.watch import watch
from standoff.timing import linear
from standoff.timing.building import play
from standoff.timing.simulation import simulated
from standoff.timing.until import optimally
from standoff.timing.waiting.optimum import solved

PATHS = 20_000


def timed(work: Callable[[], Any], repeats: int) -> tuple[Any, float, float]:
    """Return what some work gives, and the medians of its seconds by the clock and of the processor."""
    clock, processor, found = [], [], None
    for _ in range(repeats):
        begin, cpu = time.perf_counter(), time.process_time()
        found = work()
        clock.append(time.perf_counter() - begin)
        processor.append(time.process_time() - cpu)
    return found, median(clock), median(processor)


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--repeats", type=int, default=3)
    repeats = parser.parse_args().repeats
    study = prepare(read_text(TOY).conflict)
    found = play(study.graph, study.conflict)
    print("| step | value | clock | processor |\n| --- | ---: | ---: | ---: |")

    def row(step: str, value: str, seconds: tuple[Any, float, float]) -> None:
        print(f"| {step} | {value} | {seconds[1]:.2f} | {seconds[2]:.2f} |", flush=True)

    for steps in (32, 64, 128, 256):
        done = timed(lambda steps=steps: solved(found, steps), repeats)
        row(f"best policy, {steps} steps of belief", f"{done[0].upper:.4f}", done)
    best = solved(found, 128)
    rule = optimally(found, best.solution)
    done = timed(lambda: simulated(found, best.stakes, rule, paths=PATHS, seed=1), repeats)
    value = done[0].value
    row(f"the same simulated, {PATHS:,} paths a type", f"{value.mean:.4f} ± {3 * value.error:.4f}", done)
    row("watch, 12 months", "", timed(lambda: watch(study), repeats))
    linear.find_spec = lambda _name: None
    for steps in (64, 128):
        done = timed(lambda steps=steps: solved(found, steps), 1)
        row(f"best policy, {steps} steps, without SciPy", f"{done[0].upper:.4f}", done)


if __name__ == "__main__":
    main()
