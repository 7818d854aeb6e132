"""``standoff paths``: ways to a state, a statement, every equilibrium; cycles; cures for what is mistyped."""

import json

import pytest

from standoff.study import prepare

CASE = "case:north-korea-2019"
LISTED = """\
standoff: 1
name: Listed
states: [calm, push, deal, {last}]
status_quo: calm
decision_makers:
  a: {{name: A, moves: [[calm, push], [deal, calm]], ranking: [deal, calm, push, {last}]}}
  b: {{name: B, moves: [[push, deal]], ranking: [deal, push, calm, {last}]}}
"""


@pytest.fixture
def listed(tmp_path):
    (tmp_path / "listed.yaml").write_text(LISTED.format(last="war"), encoding="utf-8")
    return "listed.yaml"


def test_to_a_state(standoff):
    done = standoff("paths", CASE, "--to", "phased")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "From today (the status quo) to: phased"
    assert lines[1].startswith("No path of improvements leads from today (the status quo) to phased")
    assert lines[2] == "At the least it takes 1 sacrifice (780 ranks lost), in 2 steps, to phased."
    assert lines[3].startswith("North Korea must give first on the cheapest way to phased: ")
    assert any(line.startswith("It can stall at today (the status quo): North Korea loses") for line in lines)
    assert "With the fewest sacrifices and shortest, by all moves: 2 steps" in lines
    assert "780 ranks worse - a sacrifice" in done.stdout


def test_from_another_state(standoff):
    done = standoff("paths", CASE, "--at", "phased", "--to", "today")
    assert done.stdout.startswith("From phased to: today\n")
    done = standoff("paths", CASE, "--to", "today")
    assert "today is there already." in done.stdout


def test_to_a_statement(standoff):
    done = standoff("paths", CASE, "--to", "dprk.freeze  and us.partial_relief", "--json")
    found = json.loads(done.stdout)
    assert found["to"] == "dprk.freeze and us.partial_relief"
    assert found["goals"] > 1
    assert len(found["nearest"]) == 10
    costs = [tuple(goal["cost"].values()) for goal in found["nearest"]]
    assert costs == sorted(costs)
    everything = json.loads(
        standoff("paths", CASE, "--to", "dprk.freeze and us.partial_relief", "--json", "--all").stdout
    )
    assert len(everything["nearest"]) == found["goals"] - found["unreached"]


def test_to_every_equilibrium(standoff):
    done = standoff("paths", "case:elmira-1991", "--to", "equilibrium", "--at", "s1")
    assert done.stdout.startswith("From s1 (the status quo) to: equilibrium under SEQ (")
    nash = json.loads(
        standoff("paths", "case:elmira-1991", "--to", "equilibrium", "--concept", "nash", "--json").stdout
    )
    study = json.loads(standoff("analyze", "case:elmira-1991", "--json").stdout)
    assert nash["goals"] == len(study["equilibria"]["nash"])
    assert {goal["state"] for goal in nash["nearest"]} <= set(study["equilibria"]["nash"])


def test_sentences_about_another_goal_name_it(standoff):
    told = standoff("paths", "case:garrison", "--to", "equilibrium").stdout
    assert "2 improvements lead, one after the other, from s1 (the status quo) to s3." in told
    assert "On the way with the fewest sacrifices, to s2, it can stall at s1 (the status quo): " in told
    assert "At the end of the way with the fewest sacrifices s2 is, against s1, better for " in told


def test_a_coalition_moves_together(standoff):
    done = standoff("paths", "case:elmira-1991", "--at", "s7", "--to", "s10", "--with", "accord")
    assert "Joint moves count as one step: Ministry of the Environment and Uniroyal" in done.stdout
    assert "1 improvement leads from s7 to s10." in done.stdout
    alone = standoff("paths", "case:elmira-1991", "--at", "s7", "--to", "s10")
    assert "No path of improvements leads from s7 to s10" in alone.stdout
    listed = standoff("paths", "case:elmira-1991", "--at", "s7", "--to", "s10", "--with", "moe,uniroyal")
    assert listed.stdout == done.stdout


def test_the_document(standoff):
    found = json.loads(standoff("paths", CASE, "--to", "phased", "--cycles", "--json").stdout)
    assert found["schema"] == "standoff.paths/1"
    assert found["assumed"] is None
    assert found["ways"]["improvements"] is None
    way = found["ways"]["sacrifices"]
    assert way["cost"] == {"sacrifices": 1, "ranks_lost": 780, "steps": 2}
    assert way["first_to_give"] == 0
    assert way["exact"] is True
    assert [step["movers"] for step in way["steps"]] == [["dprk"], ["us"]]
    assert way["stalls"][0]["unwilling"] == ["dprk"]
    assert "nash" in way["stalls"][0]["equilibrium"]
    assert {each["decision_maker"]: each["ranks"] > 0 for each in way["in_the_end"]} == {
        "us": True,
        "dprk": True,
        "rok": True,
        "japan": False,
        "russia": False,
    }
    assert found["reach"]["sacrifices"]["finished"] is True
    cycles = found["cycles"]
    assert cycles["rounds"] == 8
    assert cycles["told"][0]["cycle"][0]["origin"] == cycles["told"][0]["cycle"][-1]["target"]
    assert len(cycles["told"][0]["sentences"]) == len(cycles["told"][0]["cycle"])


