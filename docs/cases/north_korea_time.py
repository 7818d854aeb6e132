"""The results in north-korea-2019-time.md, computed: what the log says, and what policies are worth.

`python docs/cases/north_korea_time.py --write` puts them between the markers of the page,
`<!-- results:NAME -->` and `<!-- /results -->`. All chance comes from `SEED`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from pathlib import Path

import numpy as np
from markdown import bullets, joined, paragraphs, table

from standoff.errors import ModelError
from standoff.evidence import ASSUMPTION
from standoff.graph import GraphModel
from standoff.model.conflict import Conflict
from standoff.model.timing import Choice, Timing
from standoff.study import build, load, prepare
from standoff.study.waiting import wait
from standoff.timing.beliefs import belief_grid
from standoff.timing.building import play
from standoff.timing.ledger import Entry, Ledger, ledger
from standoff.timing.play import Play
from standoff.timing.simulation import Estimate, simulated
from standoff.timing.stopping import Solution, optimal_stopping, stakes_of
from standoff.timing.until import optimally
from standoff.timing.waiting.policies import valued

PAGE = Path(__file__).with_name("north-korea-2019-time.md")
SEED, PATHS, STEPS = 20190701, 4_000, 64


@dataclass(frozen=True)
class Time:
    """The case with what is computed from its blocks about time; beliefs begin at the posterior."""

    conflict: Conflict
    graph: GraphModel

    @property
    def timing(self) -> Timing:
        assert self.conflict.timing is not None
        return self.conflict.timing

    @cached_property
    def ledger(self) -> Ledger:
        return ledger(self.graph, self.conflict)

    @cached_property
    def play(self) -> Play:
        return replace(play(self.graph, self.conflict), prior=np.array(self.ledger.posterior))

    @cached_property
    def solution(self) -> Solution:
        stakes = stakes_of(self.play)
        return optimal_stopping(self.play, belief_grid(self.play.prior, STEPS), stakes)


def case() -> Time:
    conflict = load("case:north-korea-2019").conflict
    return Time(conflict, build(conflict))


def belief(time: Time) -> str:
    found = time.ledger
    rows = [
        [entry.end, named(entry), f"{weight:+.2f}", f"{np.exp(weight):.2f}", f"{entry.posterior[0]:.3f}"]
        for entry in found.entries
        if abs(weight := entry.weights[0]) >= 0.005
    ]
    silences = sum(entry.weights[0] for entry in found.entries if entry.is_silence)
    events = sum(entry.weights[0] for entry in found.entries if not entry.is_silence)
    totals = [
        f"{'events of one origin counted once' if total.grouped else 'every event counted'}, "
        f"evidence {'as it is' if total.tempering == 1 else f'to the power {total.tempering:g}'}: "
        f"{total.posterior[0]:.3f}"
        for total in found.totals
    ]
    return paragraphs(
        f"Belief that Pyongyang would disarm under pressure, from {found.prior[0]:.3f} on the day of the "
        "Singapore summit. Weights in nats; entries that weigh less than 0.005 are left out.",
        table(["until", "what", "weight", "odds times", "belief"], rows),
        f"All events weigh {events:+.2f}, all silences {silences:+.2f}. On 1 July 2019:",
        bullets(totals),
    )


def named(entry: Entry) -> str:
    return entry.what if entry.counted else f"{entry.what} (of the same origin)"


def worth(time: Time) -> str:
    stakes, start = time.solution.stakes, np.array([time.play.start])
    prior = time.play.prior
    best = simulated(time.play, stakes, optimally(time.play, time.solution), paths=PATHS, seed=SEED)
    upper = float(time.solution.at(start, prior[None])[0])
    errors = [each.error for each in (best.value, *best.by_type)]
    rows = [["wait as is best", *estimates(best.value, best.by_type), *when(best.pivots, best.years)]]
    for place, pivot in enumerate(time.timing.pivots):
        values = stakes.pivots[place][:, time.play.start]
        rows.append(
            [f"at once: {pivot.label}", *(f"{v:.1f}" for v in (prior @ values, *values)), "now", "now"]
        )
    for policy in time.timing.policies:
        found = valued(time.play, policy, paths=PATHS, seed=SEED)
        errors += [each.error for each in (found.value, *found.by_type)]
        rows.append(
            [f"`{policy.id}`", *estimates(found.value, found.by_type), *when(found.pivots, found.years)]
        )
    return paragraphs(
        f"Play has {time.play.states.size} states and {time.play.size:,} points.",
        table(
            ["", "worth", "if it would disarm", "if it keeps", "pivots if it would disarm", "if it keeps"],
            rows,
        ),
        f"No policy that begins as today can be worth more than {upper:.1f} (upper bound). {PATHS:,} paths "
        f"of each type, seed {SEED}; standard errors up to {max(errors):.2f}.",
        thresholds(time),
    )


def estimates(value: Estimate, by_type: tuple[Estimate, ...]) -> list[str]:
    return [f"{each.mean:.1f}" for each in (value, *by_type)]


def when(shares: tuple[float, ...], years: tuple[float, ...]) -> list[str]:
    return [
        f"{share:.0%}, after {year:.1f} years" if share else "never"
        for share, year in zip(shares, years, strict=True)
    ]


def thresholds(time: Time) -> str:
    """Beliefs at which each pivot is best at once in today's state, by the level of the arsenal."""
    stakes, nodes = time.solution.stakes, time.solution.grid.nodes
    parts = []
    for level in (2, 6, 10):
        point = time.play.point(time.graph.space.status_quo, (level, 1))
        place = int(np.searchsorted(stakes.waiting, point or 0))
        stops = np.flatnonzero(time.solution.stops[place])
        names = [
            time.timing.pivots[k].id
            for k in stakes.by_pivot(np.full(stops.size, point), nodes[stops]).argmax(axis=0)
        ]
        low = [nodes[s, 0] for s, name in zip(stops, names, strict=True) if name == "pressure"]
        high = [nodes[s, 0] for s, name in zip(stops, names, strict=True) if name == "package"]
        pressure = f"pressure up to {max(low):.3f}" if low else "pressure never"
        package = f"full relief from {min(high):.2f}" if high else "full relief never"
        parts.append(f"with {3 * level} weapons more than at Singapore, {pressure} and {package}")
    return f"In today's state it is best to pivot at beliefs as follows: {joined(parts, by='; ')}."


