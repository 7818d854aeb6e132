"""Sentences of the brief that would be easy to get wrong: silent parties, states without options"""

from __future__ import annotations

import re

import pytest

from standoff.files.reading import read_text
from standoff.report.brief.sections.wrong import hanging
from standoff.report.moves import moves_sentence
from standoff.report.words import reason
from standoff.study import analyse
from standoff.study.moves import moves

LISTED = """\
standoff: 1
name: Four states
decision_makers:
  a: {name: Alpha, moves: [[s1, s2], [s2, s1], [s3, s4]], ranking: [s4, s2, [s1, s3]]}
  b: {name: Beta, moves: [[s2, s3], [s1, s4]], ranking: [s3, s2, s4, s1]}
states: [s1, s2, s3, s4]
status_quo: s1
"""


def test_a_state_without_options_is_named_once() -> None:
    study = analyse(read_text(LISTED).conflict)
    told = [
        reason(study, study.verdict(state, dm, "seq"))
        for state in ("s1", "s2", "s3", "s4")
        for dm in ("a", "b")
    ]
    told.append(moves_sentence(study, moves(study, "a")))
    assert any("moving to s2" in each for each in told)
    for each in told:
        assert not re.search(
            r"(moving|moved) to (\w+) \(\2\)|by moving to (\w+), which ends at \3\b", each
        ), each


@pytest.mark.parametrize(
    ("case", "party", "wanted"),
    [
        ("trade-round", "nics", "no preference is stated"),
        ("milk-river", None, "hangs on no statement"),
        ("prisoners-dilemma", None, "hangs on the statement"),
    ],
)
def test_what_a_stance_hangs_on_is_told_by_how_preferences_are_stated(case, party, wanted) -> None:
    study = analyse(f"case:{case}")
    parties = [party] if party in study.decision_makers else study.decision_makers
    assert any(wanted in hanging(study, dm).text for dm in parties)


def test_nobody_has_a_ranking_where_no_file_gives_one() -> None:
    for case in ("trade-round", "milk-river"):
        study = analyse(f"case:{case}")
        assert not any("ranking as given" in hanging(study, dm).text for dm in study.decision_makers)
    listed = analyse(read_text(LISTED).conflict)
    assert "hangs on the ranking as given" in hanging(listed, "a").text
