"""The case north-korea-2019 with its deals, and what is asked of it: sentences that hold or do not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from experiments import (
    Edit,
    better_than_today,
    order_edits,
    outcome,
    outcomes,
    random_rankings,
    rule_edits,
    solved,
    today_edits,
    where,
)

from standoff.analyses.outcomes import Outcome
from standoff.study import Study, analyse, load

CASE = "case:north-korea-2019"
SEED = 20190701
SAMPLES = 200
FREEZE = "freeze-for-relief"
DEALS = ("package", "small-deal", FREEZE, "phased", "words", "stalemate")
BARGAINS = DEALS[:4]


@dataclass(frozen=True)
class Finding:
    """A sentence that is true or false of a solved model."""

    key: str
    sentence: str
    holds: Callable[[Outcome], bool]
    is_about_today: bool = False


class Case:
    """The base model with its deals and its findings; what takes long is computed once."""

    def __init__(self) -> None:
        self.file = load(CASE)
        self.conflict = self.file.conflict
        self.deals = {name: self.file.extensions["x-deals"][name]["pattern"] for name in DEALS}
        self.names = [dm.name for dm in self.conflict.decision_makers]
        self.findings = findings(self.deals)

    @cached_property
    def studies(self) -> dict[str, Study]:
        """The base, called so, and every variant."""
        found = {"base": analyse(self.file, engine="numpy")}
        return found | {name: analyse(load(CASE, name), engine="numpy") for name in self.file.variants}

    @cached_property
    def base(self) -> Outcome:
        return outcome(self.conflict)

    @cached_property
    def edits(self) -> list[tuple[Edit, Outcome]]:
        """All single changes of the base model, solved."""
        edits = [edit for dm in range(len(self.names)) for edit in order_edits(self.conflict, dm)]
        edits += [*rule_edits(self.conflict), *today_edits(self.conflict)]
        return list(zip(edits, outcomes([edit.conflict for edit in edits]), strict=True))

    @cached_property
    def at_random(self) -> list[Outcome]:
        return solved(self.base.graph, random_rankings(self.base.graph, SAMPLES, SEED))


def findings(deals: dict[str, str]) -> tuple[Finding, ...]:
    def holds_everywhere(deal: str) -> Callable[[Outcome], bool]:
        return lambda o: bool(o.equilibria("sseq")[where(o, deals[deal])].all())

    def no_bargain_is_nash(o: Outcome) -> bool:
        return not any((o.equilibria("nash") & where(o, deals[deal])).any() for deal in BARGAINS)

    def holds_until_dismantled(o: Outcome) -> bool:
        within, dismantled, holding = (
            where(o, deals["phased"]),
            where(o, "dprk.dismantle"),
            o.equilibria("sseq"),
        )
        return bool(holding[within & ~dismantled].all() and not holding[within & dismantled].any())

    def only_packages_are_better(o: Outcome) -> bool:
        gain = better_than_today(o).all(axis=0)
        return bool(gain.any() and not (gain & ~where(o, deals["package"])).any())

    return (
        Finding("today", "Today is a Nash equilibrium", today_is_nash, is_about_today=True),
        Finding(
            "crisis", "A crisis, threats with long-range tests, is a Nash equilibrium", some_crisis_is_nash
        ),
        Finding("no-nash", "No bargain is a Nash equilibrium", no_bargain_is_nash),
        Finding("package", "The package holds in all its states (SSEQ)", holds_everywhere("package")),
        Finding("freeze", "The freeze for relief holds in all its states (SSEQ)", holds_everywhere(FREEZE)),
        Finding(
            "phased", "The phased deal holds just where nothing is dismantled (SSEQ)", holds_until_dismantled
        ),
        Finding(
            "all-better",
            "All five prefer some packages to today, and nothing else",
            only_packages_are_better,
            is_about_today=True,
        ),
    )


def today_is_nash(o: Outcome) -> bool:
    return bool(o.equilibria("nash")[o.today])


def some_crisis_is_nash(o: Outcome) -> bool:
    return bool((o.equilibria("nash") & where(o, "us.rhetoric and dprk.long_tests")).any())