def sharpness(time: Time) -> str:
    """Belief and worth under other choice rules; the belief that begins the waiting is that of the file."""
    rows = []
    for kappa in (2, 4, 8, 16, None):
        choice = Choice(kappa=None if kappa is None else Fraction(kappa), moves_ahead=1, evidence=ASSUMPTION)
        conflict = replace(time.conflict, timing=replace(time.timing, choice=choice))
        other = replace(play(time.graph, conflict), prior=time.play.prior)
        stakes, start, prior = stakes_of(other), np.array([other.start]), other.prior
        best = optimal_stopping(other, belief_grid(prior, STEPS // 2), stakes).at(start, prior[None])[0]
        worths = (best, *(prior @ pivot[:, other.start] for pivot in stakes.pivots))
        rows.append(
            ["best" if kappa is None else kappa, posterior(time, conflict), *(f"{w:.1f}" for w in worths)]
        )
    pivots = [f"at once: {pivot.label}" for pivot in time.timing.pivots]
    return table(["kappa", "belief on 1 July 2019", "best, at most", *pivots], rows)


def posterior(time: Time, conflict: Conflict) -> str:
    try:
        return f"{ledger(time.graph, conflict).posterior[0]:.3f}"
    except ModelError as error:
        return f"rejected by the event of {conflict.events[int(error.faults[0].path[1])].day}"


def bound(time: Time) -> str:
    """When the best policy pivots if only growth is seen, with two bounds of the arsenal."""
    rows = []
    for most in (12, 24):
        stocks = tuple(
            replace(each, most=most if each.id == "arsenal" else each.most) for each in time.timing.stocks
        )
        conflict = replace(time.conflict, timing=replace(time.timing, stocks=stocks))
        best = wait(prepare(conflict), vary=False, rough=True, paths=500, seed=SEED).best
        assert best is not None
        quiet = best.growing
        rows.append([most, f"{best.optimum.upper:.1f}", quiet.day or "never", quiet.levels["arsenal"]])
    return table(["most that is counted", "best, at most", "day to pivot", "arsenal then"], rows)


SECTIONS: dict[str, Callable[[Time], str]] = {
    "belief": belief,
    "worth": worth,
    "sharpness": sharpness,
    "bound": bound,
}
_SECTION = re.compile(r"(<!-- results:([a-z-]+) -->\n).*?(<!-- /results -->)", re.DOTALL)


def page(text: str) -> str:
    """Return the page with its results computed anew."""
    time = case()

    def computed(match: re.Match[str]) -> str:
        return f"{match[1]}\n{SECTIONS[match[2]](time)}\n\n{match[3]}"

    return _SECTION.sub(computed, text)


def main() -> int:
    if sys.argv[1:] != ["--write"]:
        print(__doc__)
        return 2
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
