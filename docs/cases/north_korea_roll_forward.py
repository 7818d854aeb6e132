"""The test of 2019 to 2022: what the case foretold, and what came, scored against constant rates.

`python docs/cases/north_korea_roll_forward.py --write` puts the results between the markers of
docs/cases/test-of-2019-to-2022.md. `--extract TABLE` makes north-korea-test-days.csv from the
table of events. Nothing here is drawn at random.

Chosen before the years after 1 July 2019 were looked at: the quarters, the counts, the scores,
the baselines and their windows, which systems count as of long range, and the policy as-today.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from math import lgamma, log
from pathlib import Path

import numpy as np
from forecasting import MOST, Chain, Floats, chain_of, counts, seen, unseen
from markdown import joined, paragraphs, table
from north_korea_time import Time, case

from standoff.timing.replay import DAYS_A_YEAR

DAYS = Path(__file__).with_name("north-korea-test-days.csv")
PAGE = Path(__file__).with_name("test-of-2019-to-2022.md")
RECORD, BEGIN, END = date(2012, 1, 1), date(2019, 7, 1), date(2023, 1, 1)
LONG = re.compile(r"taepodong|unha|musudan|hwasong-(1[02-9]|[2-9]\d)")
"""Systems of intermediate range and more. Every Hwasong with a number from 12 up counts, as before 2019."""


# The record of tests


def extracted(path: Path) -> list[tuple[date, str]]:
    """Days with a test, and whether one was nuclear or of long range, from the table of events."""
    found: dict[date, str] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if not row["kind"].endswith(" test") or len(row["date"]) < 10:
                continue
            far = row["kind"] == "nuclear test" or bool(LONG.match(row["system"]))
            day = date.fromisoformat(row["date"])
            found[day] = "long" if far or found.get(day) == "long" else "short"
    return [(day, found[day]) for day in sorted(found) if RECORD <= day < END]


def extract(path: Path) -> None:
    lines = [f"{day},{reach}" for day, reach in extracted(path)]
    DAYS.write_text("\n".join(["day,reach", *lines, ""]), encoding="utf-8")


def test_days() -> list[tuple[date, str]]:
    with DAYS.open(encoding="utf-8", newline="") as lines:
        return [(date.fromisoformat(row["day"]), row["reach"]) for row in csv.DictReader(lines)]


def quarters(begin: date, end: date) -> list[tuple[date, date]]:
    found = []
    while begin < end:
        later = (begin.replace(day=1) + timedelta(days=93)).replace(day=1)
        found.append((begin, later))
        begin = later
    return found


def within(days: Iterable[tuple[date, str]], begin: date, end: date) -> list[tuple[date, str]]:
    return [(day, reach) for day, reach in days if begin <= day < end]


# Constant rates


def poisson(mean: float) -> Floats:
    return np.exp([k * log(mean) - mean - lgamma(k + 1) for k in range(MOST + 1)])


def negative_binomial(mean: float, variance: float) -> Floats:
    """Counts with this mean and variance; a rate that is constant but for chance from quarter to quarter."""
    size = mean**2 / (variance - mean)
    logs = [
        lgamma(k + size) - lgamma(size) - lgamma(k + 1)
        + size * log(size / (size + mean)) + k * log(mean / (size + mean))
        for k in range(MOST + 1)
    ]  # fmt: skip
    return np.exp(logs)


@dataclass(frozen=True)
class Forecast:
    """Chances of 0, 1, ... test days in each quarter, and of those with long range only."""

    name: str
    any: list[Floats]
    far: list[Floats]


class Test:
    """The record, the forecasts and their scores."""

    def __init__(self, days: list[tuple[date, str]], time: Time) -> None:
        self.days, self.time = days, time
        self.quarters = quarters(BEGIN, END)
        self.chain: Chain = chain_of(time.play)

    def seen(self, reach: str | None = None) -> list[int]:
        """How many test days each quarter has."""
        return [
            sum(reach in (None, each) for _, each in within(self.days, *quarter)) for quarter in self.quarters
        ]

    def rate(self, begin: date, end: date, reach: str | None = None) -> float:
        """Test days a year in a part of the record."""
        number = sum(reach in (None, each) for _, each in within(self.days, begin, end))
        return number / years(begin, end)

    @cached_property
    def forecasts(self) -> list[Forecast]:
        return [self.from_afar, self.step_by_step, *self.constant]

    @cached_property
    def from_afar(self) -> Forecast:
        """All quarters foretold on 1 July 2019."""
        found, far, mass = [], [], self.chain.begin
        for begin, end in self.quarters:
            found.append(counts(self.chain, mass, years(begin, end)))
            far.append(counts(self.chain, mass, years(begin, end), "long"))
            mass = unseen(self.chain, mass, years(begin, end))
        return Forecast("the case, all on 1 July 2019", found, far)

    @cached_property
    def known(self) -> list[Floats]:
        """Where play is at the beginning of each quarter and at the end, given the test days before."""
        found = [self.chain.begin]
        for quarter in self.quarters:
            found.append(seen(self.chain, found[-1], *quarter, within(self.days, *quarter)).mass)
        return found

    @cached_property
    def step_by_step(self) -> Forecast:
        """Each quarter foretold at its beginning, knowing the test days before it and nothing else."""
        each = list(zip(self.known[:-1], self.quarters, strict=True))
        return Forecast(
            "the case, each quarter at its beginning",
            [counts(self.chain, mass, years(*quarter)) for mass, quarter in each],
            [counts(self.chain, mass, years(*quarter), "long") for mass, quarter in each],
        )

    @cached_property
    def constant(self) -> list[Forecast]:
        """Constant rates: since 2012, since 2016, since 2012 and brought up to date, and with spread."""
        before = quarters(RECORD, BEGIN)
        past = [len(within(self.days, *quarter)) for quarter in before]
        far = [sum(reach == "long" for _, reach in within(self.days, *quarter)) for quarter in before]
        spread = negative_binomial(float(np.mean(past)), float(np.var(past, ddof=1)))
        spread_far = negative_binomial(float(np.mean(far)), float(np.var(far, ddof=1)))
        return [
            self.at_rates("constant rate of 2012 to June 2019", lambda _: (RECORD, BEGIN)),
            self.at_rates("constant rate of 2016 to June 2019", lambda _: (date(2016, 1, 1), BEGIN)),
            self.at_rates("rate since 2012, brought up to date each quarter", lambda now: (RECORD, now)),
            Forecast(
                "counts as spread as in 2012 to June 2019",
                [spread] * len(self.quarters),
                [spread_far] * len(self.quarters),
            ),
        ]

    def at_rates(self, name: str, window: Callable[[date], tuple[date, date]]) -> Forecast:
        def of(reach: str | None) -> list[Floats]:
            return [
                poisson(self.rate(*window(begin), reach) * years(begin, end)) for begin, end in self.quarters
            ]

        return Forecast(name, of(None), of("long"))

    def by_event(self) -> list[tuple[str, float]]:
        """Log likelihood of the very days on which something was tested, per year."""
        found, mass = 0.0, self.chain.begin
        for quarter in self.quarters:
            step = seen(self.chain, mass, *quarter, within(self.days, *quarter))
            found, mass = found + step.log_likelihood, step.mass
        rows = [("the case", found)]
        for name, begin in (("2012 to June 2019", RECORD), ("2016 to June 2019", date(2016, 1, 1))):
            rates = {reach: self.rate(begin, BEGIN, reach) for reach in ("short", "long")}
            logs = sum(log(rates[reach]) for _, reach in within(self.days, BEGIN, END))
            rows.append((f"constant rates of {name}", logs - sum(rates.values()) * years(BEGIN, END)))
        return rows


def years(begin: date, end: date) -> float:
    return (end - begin).days / DAYS_A_YEAR


# Scores


def log_score(chances: list[Floats], came: list[int]) -> float:
    """The logarithms of the chances given to what came, summed over the quarters; higher is better."""
    return float(sum(np.log(each[number]) for each, number in zip(chances, came, strict=True)))


def brier(chances: list[Floats], came: list[int]) -> float:
    """Mean squared error of the chance of any test day in the quarter; lower is better."""
    return float(
        np.mean([(1 - each[0] - (number > 0)) ** 2 for each, number in zip(chances, came, strict=True)])
    )


def covered(chances: list[Floats], came: list[int]) -> int:
    """How many quarters lie between the 5th and the 95th percentile that was foretold."""
    found = 0
    for each, number in zip(chances, came, strict=True):
        below = np.cumsum(each)
        found += int(np.searchsorted(below, 0.05) <= number <= np.searchsorted(below, 0.95))
    return found


# The page


def scores(test: Test) -> str:
    came, far = test.seen(), test.seen("long")
    rows = [
        [
            each.name,
            f"{log_score(each.any, came):.1f}",
            f"{brier(each.any, came):.3f}",
            f"{covered(each.any, came)} of {len(came)}",
            f"{log_score(each.far, far):.1f}",
            f"{brier(each.far, far):.3f}",
        ]
        for each in test.forecasts
    ]
    headings = ["", "log score", "Brier", "in 90 % range", "log score, long range", "Brier, long range"]
    return paragraphs(
        table(headings, rows),
        "Log score: sum over the quarters of the logarithm of the chance given to the number of test days "
        "that came; higher is better. Brier: of the chance of any test day in the quarter; lower is better.",
        table(["log likelihood of the very days, with their reach", "nats"], [
            [name, f"{value:.1f}"] for name, value in test.by_event()
        ]),
    )  # fmt: skip


def expected(chances: Floats) -> float:
    return float(chances @ np.arange(MOST + 1))


def by_quarter(test: Test) -> str:
    came, far, rows = test.seen(), test.seen("long"), []
    plain, spread = test.constant[0], test.constant[3]
    names = [f"{begin.year} Q{(begin.month + 2) // 3}" for begin, _ in test.quarters]
    for place, name in enumerate(names):
        row: list[object] = [name, came[place], far[place]]
        for each in (test.from_afar, test.step_by_step):
            chances = each.any[place]
            row += [f"{expected(chances):.1f}", f"{1 - chances[0]:.2f}"]
        for other in (plain, spread):
            gain = np.log(test.from_afar.any[place][came[place]] / other.any[place][came[place]])
            row.append(f"{gain:+.1f}")
        rows.append(row)
    headings = ["quarter", "test days", "long", "from afar", "any", "at its beginning", "any"]
    totals = [
        f"{name} {sum(map(expected, each.any)):.0f}"
        for name, each in (
            ("from afar", test.from_afar),
            ("at the beginning of each quarter", test.step_by_step),
        )
    ]
    return paragraphs(
        table([*headings, "gain on constant", "gain on spread"], rows),
        "Test days that came, and of these with a nuclear device or long range; then for the two forecasts "
        "of the case the number expected and the chance of any; then how much better, in nats, the forecast "
        "from afar is than the constant rate of 2012 to June 2019, and than counts as spread as then. The "
        f"constant rate expects {expected(plain.any[0]):.1f} a quarter and gives any a chance of "
        f"{1 - plain.any[0][0]:.2f}; the spread counts give any {1 - spread.any[0][0]:.2f}.",
        f"In all {sum(came)} test days came, {sum(far)} of long range. Expected were {joined(totals)}, "
        f"at the constant rate {sum(map(expected, plain.any)):.0f}.",
    )


OTHERWISE = {
    date(2021, 9, 27): "short",
    date(2022, 1, 4): "short",
    date(2022, 1, 10): "short",
    date(2022, 10, 3): "long",
}
"""Days that the rule by names, fixed beforehand, reads wrongly: two gliders on a booster, one new name."""


def otherwise(test: Test) -> str:
    days = [(day, OTHERWISE.get(day, reach)) for day, reach in test.days]
    again = Test(days, test.time)
    far = again.seen("long")
    rows = [
        [each.name, f"{log_score(each.far, far):.1f}", f"{brier(each.far, far):.3f}"]
        for each in again.forecasts
    ]
    return table(["", "log score, long range", "Brier, long range"], rows)


def belief(test: Test) -> str:
    """What test days alone say about the type and the state at each turn of the year."""
    space, play = test.time.graph.space, test.time.play
    taken = [space.taken(play.state_of(point)) for point in test.chain.points.tolist()]
    rows = []
    for (begin, _), mass in zip([*test.quarters, (END, END)], test.known, strict=True):
        if begin.month == 1 or begin == BEGIN:
            chances = [
                sum(mass[:, point].sum() for point in range(len(taken)) if option in taken[point])
                for option in ("dprk.talks", "dprk.short_tests", "dprk.long_tests", "dprk.freeze")
            ]
            rows.append([begin, f"{mass[0].sum():.2f}", *(f"{chance:.2f}" for chance in chances)])
    return table(["on", "would disarm", "talks", "tests", "long-range tests", "end point and freeze"], rows)


SECTIONS: dict[str, Callable[[Test], str]] = {
    "scores": scores,
    "quarters": by_quarter,
    "belief": belief,
    "otherwise": otherwise,
}
_SECTION = re.compile(r"(<!-- results:([a-z-]+) -->\n).*?(<!-- /results -->)", re.DOTALL)


def page(text: str) -> str:
    """Return the page with its results computed anew."""
    test = Test(test_days(), case())

    def computed(match: re.Match[str]) -> str:
        return f"{match[1]}\n{SECTIONS[match[2]](test)}\n\n{match[3]}"

    return _SECTION.sub(computed, text)


def main() -> int:
    if sys.argv[1:2] == ["--extract"] and len(sys.argv) == 3:
        extract(Path(sys.argv[2]))
    elif sys.argv[1:] == ["--write"]:
        PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    else:
        print(__doc__)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
