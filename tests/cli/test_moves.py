"""``standoff moves``: a table and sentences for people, a document for programs, cures for mistakes."""

import json

import pytest

CASE = "case:north-korea-2019"


def test_the_page_ranks_moves_and_says_how(standoff):
    done = standoff("moves", CASE, "--for", "us")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0].startswith("What next for United States at today (")
    assert lines[1] == "For United States at today none of its 13 moves ranks before staying."
    assert lines[2].startswith("Ranked by the worst place where play can settle")
    for move in ("(stay)", "+enforce", "+exercises", "+rhetoric", "+partial_relief +enforce"):
        assert any(f" {move}  " in line for line in lines), move
    assert "it gives up ‘not us.enforce if dprk.talks’" in done.stdout
    assert "Russia taking ‘Let sanctions leak" in done.stdout


def test_costs_and_threats_speak(standoff):
    """S4 and S17: pressure costs the talks or sends goods round the sanctions; threats end the pause."""
    found = json.loads(standoff("moves", CASE, "--for", "us", "--json").stdout)
    moves = {tuple(each["options"][:-3]): each for each in found["moves"]}
    enforce, exercises, threats = (moves[f"us.{option}",] for option in ("enforce", "exercises", "rhetoric"))
    assert [each["mover"] for each in enforce["credible_reply"]["sequence"]] == ["russia"]
    assert all(each["at_once"] < 0 for each in (enforce, exercises, threats))
    assert threats["credible_reply"]["ranks"] < exercises["credible_reply"]["ranks"] < 0
    assert found["moves"].index(enforce) < found["moves"].index(exercises) < found["moves"].index(threats)


def test_the_july_column_recommends_what_ranks_first_in_its_own_variant(standoff):
    found = json.loads(standoff("moves", CASE, "--for", "us", "--variant", "klingner-2019", "--json").stdout)
    first = found["moves"][0]
    assert set(first["options"]) >= {"us.enforce", "us.exercises"}
    assert "us.rhetoric" not in first["options"]
    assert first["verdict"] == "secure gain"
    assert first["carriers"] == ["us.enforce"]


def test_an_assumption_changes_the_ranking(standoff):
    found = json.loads(
        standoff("moves", CASE, "--for", "us", "--assume", "not dprk.long_tests", "--json").stdout
    )
    assert found["assumed"] == "not dprk.long_tests"
    assert {each["verdict"] for each in found["moves"]} == {"taken back"}


def test_the_document(standoff, example):
    found = json.loads(standoff("moves", example, "--for", "us", "--at", "deal", "--json").stdout)
    assert found["schema"] == "standoff.moves/1"
    assert found["state"] == "deal"
    assert found["number"] == len(found["moves"]) == 3
    assert found["staying"]["move"] is None
    for each in (found["staying"], *found["moves"]):
        assert each["sentences"]
        assert each["verdict"] in (
            "no change",
            "risk",
            "loss",
            "short gain",
            "gain at risk",
            "taken back",
            "detour",
        )
    page = standoff("moves", example, "--for", "us", "--at", "deal", "--all").stdout
    for each in found["moves"]:
        assert all(sentence in page for sentence in each["sentences"])


def test_a_time_limit_leaves_moves_out_and_says_so(standoff):
    done = standoff("moves", CASE, "--for", "us", "--time-limit", "0")
    assert done.returncode == 0
    assert "13 more moves not shown; the time limit was reached." in done.stdout


def test_a_time_limit_that_leaves_no_move_tells_staying(standoff):
    asked = ("moves", CASE, "--for", "us", "--variant", "klingner-2019", "--time-limit", "0")
    done = standoff(*asked)
    assert done.returncode == 0, done.stderr
    assert "For United States at today 13 of its 13 moves rank before staying.\n" in done.stdout
    assert "13 more moves not shown; the time limit was reached." in done.stdout
    assert "Staying (today): no change" in done.stdout
    found = json.loads(standoff(*asked, "--json").stdout)
    assert found["stopped"]
    assert found["moves"] == []
    assert found["staying"]["sentences"]


def test_all_tells_the_worst_reply_at_a_cost_step_by_step(standoff):
    page = standoff("moves", CASE, "--for", "us", "--all").stdout
    found = json.loads(standoff("moves", CASE, "--for", "us", "--all", "--json").stdout)
    harsh = [each["any_reply"] for each in (found["staying"], *found["moves"])]
    costly = [each for each in harsh if f"could lead to {each['state']} " in page]
    assert costly
    assert page.count(". Step by step: ") == len(costly)
    assert "Step by step:" not in standoff("moves", CASE, "--for", "us").stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--for", "usa"], "Did you mean 'us'"),
        (["--for", "us", "--at", "tody"], "Did you mean 'today'"),
        (["--for", "us", "--concept", "sqe"], "There is no concept 'sqe'. Did you mean 'seq'"),
        (["--for", "us", "--concept", "foo"], "There is no concept 'foo'. Known here: nash, gmr,"),
        (["--for", "us", "--concept", "sim"], "'sim' was not computed here. Known here: nash,"),
        (["--for", "us", "--assume", "us.enforce"], "nearest one is"),
        ([], "--for"),
    ],
)
def test_what_does_not_exist_is_refused_with_its_cure(standoff, arguments, told):
    done = standoff("moves", CASE, *arguments)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr
