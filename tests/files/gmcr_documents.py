"""Small GMCR+ documents, written by this project in the form that GMCR+ 0.4.1 saves and opens.

Models: example files of GMCR+ (github.com/onp/gmcr-py, commit 502a12c). Answers: what GMCR+ 0.4.1
prints for them; it has no SSEQ, and each opponent moves at most once in a sanction.
"""

from __future__ import annotations

from typing import Any


def pattern(text: str) -> list[list[Any]]:
    """`Y-N` -> [[0, "Y"], [2, "N"]]"""
    return [[place, letter] for place, letter in enumerate(text) if letter != "-"]


def any_of(*patterns: str) -> dict[str, Any]:
    return {"compound": True, "members": [pattern(each) for each in patterns]}


def document(options, decision_makers, infeasibles, manual) -> dict[str, Any]:
    names = list(decision_makers)
    return {
        "program": "gmcr-py",
        "version": "0.4.1",
        "options": [{"name": name, "permittedDirection": direction} for name, direction in options],
        "decisionMakers": [
            {
                "name": name,
                "options": own,
                "preferences": [] if manual else preference,
                "preferenceRanking": preference if manual else [],
            }
            for name, (own, preference) in decision_makers.items()
        ],
        "infeasibles": [pattern(each) for each in infeasibles],
        "useManualPreferenceRanking": manual,
        "coalitions": list(range(len(names))),
        "coalitionsFull": [{"name": name, "options": decision_makers[name][0]} for name in names],
    }


PRISONERS = document(
    [("Cooperate with 2", "both"), ("Cooperate with One", "both")],
    {
        "Prisoner One": ([0], [pattern("-Y"), pattern("N-")]),
        "prisoner 2": ([1], [pattern("Y-"), pattern("-N")]),
    },
    [],
    manual=False,
)
PRISONERS_ANSWERS = {"nash": [1], "gmr": [1, 4], "smr": [1, 4], "seq": [1, 4]}

ELMIRA_OPTIONS = [
    ("Modify", "fwd"),
    ("Delay", "back"),
    ("Accept", "both"),
    ("Abandon", "fwd"),
    ("Insist", "both"),
]
ELMIRA_INFEASIBLES = ["-YY--", "-Y-Y-", "--YY-", "-NNN-"]

ELMIRA_RANKING = document(
    ELMIRA_OPTIONS,
    {
        "MoE": ([0], [9, 3, 4, 10, 7, 1, 2, 8, [5, 6, 11, 12]]),
        "Uniroyal": ([1, 2, 3], [1, 4, 10, 7, [5, 6, 11, 12], 2, 3, 9, 8]),
        "Local Government": ([4], [9, 3, 7, 1, 10, 8, 4, 2, [5, 6, 11, 12]]),
    },
    ELMIRA_INFEASIBLES,
    manual=True,
)
ELMIRA_RANKING_ANSWERS = {
    "nash": [5, 6, 7, 10, 11, 12],
    "gmr": [1, 4, 5, 6, 7, 10, 11, 12],
    "smr": [1, 4, 5, 6, 7, 10, 11, 12],
    "seq": [5, 6, 7, 10, 11, 12],
}

# Other preferences than the ranking's.
ELMIRA_STATEMENTS = document(
    ELMIRA_OPTIONS,
    {
        "MoE": ([0], [pattern("--Y--"), pattern("---N-"), any_of("N---Y", "Y---N")]),
        "Uniroyal": ([1, 2, 3], [any_of("Y-Y--", "N-N--"), pattern("---N-"), pattern("----N")]),
        "Local Government": ([4], [pattern("---N-"), pattern("N----"), pattern("-N---"), pattern("----Y")]),
    },
    ELMIRA_INFEASIBLES,
    manual=False,
)
ELMIRA_STATEMENTS_ANSWERS = {
    "nash": [7, 10, 11, 12],
    "gmr": [1, 3, 4, 5, 7, 9, 10, 11, 12],
    "smr": [1, 3, 4, 5, 7, 9, 10, 11, 12],
    "seq": [3, 7, 10, 11, 12],
}

GARRISON = document(
    [
        (name, "both")
        for name in (
            *("Full", "Reduced", "Appease", "Legal Challenge", "Treaty Challenge"),
            *("Full", "Reduced", "Lonetree", "Suspend"),
        )
    ],
    {
        "US Support": (
            [0, 1, 2],
            [3, 7, [1, 2], 4, [5, 6], 8, 9, 12, 11, 15, 10, 13, 14, 17, 16, 18, 19, 21, 20, 22, 23],
        ),
        "US Opposition": (
            [3],
            [[2, 6, 10, 13, 17, 21], [19, 23], 15, 11, 8, 4, 22, 18, 14, 7, 3, 20, 16, 12, 9, 5, 1],
        ),
        "Canadian Opposition": (
            [4],
            [23, [20, 21], 19, [16, 17], 11, [9, 10], 15, [12, 13], 2, 4, 1, 8, [5, 6], 22, 18, 14, 3, 7],
        ),
        "IJC": ([5, 6, 7, 8], [list(range(1, 24))]),
    },
    [
        *("YY-------", "Y-Y------", "-YY------", "-----YY--", "-----Y-Y-", "-----Y--Y", "------YY-"),
        *("------Y-Y", "-------YY", "NNN------", "-----NNNN", "Y--N-----", "--YY-----", "Y---NN---"),
        *("-Y--N--Y-", "-Y--N---Y", "--Y-N--Y-", "--Y-N---Y"),
    ],
    manual=True,
)
GARRISON_ANSWERS = {
    "nash": [2, 3, 11, 17, 18, 21, 22],
    "gmr": [2, 3, 4, 8, 10, 11, 13, 14, 15, 17, 18, 19, 21, 22],
    "smr": [2, 3, 4, 8, 10, 11, 13, 14, 15, 17, 18, 19, 21, 22],
    "seq": [2, 3, 11, 17, 18, 21, 22],
}

KNOWN = {
    "prisoners-statements": (PRISONERS, PRISONERS_ANSWERS),
    "elmira-12-ranking": (ELMIRA_RANKING, ELMIRA_RANKING_ANSWERS),
    "elmira-12-statements": (ELMIRA_STATEMENTS, ELMIRA_STATEMENTS_ANSWERS),
    "garrison-ranking": (GARRISON, GARRISON_ANSWERS),
}
