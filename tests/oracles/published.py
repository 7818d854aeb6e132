"""Small conflicts with known answers, as tables, each with where it comes from.

A state is written as the letters Y and N, one an option in the order of the table, and numbered
from 1 in the order of `states`. One-way options: "NY" can only be taken, "YN" only be left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.oracles.literal import Model


@dataclass(frozen=True)
class Table:
    """A conflict as its source prints it.

    `owners[k]` is the decision maker (from 0) of option k; `tiers[i]` ranks the state numbers for
    decision maker i from best to worst, an inner list being a tie.
    """

    states: Sequence[str]
    owners: Sequence[int]
    tiers: Sequence[Sequence[int | list[int]]]
    one_way: dict[int, str] = field(default_factory=dict)

    def model(self) -> Model:
        place = {pattern: index for index, pattern in enumerate(self.states)}
        ranks = [self.ranks(i) for i in range(len(self.tiers))]
        own = tuple(
            frozenset(k for k, owner in enumerate(self.owners) if owner == i) for i in range(len(self.tiers))
        )
        return Model(
            number=len(self.tiers),
            states=[taken(pattern) for pattern in self.states],
            can=lambda i, s, t: self.can(i, letters(s, self.owners), letters(t, self.owners)),
            rank=lambda i, s: ranks[i][place[letters(s, self.owners)] + 1],
            own=own,
        )

    def ranks(self, i: int) -> dict[int, int]:
        """The rank of every state number, higher for better."""
        ranks = {}
        for height, tier in enumerate(reversed(self.tiers[i])):
            for number in tier if isinstance(tier, list) else [tier]:
                ranks[number] = height
        assert sorted(ranks) == list(range(1, len(self.states) + 1)), "every state is ranked once"
        return ranks

    def can(self, i: int, s: str, t: str) -> bool:
        """Only own options change, and one-way options only in their direction."""
        for k, (before, after) in enumerate(zip(s, t, strict=True)):
            if before == after:
                continue
            if self.owners[k] != i or self.one_way.get(k, before + after) != before + after:
                return False
        return True

    def numbers(self, states: Sequence) -> list[int]:
        """The numbers of states of the model."""
        return sorted(self.states.index(letters(s, self.owners)) + 1 for s in states)


def taken(pattern: str) -> frozenset[int]:
    return frozenset(k for k, letter in enumerate(pattern) if letter == "Y")


def letters(s: frozenset[int], owners: Sequence[int]) -> str:
    return "".join("Y" if k in s else "N" for k in range(len(owners)))


# Textbook games: the payoffs are definitional, the states are NN, YN, NY, YY.
TWO_BY_TWO = ("NN", "YN", "NY", "YY")

# Y = cooperate. GMCR+ example Prisoners.gmcr (github.com/onp/gmcr-py, commit 502a12c).
PRISONERS = Table(TWO_BY_TWO, (0, 1), ([3, 4, 1, 2], [2, 4, 1, 3]))
PRISONERS_ANSWERS = {"nash": [1], "gmr": [1, 4], "smr": [1, 4], "seq": [1, 4], "sseq": [1, 4], "sim": [1, 4]}

# Y = swerve.
CHICKEN = Table(TWO_BY_TWO, (0, 1), ([3, 4, 2, 1], [2, 4, 3, 1]))
CHICKEN_ANSWERS = {"nash": [2, 3], "gmr": [2, 3, 4], "smr": [2, 3, 4], "seq": [2, 3], "sseq": [2, 3]}

# Y = hunt the stag.
STAG_HUNT = Table(TWO_BY_TWO, (0, 1), ([4, 3, 1, 2], [4, 2, 1, 3]))
STAG_HUNT_ANSWERS = {concept: [1, 4] for concept in ("nash", "gmr", "smr", "seq", "sseq")}

# Elmira 1991, 12 states. Options: MoE Modify; Uniroyal Delay, Accept, Abandon; Local Government Insist.
# GMCR+ example Elmira.gmcr (github.com/onp/gmcr-py, commit 502a12c).
ELMIRA = Table(
    states=(
        *("NYNNN", "YYNNN", "NNYNN", "YNYNN", "NNNYN", "YNNYN"),
        *("NYNNY", "YYNNY", "NNYNY", "YNYNY", "NNNYY", "YNNYY"),
    ),
    owners=(0, 1, 1, 1, 2),
    tiers=(
        [9, 3, 4, 10, 7, 1, 2, 8, [5, 6, 11, 12]],
        [1, 4, 10, 7, [5, 6, 11, 12], 2, 3, 9, 8],
        [9, 3, 7, 1, 10, 8, 4, 2, [5, 6, 11, 12]],
    ),
    one_way={0: "NY", 1: "YN", 3: "NY"},
)
ELMIRA_ANSWERS = {
    "nash": [5, 6, 7, 10, 11, 12],
    "gmr": [1, 4, 5, 6, 7, 10, 11, 12],
    "smr": [1, 4, 5, 6, 7, 10, 11, 12],
    "seq": [5, 6, 7, 10, 11, 12],
    "sseq": [5, 6, 7, 10, 11, 12],
}

# Garrison Diversion Unit, 23 states, 9 options: US Support 3, US Opposition 1, Canadian Opposition 1, IJC 4.
# GMCR+ example Garrison.gmcr (github.com/onp/gmcr-py, commit 502a12c).
GARRISON = Table(
    states=(
        *("NYNNNYNNN", "NNYNNYNNN", "YNNYNYNNN", "NYNYNYNNN", "NYNNYYNNN", "NNYNYYNNN"),
        *("YNNYYYNNN", "NYNYYYNNN", "NYNNNNYNN", "NNYNNNYNN", "NYNYNNYNN", "NYNNYNYNN"),
        *("NNYNYNYNN", "YNNYYNYNN", "NYNYYNYNN", "NYNNYNNYN", "NNYNYNNYN", "YNNYYNNYN"),
        *("NYNYYNNYN", "NYNNYNNNY", "NNYNYNNNY", "YNNYYNNNY", "NYNYYNNNY"),
    ),
    owners=(0, 0, 0, 1, 2, 3, 3, 3, 3),
    tiers=(
        [3, 7, [1, 2], 4, [5, 6], 8, 9, 12, 11, 15, 10, 13, 14, 17, 16, 18, 19, 21, 20, 22, 23],
        [[2, 6, 10, 13, 17, 21], [19, 23], 15, 11, 8, 4, 22, 18, 14, 7, 3, 20, 16, 12, 9, 5, 1],
        [23, [20, 21], 19, [16, 17], 11, [9, 10], 15, [12, 13], 2, 4, 1, 8, [5, 6], 22, 18, 14, 3, 7],
        [list(range(1, 24))],
    ),
)
GARRISON_ANSWERS = {
    "nash": [2, 3, 11, 17, 18, 21, 22],
    "gmr": [2, 3, 4, 6, 8, 10, 11, 13, 14, 15, 17, 18, 19, 21, 22],
    "smr": [2, 3, 4, 6, 8, 10, 11, 13, 14, 15, 17, 18, 19, 21, 22],
    "seq": [2, 3, 11, 17, 18, 21, 22],
    "sseq": [2, 3, 11, 17, 18, 21, 22],
}
# What GMCR+ 0.4.1 prints: each opponent moves at most once in a sanction. It has no SSEQ.
GARRISON_ONCE = {
    "nash": [2, 3, 11, 17, 18, 21, 22],
    "gmr": [2, 3, 4, 8, 10, 11, 13, 14, 15, 17, 18, 19, 21, 22],
    "smr": [2, 3, 4, 8, 10, 11, 13, 14, 15, 17, 18, 19, 21, 22],
    "seq": [2, 3, 11, 17, 18, 21, 22],
}
