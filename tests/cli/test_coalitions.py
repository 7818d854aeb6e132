"""``standoff coalitions``: a page for people, a document for programs, cures for what is mistyped."""

import json

import pytest

CASE = "case:north-korea-2019"
ELMIRA = "case:elmira-1991"


def test_the_page_has_coalitions_wedges_agreement_and_deals(standoff):
    done = standoff("coalitions", CASE, "--deal", "phased")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "Coalitions at today (the status quo)"
    assert "allies: United States, South Korea and Japan" in lines
    assert "summit: United States and North Korea" in lines
    assert any(line.startswith("- 10 moves are wedges") for line in lines)
    assert any(line.startswith("- Of 31 coalitions 12 have reason to leave today") for line in lines)
    assert any(line.startswith("us and dprk ") for line in lines)
    assert "The deal phased, against today (the status quo) (sanctions as under SEQ)" in lines
    assert any(line.split() == ["japan", "worse", "outside", "objects,", "cannot"] for line in lines)


def test_the_published_story_of_elmira(standoff):
    done = standoff("coalitions", ELMIRA, "--at", "s7", "--deal", "s4", "--deal", "s10")
    assert "s7 is not stable against Ministry of the Environment and Uniroyal" in done.stdout
    assert "Of 7 coalitions 1 has reason to leave s7 under SEQ: accord." in done.stdout
    assert "Local government loses by it against s7 and would undo it" in done.stdout
    assert (
        "Local government loses by it against s7 and no move of its own harms another party." in done.stdout
    )


def test_a_coalition_has_the_name_it_has_in_the_file(standoff):
    done = standoff("coalitions", ELMIRA, "--at", "s7", "--of", "uniroyal,moe", "--json")
    named = standoff("coalitions", ELMIRA, "--at", "s7", "--of", "accord", "--json")
    assert done.stdout == named.stdout
    assert json.loads(done.stdout)["coalitions"][0]["name"] == "accord"


def test_the_document(standoff):
    done = standoff(
        "coalitions", CASE, "--of", "allies", "--of", "us,dprk,rok", "--deal", "package", "--json"
    )
    found = json.loads(done.stdout)
    assert found["schema"] == "standoff.coalitions/1"
    assert found["rules"] == {"coalition_moves": "legal_sequence"}
    assert found["state"]["label"] == "today"
    assert [view["members"] for view in found["coalitions"]] == [
        ["us", "rok", "japan"],
        ["us", "dprk", "rok"],
    ]
    allies = found["coalitions"][0]
    assert [verdict["concept"] for verdict in allies["verdicts"]] == ["nash", "gmr", "smr", "seq"]
    assert all(verdict["stable"] for verdict in allies["verdicts"])
    assert allies["wedges_complete"]
    assert {wedge["after"]["member"] for wedge in allies["wedges"]} == {"us", "rok"}
    assert found["all_coalitions"]["coalitions"] == found["all_coalitions"]["looked_at"] == 31
    assert found["refused"] is None
    assert len(found["agreement"]) == 10
    for pair in found["agreement"]:
        counted = pair["same"] + pair["opposite"] + pair["tied_for_both"] + pair["tied_for_one"]
        assert counted == pair["pairs"] == found["reachable"] * (found["reachable"] - 1) // 2
    grades = {party["party"]: party["grade"] for party in found["deals"][0]["parties"]}
    assert grades["dprk"] == "deterred"
    text = standoff("coalitions", CASE, "--of", "allies", "--of", "us,dprk,rok", "--deal", "package").stdout
    for sentence in (*allies["sentences"], *found["sentences"], found["deals"][0]["parties"][0]["sentence"]):
        assert " ".join(sentence.split()) in " ".join(text.split())


def test_all_tells_every_wedge(standoff):
    few = standoff("coalitions", CASE, "--of", "allies").stdout
    every = standoff("coalitions", CASE, "--of", "allies", "--all").stdout
    assert few.count("- If ") == 3
    assert every.count("- If ") == 10


def listed_after(text, opening):
    (line,) = [line for line in text.splitlines() if line.startswith(opening)]
    return line.removeprefix(opening).rstrip(".").replace(" and ", ", ").split(", ")


def test_states_that_hold_against_all_are_listed_named_ones_first(standoff):
    found = json.loads(standoff("coalitions", CASE, "--of", "allies", "--json").stdout)
    few = standoff("coalitions", CASE, "--of", "allies").stdout
    every = standoff("coalitions", CASE, "--of", "allies", "--all").stdout
    assert (
        "- Of those that the file names: small-deal and freeze-for-relief under GMR, SMR and SEQ; package under "
        "GMR and SMR; today, april-2019, phased, pivot and crisis under none of these." in few
    )
    assert "Stable against every coalition under" not in few
    listed = listed_after(every, "- Stable against every coalition under SEQ: ")
    assert sorted(listed) == sorted(found["all_coalitions"]["stable_states"]["seq"])
    assert set(listed[:2]) == {"freeze-for-relief", "small-deal"}