def test_cycles_of_improvements(standoff, listed):
    done = standoff("paths", CASE, "--cycles")
    assert done.stdout.startswith("Cycles of improvements, seen from today (the status quo)\n")
    assert "United States, North Korea and Russia go round in 56 states (4 rounds alike)" in done.stdout
    still = standoff("paths", listed, "--cycles")
    assert "Improvements never go round in circles" in still.stdout


def test_time_up_is_said(standoff):
    done = standoff("paths", CASE, "--to", "package", "--time-limit", "0")
    assert done.returncode == 0, done.stderr
    assert "stopped by the time limit" in done.stdout
    found = json.loads(standoff("paths", CASE, "--to", "package", "--time-limit", "0", "--json").stdout)
    assert not all(reach["finished"] for reach in found["reach"].values())


def test_cycles_that_time_ran_out_for_are_not_said_not_to_be_there(standoff, listed):
    for model in (CASE, listed):
        done = standoff("paths", model, "--cycles", "--time-limit", "0")
        assert done.returncode == 0, done.stderr
        assert "Improvements never go round" not in done.stdout
        assert "Whether improvements can go round in circles is not known" in done.stdout
        assert "stopped by the time limit" in done.stdout
        found = json.loads(standoff("paths", model, "--cycles", "--time-limit", "0", "--json").stdout)
        assert found["cycles"]["stopped"]
        assert found["cycles"]["rounds"] is None
    whole = json.loads(standoff("paths", CASE, "--cycles", "--json").stdout)
    assert not whole["cycles"]["stopped"]


def test_an_assumption_is_said(standoff):
    done = standoff("paths", CASE, "--to", "phased", "--assume", "not  russia.leak")
    assert "Assumed: not russia.leak" in done.stdout


def test_under_an_assumption_numbers_of_states_are_those_of_the_whole(standoff):
    number = 1 + prepare(CASE).space.index("phased")
    asked = ("paths", CASE, "--assume", "not russia.leak", "--json", "--to")
    by_number = json.loads(standoff(*asked, f"s{number}").stdout)
    assert by_number["ways"]["sacrifices"]["goal"] == "phased"


def test_a_conflict_in_graph_form(standoff, listed):
    done = standoff("paths", listed, "--to", "deal")
    lines = done.stdout.splitlines()
    assert "A must give first on the cheapest way to deal: moving to push, it is worse off by it." in lines
    assert "2. B moving to deal: 1 rank better" in lines
    nowhere = standoff("paths", listed, "--to", "war")
    assert (
        "No path leads there, whatever anybody would do, if nobody takes two steps in a row."
        in nowhere.stdout
    )
    assert standoff("paths", listed, "--to", "deal", "--with", "a,b").returncode == 3


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "--to equilibrium; or ask for --cycles"),
        (["--to", "phase"], "Did you mean 'phased'"),
        (["--to", "dprk.freez"], "dprk.freeze"),
        (["--to", "dprk.freeze and"], "dprk.freeze and"),
        (["--to", "us.full_relief and us.partial_relief"], "No feasible state satisfies"),
        (["--to", "phased", "--at", "todya"], "Did you mean 'today'"),
        (["--to", "phased", "--with", "us,dprkk"], "Did you mean 'dprk'"),
        (["--to", "equilibrium", "--concept", "seqq"], "seq"),
        (["--to", "phased", "--assume", "dprk.freeze"], "nearest one is"),
        (
            ["--to", "crisis", "--assume", "dprk.talks"],
            "State 'crisis' is excluded: the assumption 'dprk.talks'",
        ),
        (["--to", "s1", "--assume", "dprk.talks"], "State 's1' is excluded: the assumption 'dprk.talks'"),
        (["--to", "crises", "--assume", "dprk.talks"], "labelled s1 to s1680. Did you mean 'crisis'?"),
        (
            ["--to", "not dprk.talks", "--assume", "dprk.talks"],
            "satisfies 'not dprk.talks' if 'dprk.talks' is",
        ),
        (["--to", "phased", "--variant", "nobody"], "nobody"),
        (["--to", "phased", "--time-limit", "-1"], "time-limit"),
        (["--cycles", "--with", "us,nobody"], "--with does not go with --cycles: circles are looked for"),
        (["--to", "phased", "--cycles", "--with", "us,dprk"], "among steps of single decision makers"),
    ],
)
def test_what_does_not_exist_is_refused_with_its_cure(standoff, arguments, told):
    done = standoff("paths", CASE, *arguments)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_too_many_states_are_refused(standoff):
    done = standoff("paths", CASE, "--to", "phased", "--max-states", "100")
    assert done.returncode == 3
