"""How long stability takes, phase by phase, and how much memory, beside sorting the same rankings.

    python bench/stability.py                   a few sizes, about a minute
    python bench/stability.py --all --write     its tables in docs/benchmarks.md, about a quarter of an hour

Every row is measured in processes of its own, one a seed, and medians are shown. A ratio compares
two times of one process, so it means something on a busy machine too.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Self

import numpy as np

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "benchmarks.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
HEAD = (
    "raw states",
    "feasible",
    "parties",
    "rankings",
    "irreversible",
    "engine",
    "states s",
    "rankings s",
    "stability s",
    "sorts s",
    "ratio",
    "GiB above inputs",
)


def statement(draw: random.Random, options: list[str]) -> str:
    """One to three random literals."""
    a, b, c = (draw.choice((option, f"not {option}")) for option in draw.sample(options, 3))
    return draw.choice(
        (a, f"{a} and {b}", f"{a} or {b}", f"{a} and {b} or {c}", f"{a} if {b}", f"{a} xor {b}")
    )


def model_text(case: dict, seed: int) -> str:
    """A model file: options shared out evenly, rules that leave about 80 %, random statements."""
    draw = random.Random(seed)
    if case.get("shipped"):
        return filled_in(case["shipped"], case["statements"], draw)
    bits, parties = case["bits"], case["parties"]
    options = [f"d{bit * parties // bits}.o{bit}" for bit in range(bits)]
    lines = ["standoff: 1", "name: Benchmark", "decision_makers:"]
    for party in range(parties):
        own = [option.split(".")[1] for option in options if option.startswith(f"d{party}.")]
        lines += [
            f"  d{party}:",
            "    options:",
            *(f"      {option}: {option}" for option in own),
            "    prefers:",
        ]
        lines += [f"      - {statement(draw, options)}" for _ in range(case["statements"] or 1)]
    if case["infeasible"]:
        lines += ["feasible:"]
        lines += [f"  - not ({' and '.join(draw.sample(options, 4))})" for _ in range(3)]
    if case["irreversible"]:
        firsts = [
            next(option for option in options if option.startswith(f"d{party}.")) for party in range(parties)
        ]
        lines += [f"irreversible: [{', '.join(firsts)}]"]
    return "\n".join([*lines, "status_quo: []", ""])


def filled_in(name: str, number: int, draw: random.Random) -> str:
    """A shipped case in which everybody without preferences gets so many random statements."""
    from standoff.cases import case_text
    from standoff.study import load

    options = [option.name for option in load(f"case:{name}").conflict.options]
    first, *others = case_text(name).split("prefers: []\n")
    for other in others:
        some = "".join(f"      - {statement(draw, options)}\n" for _ in range(number))
        first += f"prefers:\n{some}{other}"
    return first


def timed(work: Callable[[], object]) -> tuple[float, object]:
    begun = time.perf_counter()
    result = work()
    return time.perf_counter() - begun, result


class Peak:
    """The most memory this process holds while inside, above what it held before."""

    def __enter__(self) -> Self:
        self.before = self.most = self._now()
        self.inside = True
        self.watcher = threading.Thread(target=self._watch)
        self.watcher.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.inside = False
        self.watcher.join()
        self.bytes = self.most - self.before

    def _watch(self) -> None:
        while self.inside:
            self.most = max(self.most, self._now())
            time.sleep(0.005)

    @staticmethod
    def _now() -> int:
        return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


def measure(case: dict, seed: int) -> dict:
    """Time the phases of one conflict in this process."""
    from dataclasses import replace

    from standoff.graph import graph_model
    from standoff.preferences import rankings
    from standoff.stability.engine import solve
    from standoff.states.space import state_space
    from standoff.study import load

    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
        file.write(model_text(case, seed))
        file.flush()
        conflict = load(file.name).conflict
    states_s, space = timed(lambda: state_space(conflict))
    rankings_s, ranks = timed(lambda: rankings(conflict, space))
    graph = graph_model(conflict, space, ranks)
    if not case["statements"]:
        draw = np.random.default_rng(seed)
        ranks = tuple(draw.permutation(space.size).astype(np.int32) for _ in ranks)
        graph, rankings_s = replace(graph, ranks=ranks), 0.0
    small = {**case, "bits": 6, "parties": 2}
    if case["engine"] != "numpy" and case != small:
        warm(small)
    repeats = 5 if space.size < 1 << 17 else 1
    with Peak() as peak:
        stability_s = median(timed(lambda: solve(graph, case["engine"]))[0] for _ in range(repeats))
    sorts = [
        timed(lambda: [np.argsort(rank, kind="stable") for rank in ranks])[0] for _ in range(max(3, repeats))
    ]
    return {
        "states": space.size,
        "states_s": states_s,
        "rankings_s": rankings_s,
        "stability_s": stability_s,
        "sorts_s": median(sorts),
        "ratio": stability_s / median(sorts),
        "gib": peak.bytes / 2**30,
    }


def warm(case: dict) -> None:
    measure({**case, "engine": "numpy"}, 0)
    from standoff.stability.engine import numba_engine

    numba_engine.get_ready()


def whole_run(case: dict, seed: int) -> dict:
    """Time the command from file to equilibria, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "model.yaml"
        file.write_text(model_text(case, seed))
        command = [sys.executable, "-m", "standoff", "analyze", str(file), "--json", "--counts"]
        seconds, done = timed(
            lambda: subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
        )
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 / 2**30
    found = json.loads(done.stdout)
    return {"states": found["states"], "engine": found["engine"], "seconds": seconds, "gib": memory}


