"""What the sources of the shipped cases say, as tables, and what kind of answer each one is.

published  printed by a paper or a guide
tool       printed by GMCR+ 0.4.1 or kept in its regression files; it has no SSEQ
derived    from the definitions (legal sequences, a tie sanctions), by another program of this project

States are numbers from 1 in the order of the binary number whose lowest bit is the first option.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

REPOSITORY = "github.com/onp/gmcr-py"
LEGAL_SEQUENCE, ONCE_PER_DM = "legal_sequence", "once_per_dm"


@dataclass(frozen=True)
class Answer:
    """Equilibria per concept, who says so, and under which rule for the opponents' moves."""

    case: str
    kind: str
    where: str
    equilibria: dict[str, Sequence[int]]
    rule: str = LEGAL_SEQUENCE


def alike(states: Sequence[int], *concepts: str) -> dict[str, Sequence[int]]:
    return dict.fromkeys(concepts, states)


ALL_BUT_3 = [1, 2, *range(4, 37)]
GARRISON_STRICT = [2, 3, 11, 17, 18, 21, 22]

ANSWERS = (
    Answer(
        "prisoners-dilemma",
        "tool",
        f"{REPOSITORY}, test_data/Prisoners_logSol.txt",
        {"nash": [1]} | alike([1, 4], "gmr", "seq", "smr"),
    ),
    Answer(
        "prisoners-dilemma",
        "derived",
        "definitions",
        {"nash": [1]} | alike([1, 4], "gmr", "smr", "seq", "sseq"),
    ),
    Answer(
        "chicken",
        "derived",
        "definitions",
        alike([2, 3], "nash", "seq", "sseq") | alike([2, 3, 4], "gmr", "smr"),
    ),
    Answer("stag-hunt", "derived", "definitions", alike([1, 4], "nash", "gmr", "smr", "seq", "sseq")),
    Answer(
        "elmira-1991",
        "tool",
        "GMCR+ 0.4.1, run on a file written from the source's tables",
        alike([5, 6, 7, 10, 11, 12], "nash", "seq") | alike([1, 4, 5, 6, 7, 10, 11, 12], "gmr", "smr"),
        ONCE_PER_DM,
    ),
    Answer(
        "elmira-1991",
        "derived",
        "definitions",
        alike([5, 6, 7, 10, 11, 12], "nash", "seq", "sseq")
        | alike([1, 4, 5, 6, 7, 10, 11, 12], "gmr", "smr"),
    ),
    Answer(
        "garrison",
        "tool",
        "GMCR+ 0.4.1, run on a file written from the source's tables",
        alike(GARRISON_STRICT, "nash", "seq")
        | alike([2, 3, 4, 8, 10, 11, 13, 14, 15, 17, 18, 19, 21, 22], "gmr", "smr"),
        ONCE_PER_DM,
    ),
    Answer(
        "garrison",
        "derived",
        "definitions",
        alike(GARRISON_STRICT, "nash", "seq", "sseq")
        | alike([2, 3, 4, 6, 8, 10, 11, 13, 14, 15, 17, 18, 19, 21, 22], "gmr", "smr"),
    ),
    Answer(
        "milk-river",
        "tool",
        f"{REPOSITORY}, test_data/MilkRiver_logSol.txt",
        alike(ALL_BUT_3, "nash", "seq") | alike(range(1, 37), "gmr", "smr"),
        ONCE_PER_DM,
    ),
    Answer(
        "milk-river",
        "derived",
        "definitions",
        alike(ALL_BUT_3, "nash", "seq", "sseq") | alike(range(1, 37), "gmr", "smr"),
    ),
)

_OF_THE_TOOL = ("nash", "gmr", "smr", "seq")

# Published: single claims, (case, concept, state, where). The guide says no more than "equilibrium".
CLAIMS = (
    ("prisoners-dilemma", "nash", 1, "Jacobi 2017-11-05: mutual defection is Nash stable"),
    ("prisoners-dilemma", "gmr", 4, "Jacobi 2017-11-05: cooperation is stable under GMR"),
    *(
        ("elmira-1991", concept, 7, "A Simple Guide to GMCR+, 5.2")
        for concept in ("nash", "gmr", "smr", "seq")
    ),
)

# GMR and SMR in the regression file that GMCR+ ships: older than its code, which finds 4 and 10 as well.
GARRISON_STALE = [2, 3, 8, 11, 13, 14, 15, 17, 18, 19, 21, 22]

# The states of Milk River and, from its statements, the rankings: best first, an inner list is a tie.
MILK_RIVER_STATES = (
    *("NNNNNNN", "YNNNNNN", "NYNNNNN", "YYNNNNN", "NNYNNNN", "YNYNNNN", "NYYNNNN", "YYYNNNN", "NNNYNNN"),
    *("YNNYNNN", "NYNYNNN", "YYNYNNN", "NNNNYNN", "YNNNYNN", "NYNNYNN", "YYNNYNN", "NNYNYNN", "YNYNYNN"),
    *("NYYNYNN", "YYYNYNN", "NNNYYNN", "YNNYYNN", "NYNYYNN", "YYNYYNN", "NNNNNYN", "YNNNNYN", "NNYNNYN"),
    *("YNYNNYN", "NNNYNYN", "YNNYNYN", "NNNNNNY", "YNNNNNY", "NNYNNNY", "YNYNNNY", "NNNYNNY", "YNNYNNY"),
)
_QUIET = [1, 5, 9, 13, 17, 21, 25, 27, 29, 31, 33, 35]
_OTHERS = [state for state in range(1, 37) if state not in _QUIET]
MILK_RIVER_TIERS = (
    [[21, 22, 23, 24], list(range(13, 21)), [*range(1, 13), *range(25, 37)]],
    [
        1,
        28,
        [26, 30],
        [5, 6, 7, 8, 17, 18, 19, 20, 27],
        [2, 3, 4, *range(9, 17), *range(21, 26), 29],
        [33, 34],
        [31, 32, 35, 36],
    ],
    [_QUIET, _OTHERS],
    [_QUIET, _OTHERS],
)

# Statements of the trade round as the source has them: options from 1, a minus for `not taken`,
# an inner list for `and`, alternatives side by side. The case writes these shorter.
_SPELT_OUT = [
    *([-2, -9], [2, -9], [2, -11], [-2, -11], [2, 14], [-2, -14]),
    *([2, 16], [-2, -16], [2, 20], [2, -20], [-2, -20]),
]
_SPELT_OUT_TOO = [
    [sign * 3, other * deal] for deal in (9, 11, 14, 16, 20) for sign, other in ((1, 1), (1, -1), (-1, -1))
]
TRADE_STATEMENTS = {
    "us": [
        *([[option]] for option in (1, 4, 7, 10, 13, -15, 18, 12, 5, -9, -11, -14, -16, -20)),
        _SPELT_OUT,
        _SPELT_OUT_TOO,
    ],
    "ec": [
        *([[option]] for option in (6, -2, -5, -3, -4)),
        [[4, 18], [-4, 18], [-4, -18]],
        [[-4, 7], [4, 7], [4, -7]],
        [[5, 8], [-5, 8], [-5, -8]],
        [[4, 9], [-4, 9], [-4, -9]],
        [[-20]],
    ],
    "japan": [
        *([[option]] for option in (12, -2, -5, 4, -3)),
        [[10, 12], [10, -12], [-10, -12]],
    ],
    "nics": [],
    "ldcs": [],
    "middle": [],
}
TRADE_INFEASIBLE = [[-1, 4], [7, 8], [7, 9], [10, 11], [10, 12], [-10, 12], [13, 14]]
