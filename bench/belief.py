"""How long a belief takes: a log of random length, from the file to the ledger and on to its views.

    python bench/belief.py [--events 500] [--seed 1] [--repeats 5]

Medians in seconds, of the clock and of the processor. The model has a stock, five kinds of signals
and three types; the focal party moves now and then, so that states change along the log.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from statistics import median

from standoff.files.reading import read_text
from standoff.report.belief import belief_document, belief_view, matrix_view
from standoff.report.figures.belief import belief_svg
from standoff.study import prepare
from standoff.study.belief import belief

HEAD = """\
standoff: 1
name: A long log
as_of: {end}
decision_makers:
  we:
    options: {{press: Press, talk: Talk}}
    prefers: [not they.test, we.talk]
  they:
    options: {{deal: Deal, test: Test, build: Build}}
    prefers: [not we.press, not they.deal, they.build]
status_quo: [{state}]
types:
  they:
    dealer: {{prior: {{probability: 0.3, evidence: assumption}}, prefers: [they.deal, not we.press]}}
    player: {{prior: {{probability: 0.5, evidence: assumption}}, prefers: [not they.deal, they.test]}}
    builder: {{prior: {{probability: 0.2, evidence: assumption}}, prefers: [they.build, not they.deal]}}
timing:
  focal: we
  discount: {{per_year: 0.1, evidence: assumption}}
  opportunities: {{they: {{per_year: 2, evidence: assumption}}}}
  choice: {{kappa: 2, evidence: assumption}}
  stocks:
    weapons:
      label: Weapons
      unit: weapons
      most: 400
      start: {weapons}
      changes: [{{by: 1, per_year: 6, while: not they.deal, evidence: assumption}}]
      evidence: assumption
  signals:
{signals}
  log: {{begins: 2000-01-01, state: [], stocks: {{weapons: 0}}}}
events:
"""
SIGNAL = """\
    s{number}:
      label: Signal {number}
      rates:
        - {{per_year: {dealer}, type: dealer, evidence: assumption}}
        - {{per_year: {player}, type: player, evidence: assumption}}
        - {{per_year: {builder}, type: builder, while: we.talk, evidence: assumption}}
        - {{per_year: 1, type: builder, evidence: assumption}}"""


def model_text(events: int, seed: int) -> str:
    """A model file with a log: four in five events are signals, the rest steps and own moves."""
    random = Random(seed)
    today, weapons, talks, lines = date(2000, 1, 1), 0, False, []
    for number in range(events):
        today += timedelta(days=random.randint(1, 14))
        kind = random.random()
        told = f"  - {{day: {today}, label: Event {number}, evidence: assumption, "
        if kind < 0.1 and weapons < 400:
            weapons += 1
            lines.append(f"{told}stock: weapons, by: 1}}")
        elif kind < 0.2:
            talks = not talks
            lines.append(f"{told}mover: we, sets: [{'' if talks else 'not '}we.talk]}}")
        else:
            lines.append(f"{told}signal: s{random.randint(1, 5)}, group: g{number // 4}}}")
    signals = "\n".join(
        SIGNAL.format(
            number=k, dealer=random.randint(1, 6), player=random.randint(1, 6), builder=random.randint(1, 6)
        )
        for k in range(1, 6)
    )
    state = "we.talk" if talks else ""
    head = HEAD.format(end=today + timedelta(days=30), state=state, weapons=weapons, signals=signals)
    return head + "\n".join(lines) + "\n"


def timed(repeats: int, what: Callable[[], object]) -> tuple[float, float]:
    clock, processor = [], []
    for _ in range(repeats):
        begin, busy = time.perf_counter(), time.process_time()
        what()
        clock.append(time.perf_counter() - begin)
        processor.append(time.process_time() - busy)
    return median(clock), median(processor)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--events", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--repeats", type=int, default=5)
    given = parser.parse_args()
    text = model_text(given.events, given.seed)
    model = read_text(text)
    study = prepare(model)
    found = belief(study)
    rows = (
        ("read the file", lambda: read_text(text)),
        ("states and rankings", lambda: prepare(model)),
        ("belief: ledger, matrix, grounds", lambda: belief(study)),
        ("document", lambda: belief_document(study, found)),
        ("tables", lambda: (belief_view(study, found), matrix_view(study, found))),
        ("picture", lambda: belief_svg(study, found)),
    )
    print(f"{given.events:,} events, {len(found.ledger.entries):,} lines, {given.repeats} repeats")
    print(f"{'seconds':<34}{'clock':>8}{'processor':>12}")
    for name, what in rows:
        clock, processor = timed(given.repeats, what)
        print(f"{name:<34}{clock:8.3f}{processor:12.3f}")


if __name__ == "__main__":
    main()