def batch(case: dict, seed: int) -> dict:
    """Time many rankings of one graph in one call."""
    from standoff.graph import graph_model
    from standoff.preferences import rankings
    from standoff.stability.engine import solve_batch
    from standoff.states.space import state_space
    from standoff.study import load

    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
        file.write(model_text(case, seed))
        file.flush()
        conflict = load(file.name).conflict
    space = state_space(conflict)
    graph = graph_model(conflict, space, rankings(conflict, space))
    draw = np.random.default_rng(seed)
    ordered = np.broadcast_to(
        np.arange(space.size, dtype=np.int32), (case["samples"], case["parties"], space.size)
    )
    samples = draw.permuted(ordered, axis=2)
    solve_batch(graph, samples[:100], case["engine"])
    return {"states": space.size, "seconds": timed(lambda: solve_batch(graph, samples, case["engine"]))[0]}


def propositional(case: dict, seed: int) -> dict:
    """Time the search beyond enumeration; try every single deviation from the Nash equilibria found."""
    from propositional import leaver, sparse_conflict
    from standoff.stability.propositional import find_equilibria

    conflict = sparse_conflict(seed, case["options"], case["parties"])
    found = find_equilibria(conflict, case["concept"], 1_000_000, 60)
    return {
        "found": len(found.equilibria),
        "all": found.complete,
        "wrong": sum(leaver(conflict, frozenset(one.taken)) is not None for one in found.equilibria[:100]),
        "seconds": found.seconds,
    }


def shipped(case: dict, _seed: int) -> dict:
    """Time the command on a shipped case: the least of five, as a user waits for it."""
    command = [sys.executable, "-m", "standoff", "analyze", f"case:{case['shipped']}"]

    def run() -> object:
        return subprocess.run(command, check=True, capture_output=True, cwd=ROOT)

    return {"seconds": min(timed(run)[0] for _ in range(5))}


def apart(task: str, case: dict, seed: int) -> dict:
    """Run a task in a fresh process."""
    command = [sys.executable, __file__, "--task", task, json.dumps(case), str(seed)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr)
    return json.loads(done.stdout.splitlines()[-1])


def case(bits: int, parties: int = 4, statements: int = 0, engine: str = "numba", **more: bool | str) -> dict:
    given = {"bits": bits, "parties": parties, "statements": statements, "engine": engine}
    return {**given, "infeasible": True, "irreversible": False, **more}


QUICK = [case(bits, engine=engine) for bits in (10, 14, 18) for engine in ("numpy", "numba")]
ALL = [
    *(case(bits, statements=s) for bits in range(10, 21, 2) for s in (0, 20, 80)),
    *(case(bits, statements=s) for bits in (22, 24) for s in (0, 20)),
    *(case(bits, statements=s, engine="numpy") for bits in (10, 12, 14, 16, 18, 20) for s in (0, 20)),
    *(case(20, parties=parties) for parties in (2, 3, 5, 8)),
    *(case(20, statements=20, parties=parties) for parties in (2, 8)),
    *(case(bits, infeasible=False) for bits in (16, 20, 24)),
    *(case(bits, irreversible=True, statements=s) for bits in (16, 20) for s in (0, 20)),
    case(20, irreversible=True, engine="numpy"),
    *(
        case(10, parties=5, statements=20, engine="numpy", infeasible=False, irreversible=i)
        for i in (False, True)
    ),
    *(
        case(20, parties=6, statements=10, engine=engine, shipped="trade-round")
        for engine in ("numba", "numpy")
    ),
]
WHOLE = [case(bits, statements=20) for bits in (10, 16, 20, 22, 24)] + [case(24, statements=80)]
BEYOND = [({"options": 40, "parties": 8, "concept": "nash"}, seed) for seed in range(10)]
TASKS = {one.__name__: one for one in (measure, whole_run, batch, propositional, shipped)}