def test_where_the_line_is_broken_is_counted_and_listed(standoff):
    found = json.loads(standoff("coalitions", CASE, "--of", "allies", "--json").stdout)
    (view,) = found["coalitions"]
    opening = f"- At {len(view['broken']):,} of 1,680 states within reach some member would gain by leaving the line"
    few = standoff("coalitions", CASE, "--of", "allies").stdout
    every = standoff("coalitions", CASE, "--of", "allies", "--all").stdout
    assert f"{opening}; of those that the file names at " in few
    listed = listed_after(every, f"{opening}: ")
    assert sorted(listed) == sorted(view["broken"])
    assert "phased" in listed[: sum(not state.startswith("s") for state in listed)]


def test_an_assumption_is_said_and_makes_no_other_state_the_status_quo(standoff):
    done = standoff("coalitions", CASE, "--assume", "dprk.freeze", "--at", "phased", "--of", "allies")
    lines = done.stdout.splitlines()
    assert lines[0] == "Coalitions at phased"
    assert "Assumed: dprk.freeze" in lines


def test_one_jump_is_said(standoff):
    done = standoff("coalitions", ELMIRA, "--at", "s7", "--of", "accord", "--rule", "one_jump")
    assert "Rule one_jump: members change their options all at once." in done.stdout
    assert "all at once (s10)" in done.stdout


def test_time_may_run_out(standoff):
    done = standoff("coalitions", CASE, "--time-limit", "0")
    assert done.returncode == 0
    assert "Time ran out before all moves were looked at; there may be more wedges." in done.stdout
    assert "Time ran out: 0 of 31 coalitions were looked at" in done.stdout
    assert "it is known of 0 of 31 coalitions whether they have reason to leave today" in done.stdout
    assert "universally stable" not in done.stdout
    assert "stable against it under Nash, GMR, SMR and SEQ were counted" in done.stdout


def test_one_party_and_one_state_have_words_for_one(standoff, tmp_path):
    alone = (
        "standoff: 1\nname: Alone\ndecision_makers:\n  a: {options: {x: X}, prefers: [a.x]}\nstatus_quo: []\n"
    )
    (tmp_path / "alone.yaml").write_text(alone, encoding="utf-8")
    told = standoff("coalitions", "alone.yaml", "--of", "a").stdout
    assert "it can get to 1 state it prefers; it gains by taking ‘X’ (s2), and no reply" in told
    assert "ends badly for it." in told
    assert "How far two rank" not in told
    (tmp_path / "one.yaml").write_text(f"{alone}feasible: [not a.x]\n", encoding="utf-8")
    told = standoff("coalitions", "one.yaml").stdout
    assert "Of 1 state 1 under Nash" in told


@pytest.mark.parametrize(
    ("arguments", "told", "code"),
    [
        (["--at", "phase"], "Did you mean 'phased'", 2),
        (["--deal", "phase"], "Did you mean 'phased'", 2),
        (
            ["--deal", "crisis", "--assume", "dprk.talks"],
            "excluded: the assumption 'dprk.talks' is not true",
            2,
        ),
        (["--of", "us,dprkk"], "Did you mean 'dprk'", 2),
        (["--of", "alies"], "Did you mean 'allies'", 2),
        (["--of", ""], "no decision maker or coalition ''", 2),
        (["--rule", "jump"], "Did you mean 'one_jump'", 2),
        (["--concept", "seqq"], "Did you mean 'seq'", 2),
        (["--concept", "sseq"], "not defined", 3),
        (["--variant", "nobody"], "nobody", 2),
        (["--max-states", "10"], "10", 3),
        (["--time-limit", "-1"], "--time-limit", 2),
    ],
)
def test_what_does_not_fit_is_told_with_a_cure(standoff, arguments, told, code):
    done = standoff("coalitions", CASE, *arguments)
    assert done.returncode == code
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_graph_form_has_no_joint_jump(standoff, tmp_path):
    path = tmp_path / "graph.yaml"
    path.write_text(
        "standoff: 1\nname: Graph\nstates: [a, b]\nstatus_quo: a\ndecision_makers:\n"
        "  one: {moves: [[a, b], [b, a]], ranking: [a, b]}\n"
        "  two: {moves: [], ranking: [b, a]}\n",
        encoding="utf-8",
    )
    done = standoff("coalitions", path)
    assert done.returncode == 0, done.stderr
    assert "None of 3 coalitions has reason to leave a (the status quo) under SEQ" in done.stdout
    done = standoff("coalitions", path, "--rule", "one_jump")
    assert done.returncode == 3
    assert "has no options" in done.stderr


def test_a_deal_that_no_moves_lead_to_is_marked(standoff, tmp_path):
    model = tmp_path / "island.yaml"
    model.write_text(
        "standoff: 1\nname: Island\ndecision_makers:\n"
        "  a: {options: {x: Xx, y: Yy}, prefers: [a.x]}\n  b: {options: {z: Zz}, prefers: [b.z]}\n"
        'irreversible: ["not a.y"]\nstatus_quo: []\nstates: {here: [], heaven: [a.x, a.y, b.z]}\n',
        encoding="utf-8",
    )
    done = standoff("coalitions", str(model), "--deal", "heaven")
    assert "- No sequence of moves leads to it from here (the status quo)." in done.stdout
    found = json.loads(standoff("coalitions", str(model), "--deal", "heaven", "--json").stdout)
    assert found["unreached"] == ["heaven"]
