"""``standoff foresight``: a page for people, a document for programs, refusals with the reason."""

import json

import pytest

DILEMMA = "case:prisoners-dilemma"
KOREA = "case:north-korea-2019"


def test_the_page_has_every_kind_with_sentences(standoff):
    done = standoff("foresight", DILEMMA, "--at", "cooperate")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "What does foresight make of cooperate (one.cooperate, two.cooperate)?"
    assert "- Prisoner One, looking 2 to 4 moves ahead, stays at cooperate." in lines
    assert "- Prisoner One stays at cooperate with every horizon from 2 on." in lines
    for begins in ("Limited moves:", "Non-myopic:", "Stackelberg:", "Maximin:"):
        assert any(line.startswith(begins) for line in lines)
    assert "not told" not in done.stdout


def test_the_horizon_is_the_callers(standoff):
    done = standoff("foresight", DILEMMA, "--at", "cooperate", "--horizon", "1")
    assert "looking 1 move ahead, leaves cooperate" in done.stdout
    assert "looking 2" not in done.stdout


def test_where_most_is_not_defined_maximin_is_told_and_why(standoff):
    done = standoff("foresight", KOREA)
    assert done.returncode == 0, done.stderr
    assert "United States stays at today: it has no improvement." in done.stdout
    assert "extension made here" in done.stdout
    assert "not told: only defined for two decision makers, and here are 5" in done.stdout


@pytest.mark.parametrize("concept", ["limited", "nonmyopic", "stackelberg"])
def test_what_is_not_defined_is_refused_if_asked_for(standoff, concept):
    done = standoff("foresight", KOREA, "--concept", concept)
    assert done.returncode == 3
    assert "here are 5" in done.stderr
    assert "--concept maximin" in done.stderr
    assert "Traceback" not in done.stderr


def test_ties_are_refused_by_name(standoff, example):
    done = standoff("foresight", example, "--concept", "limited")
    assert done.returncode == 3
    assert "equal" in done.stderr


def test_the_document(standoff):
    found = json.loads(standoff("foresight", DILEMMA, "--at", "cooperate", "--json").stdout)
    assert found["schema"] == "standoff.foresight/1"
    assert (found["state"], found["horizon"], found["extended"]) == ("cooperate", 4, False)
    assert [one["stable"] for one in found["limited"][0]["horizons"]] == [False, True, True, True]
    assert found["nonmyopic"][0]["period"] == 1
    assert found["stackelberg"][0]["stable"] is False
    assert found["maximin"][0]["horizons"][0]["moves"][0]["mover"] == "one"
    assert set(found["sentences"]) == {"limited", "nonmyopic", "stackelberg", "maximin"}
    found = json.loads(standoff("foresight", KOREA, "--json").stdout)
    assert set(found["undefined"]) == {"limited", "nonmyopic", "stackelberg"}
    assert found["limited"] == []


def test_a_concept_and_an_assumption_are_heeded(standoff):
    done = standoff("foresight", KOREA, "--concept", "maximin", "--assume", "not russia.leak")
    assert "Assumed: not russia.leak" in done.stdout
    assert "not told" not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--at", "cooperat"], "Did you mean 'cooperate'"),
        (["--horizon", "0"], "1 to 50"),
        (["--horizon", "many"], "many"),
        (["--concept", "maximim"], "Did you mean 'maximin'"),
        (["--assume", "three.cooperate"], "three.cooperate"),
        (["--variant", "nobody"], "nobody"),
    ],
)
def test_what_does_not_exist_is_refused_with_its_cure(standoff, arguments, told):
    done = standoff("foresight", DILEMMA, *arguments)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_a_conflict_in_graph_form(standoff, tmp_path):
    text = """\
standoff: 1
name: Listed
states: [calm, push, deal]
status_quo: calm
decision_makers:
  a: {name: A, moves: [[calm, push]], ranking: [deal, calm, push]}
  b: {name: B, moves: [[push, deal]], ranking: [deal, push, calm]}
"""
    (tmp_path / "listed.yaml").write_text(text, encoding="utf-8")
    done = standoff("foresight", "listed.yaml")
    assert done.returncode == 0, done.stderr
    expected = (
        "- A, looking 2 to 4 moves ahead, leaves calm and expects to end at deal (1 rank above calm): "
        "A moving to push and then B moving to deal."
    )
    assert expected in done.stdout.splitlines()
    assert "- A stays at calm: it has no improvement." in done.stdout.splitlines()
