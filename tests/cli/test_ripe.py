"""``standoff ripe``: a page for people, a document for programs, cures for what is mistyped."""

import json

import pytest

CASE = "case:north-korea-2019"


def test_the_page_has_every_condition_and_one_sentence(standoff, example):
    done = standoff("ripe", example)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "Is it ripe at s1 (no option taken)?"
    assert lines[1].startswith("s1 (the status quo) is a stalemate with a way out: neither can win")
    assert lines[1].endswith("Whether going on hurts is not stated.")
    for title in ("Cannot win", "Without an agreement", "Precipice", "Zone of agreement", "Way out"):
        assert title in lines
    assert "- Not stated for United States and North Korea." in lines
    assert "The parties could also come there in one joint step." in done.stdout


def test_the_failing_condition_is_named(standoff):
    done = standoff("ripe", "case:elmira-1991", "--at", "s7")
    assert "but not ripe: nobody can win, yet nothing is better for" in done.stdout
    assert (
        "Leaving Uniroyal out, 2 states are better for Ministry of the Environment and Local government; the"
        in done.stdout
    )
    assert "What would have to change" not in done.stdout
    done = standoff("ripe", "case:elmira-1991")
    assert "Local government gains by taking" in done.stdout


def test_what_would_make_the_failing_condition_hold(standoff):
    done = standoff("ripe", "case:elmira-1991")
    assert "What would have to change\n- Local government (0.5 pairs among 12 states" in done.stdout
    found = json.loads(standoff("ripe", "case:elmira-1991", "--json").stdout)
    assert found["least"]["state"]["label"] == "s1"
    assert all(all(each["stable_after"].values()) for each in found["least"]["levers"] if each["changes"])
    supposed = json.loads(standoff("ripe", "case:chicken", "--assume", "not col.swerve", "--json").stdout)
    assert supposed["failing"] == "cannot win"
    assert supposed["least"] is None
    hurried = standoff("ripe", "case:elmira-1991", "--for", "local", "--time-limit", "0")
    assert "was not looked for: standoff levers FILE s1 --for local." in hurried.stdout


def test_the_document(standoff):
    done = standoff("ripe", CASE, "--for", "summit", "--json")
    found = json.loads(done.stdout)
    assert found["schema"] == "standoff.ripe/1"
    assert found["parties"] == ["us", "dprk"]
    assert found["failing"] is None
    assert found["assumed"] is None
    assert [row["decision_maker"] for row in found["rows"]] == ["us", "dprk"]
    assert found["rows"][0]["hurts"] == "not stated"
    assert found["rows"][0]["verdict"]["witness"]["kind"] == "no_improvement"
    assert len(found["zone"]["states"]) <= found["zone"]["size"]
    assert found["sentence"] in standoff("ripe", CASE, "--for", "us,dprk").stdout
    everything = json.loads(standoff("ripe", CASE, "--for", "summit", "--json", "--all").stdout)
    assert len(everything["zone"]["states"]) == everything["zone"]["size"] == found["zone"]["size"]


def test_an_assumption_is_said(standoff):
    done = standoff("ripe", CASE, "--for", "summit", "--assume", "not  russia.leak")
    assert "Assumed: not russia.leak" in done.stdout


def test_a_time_limit_leaves_states_of_the_zone_out_and_says_so(standoff):
    asked = ("ripe", CASE, "--for", "summit", "--time-limit", "0")
    done = standoff(*asked)
    assert done.returncode == 0, done.stderr
    assert "of the zone not shown; the time limit was reached." in done.stdout
    assert "- No state that holds is told; the time limit was reached." in done.stdout
    found = json.loads(standoff(*asked, "--json").stdout)
    assert found["zone"]["stopped"]
    assert found["zone"]["states"] == []
    whole = json.loads(standoff("ripe", CASE, "--for", "summit", "--json").stdout)
    assert not whole["zone"]["stopped"]
    for key in ("size", "holding", "ways", "undone_by"):
        assert found["zone"][key] == whole["zone"][key]
    assert found["failing"] == whole["failing"]
    assert found["rows"] == whole["rows"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--at", "phase"], "Did you mean 'phased'"),
        (["--for", "us,dprkk"], "Did you mean 'dprk'"),
        (["--for", ""], "no decision maker or coalition ''"),
        (["--assume", "dprk.freeze"], "nearest one is"),
        (["--assume", "dprk.freez"], "dprk.freeze"),
        (["--variant", "nobody"], "nobody"),
        (["--time-limit", "-1"], "time-limit"),
        (["--time-limit", "nan"], "time limit"),
    ],
)
def test_what_does_not_exist_is_refused_with_its_cure(standoff, arguments, told):
    done = standoff("ripe", CASE, *arguments)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_too_many_states_are_refused(standoff):
    done = standoff("ripe", CASE, "--max-states", "100")
    assert done.returncode == 3


def test_a_conflict_in_graph_form_has_no_joint_steps_and_no_statements(standoff, tmp_path):

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
    done = standoff("ripe", tmp_path / "listed.yaml")
    assert done.returncode == 0, done.stderr
    assert (
        "deal: the way there needs a sacrifice by A: A moving to push and then B moving to deal."
        in done.stdout
    )
    assert standoff("ripe", tmp_path / "listed.yaml", "--assume", "a").returncode == 2


def test_where_nothing_leads_to_a_state_that_holds_this_is_the_condition_that_fails(standoff, tmp_path):
    (tmp_path / "closed.yaml").write_text(
        "standoff: 1\nname: Closed\nstates: [p, q, r, t]\nstatus_quo: p\ndecision_makers:\n"
        "  a: {name: A, moves: [[p, q], [q, p], [q, r]], ranking: [r, [p, q], t]}\n"
        "  b: {name: B, moves: [[q, t], [t, p], [r, q]], ranking: [t, q, r, p]}\n",
        encoding="utf-8",
    )
    done = standoff("ripe", "closed.yaml")
    lines = done.stdout.splitlines()
    assert lines[1].startswith(
        "p (the status quo) is a stalemate without a way out: neither can win, 1 state"
    )
    assert (
        "but nothing leads there: neither moves, if nobody takes two in a row, nor a joint step" in lines[1]
    )
    assert "standoff levers" not in done.stdout
    assert json.loads(standoff("ripe", "closed.yaml", "--json").stdout)["failing"] == "way there"
    nowhere = standoff("paths", "closed.yaml", "--to", "r").stdout
    assert "No path leads there, whatever anybody would do, if nobody takes two steps in a row." in nowhere


def test_better_than_what_a_party_is_sure_of_is_said(standoff, tmp_path):
    path = tmp_path / "alone.yaml"
    path.write_text(
        "standoff: 1\nname: Alone\ndecision_makers:\n  a: {options: {x: X}, prefers: [x]}\nstatus_quo: []\n",
        encoding="utf-8",
    )
    assert "No state is better for a than what each is sure of." in standoff("ripe", path).stdout