def row(one: dict, seeds: int) -> str:
    runs = [apart("measure", one, seed) for seed in range(seeds)]
    middle = {key: median(run[key] for run in runs) for key in runs[0]}
    cells = (
        f"2^{one['bits']}",
        f"{middle['states']:,.0f}",
        one["parties"],
        rankings_of(one),
        "one option each" if one["irreversible"] else "none",
        one["engine"],
        *(f"{middle[key]:.3g}" for key in ("states_s", "rankings_s", "stability_s", "sorts_s")),
        f"{middle['ratio']:.1f}",
        f"{middle['gib']:.2f}",
    )
    return table_row(cells)


def rankings_of(one: dict) -> str:
    if one.get("shipped"):
        return f"{one['shipped']}, the rest {one['statements']} statements"
    return f"{one['statements']} statements" if one["statements"] else "random"


def table_row(cells: tuple[object, ...]) -> str:
    return f"| {' | '.join(str(cell) for cell in cells)} |"


def tables(cases: list[dict]) -> list[str]:
    lines = [table_row(HEAD), table_row(("---:",) * len(HEAD))]
    for one in cases:
        lines.append(row(one, 3 if one["bits"] < 22 else 1))
        print(lines[-1], flush=True)
    return lines


def others() -> Iterator[str]:
    """Everything measured beside stability in one process."""
    for engine, samples in (("numba", 100_000), ("numpy", 10_000)):
        one = {**case(9, parties=3, engine=engine, infeasible=False), "samples": samples}
        run = apart("batch", one, 0)
        said = f"{samples:,} rankings of {run['states']} states, three parties, {engine}"
        yield from ("", f"{said}: {run['seconds']:.3g} s.")
    yield from ("", table_row(("raw states", "feasible", "rankings", "engine", "s", "GiB in all")))
    yield table_row(("---:",) * 6)
    for one in WHOLE:
        run = apart("whole_run", one, 0)
        cells = (f"2^{one['bits']}", f"{run['states']:,}", f"{one['statements']} statements", run["engine"])
        yield table_row((*cells, f"{run['seconds']:.2f}", f"{run['gib']:.2f}"))
    run = apart("shipped", {"shipped": "north-korea-2019"}, 0)
    yield from ("", f"`standoff analyze case:north-korea-2019`, least of five: {run['seconds']:.2f} s.")
    yield from ("", table_row(("options", "parties", "concept", "seed", "equilibria", "all", "s")))
    yield table_row(("---:",) * 7)
    for one, seed in BEYOND:
        run = apart("propositional", one, seed)
        if run["wrong"]:
            raise SystemExit(f"{one}, seed {seed}: {run['wrong']} equilibria are none.")
        told = (f"{run['found']:,}", "yes" if run["all"] else "no", f"{run['seconds']:.2f}")
        yield table_row((one["options"], one["parties"], one["concept"], seed, *told))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--all", action="store_true", help="every row of docs/benchmarks.md")
    parser.add_argument("--write", action="store_true", help="write the tables into docs/benchmarks.md")
    parser.add_argument("--task", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.task:
        name, one, seed = given.task
        print(json.dumps(TASKS[name](json.loads(one), int(seed))))
        return
    lines = tables(ALL if given.all else QUICK)
    for line in others() if given.all else ():
        print(line, flush=True)
        lines.append(line)
    if given.write:
        page = PAGE.read_text()
        before, after = page.split(BEGIN)[0], page.split(END)[1]
        machine = f"{platform.machine()}, {os.cpu_count()} cores, NumPy {np.__version__}"
        PAGE.write_text("\n".join([f"{before}{BEGIN}", f"Machine: {machine}.", "", *lines, f"{END}{after}"]))


if __name__ == "__main__":
    main()
