"""``standoff levers``: the least change for a state, its converse, counts, changed models; cures for bad input."""

import json
import signal
import subprocess
import sys
import time

import pytest

CASE = "case:north-korea-2019"
SMALL = "case:prisoners-dilemma"


def document(done):
    assert done.returncode == 0, done.stderr
    (line,) = done.stdout.splitlines()
    return json.loads(line)


def test_three_ways_to_make_the_phased_deal_an_equilibrium(standoff):
    started = time.monotonic()
    done = standoff("levers", CASE, "phased", "--concept", "nash", "--time-limit", "100")
    assert done.returncode == 0, done.stderr
    assert not done.stderr
    assert time.monotonic() - started < 60
    lines = done.stdout.splitlines()
    assert lines[0] == "What would make phased a Nash equilibrium?"
    assert lines[1].startswith("Now it is stable under Nash for Japan, but not for United States, ")
    assert "By preferences: 15 pairs of states; nothing less does, which is proved." in done.stdout
    assert "By statements: 5 edits of statements; nothing less does, which is proved." in done.stdout
    assert "By inducements: 5 inducements; nothing less does, which is proved." in done.stdout
    assert "- United States drops its statement 13, ‘not us.enforce if dprk.talks’." in lines
    assert "- ‘dprk.freeze’ cannot be undone once it is true." in lines
    assert sum(line.startswith("- Checked by building the changed model") for line in lines) == 3


def test_a_coalition_of_the_file_is_for_whom(standoff):
    asked = (
        "levers",
        CASE,
        "today",
        "--concept",
        "nash",
        "--by",
        "preferences",
        "--json",
        "--break",
        "--for",
    )
    found = document(standoff(*asked, "summit"))
    assert found["for"] == ["us", "dprk"]
    assert found["stable"] == document(standoff(*asked, "us,dprk"))["stable"]


def test_nothing_has_to_change(standoff):
    done = standoff("levers", CASE, "phased")
    assert done.stdout == "What would make phased a SEQ equilibrium?\nNothing: it is so now.\n"
    found = document(standoff("levers", CASE, "phased", "--json"))
    assert found["met"]
    assert found["levers"] == []


def test_the_converse(standoff):
    done = standoff("levers", SMALL, "cooperate", "--break", "--for", "one", "--by", "preferences")
    assert done.stdout.splitlines()[:2] == [
        "What would make cooperate unstable under SEQ for Prisoner One?",
        "Now it is stable under SEQ for Prisoner One.",
    ]
    assert "defect comes level with two_cooperates" in done.stdout
    unstable = standoff("levers", SMALL, "cooperate", "--break", "--concept", "nash")
    assert (
        "Nothing: it is not so now, as it is not stable for Prisoner One and Prisoner Two." in unstable.stdout
    )


def test_the_document(standoff):
    found = document(standoff("levers", SMALL, "cooperate", "--concept", "nash", "--json"))
    assert list(found) == [
        "schema", "standoff", "model", "rules", "state", "concept", "for", "break", "met", "stable", "question",
        "levers",
    ]  # fmt: skip
    assert found["schema"] == "standoff.levers/1"
    assert found["stable"] == {"one": False, "two": False}
    preferences, statements, inducements = found["levers"]
    assert list(preferences) == [
        "by", "status", "proved", "size", "bound", "vocabulary", "changes", "stable_after", "fingerprint_after",
        "seconds", "sentences",
    ]  # fmt: skip
    assert (preferences["size"], preferences["status"], preferences["proved"]) == (1, "least", True)
    assert preferences["changes"][0]["flips"] == [
        {"state": "cooperate", "other": "two_cooperates", "before": "<", "after": "="}
    ]
    assert [each["kind"] for each in statements["changes"]] == ["drop_statement", "drop_statement"]
    assert [each["kind"] for each in inducements["changes"]] == ["forbid_move", "forbid_move"]
    assert inducements["stable_after"] == {"one": True, "two": True}


def test_the_words_are_made_from_the_document(standoff):
    asked = ("levers", SMALL, "cooperate", "--concept", "nash")
    found, told = document(standoff(*asked, "--json")), standoff(*asked).stdout
    for lever in found["levers"]:
        assert all(sentence in told for sentence in lever["sentences"])


def test_time_that_is_over_is_marked(standoff):
    found = document(standoff("levers", CASE, "s632", "--time-limit", "0.5", "--json"))
    preferences, statements, inducements = found["levers"]
    assert (preferences["status"], preferences["proved"]) == ("found", False)
    assert 0.5 <= preferences["bound"] < preferences["size"]
    assert preferences["sentences"][0].startswith(
        f"By preferences: {preferences['size']:g} pairs of states at most."
    )
    assert "not proved least" in preferences["sentences"][0]
    assert statements["status"] in ("unknown", "least")
    assert inducements["size"] is None or inducements["bound"] <= inducements["size"]


@pytest.mark.parametrize("way", ["preferences", "statements", "inducements"])
def test_the_changed_model_is_written_and_holds(standoff, tmp_path, way):
    asked = ("levers", SMALL, "cooperate", "--concept", "nash", "--by", way, "--write", "changed.yaml")
    assert standoff(*asked).returncode == 0
    study = document(standoff("analyze", "changed.yaml", "--json"))
    assert "cooperate" in study["equilibria"]["nash"]
    again = standoff(*asked)
    assert again.returncode == 2
    assert "changed.yaml exists already" in again.stderr
    assert standoff(*asked, "--force").returncode == 0
    fingerprint = document(standoff(*asked, "--force", "--json"))["levers"][0]["fingerprint_after"]
    assert study["model"]["fingerprint"] == fingerprint


def test_a_count(standoff):
    done = standoff("levers", SMALL, "cooperate", "--count", "--concept", "nash")
    assert done.stdout == (
        "cooperate is stable under Nash for everybody in 144 of 576 profiles of strict orders (25.00%). "
        "This is a share of profiles, not a likelihood.\n"
    )
    found = document(standoff("levers", SMALL, "cooperate", "--count", "--json"))
    assert found["count"]["profiles"] == "193"
    assert found["count"]["of"] == "576"
    large = document(standoff("levers", CASE, "phased", "--count", "--concept", "nash", "--json"))
    assert large["count"]["profiles"] is None
    assert "about 2.3e23451 of about 3.8e23454 profiles" in large["count"]["sentence"]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["nosuch"], 2, "There is no state 'nosuch'."),
        (["cooperate", "--for", "x"], 2, "There is no decision maker 'x'. Known here: one, two."),
        (["cooperate", "--concept", "nashh"], 2, "There is no concept 'nashh'. Did you mean 'nash'?"),
        (
            ["cooperate", "--concept", "sim"],
            3,
            "Levers are defined for nash, gmr, smr, seq, sseq, not for sim.",
        ),
        (["cooperate", "--by", "statement"], 2, "Did you mean 'statements'?"),
        (
            ["cooperate", "--by", ""],
            2,
            "Name at least one way to change a conflict. Known here: preferences,",
        ),
        (["cooperate", "--for", ""], 2, "There is no decision maker ''. Known here: one, two."),
        (["cooperate", "--count", "--by", "foo"], 2, "There is no way 'foo' to change a conflict."),
        (["cooperate", "--count", "--by", "statements"], 2, "--by does not go with --count"),
        (["cooperate", "--count", "--break"], 2, "--break does not go with --count"),
        (["cooperate", "--count", "--write", "a.yaml"], 2, "a count changes no model"),
        (["cooperate", "--time-limit", "0"], 2, "The time limit must be above zero; it is 0."),
        (["cooperate", "--time-limit", "nan"], 2, "The time limit must be above zero; it is nan."),
        (["cooperate", "--write", "a.yaml"], 2, "--write goes with one way of change"),
        (["cooperate", "--by", "statements", "--write", "a.txt"], 2, "End it in .yaml."),
        (["cooperate", "--by", "statements", "--write", "a.yaml"], 3, "nothing has to change"),
    ],
)
def test_bad_input_has_a_cure(standoff, arguments, code, message):
    done = standoff("levers", SMALL, *arguments)
    assert done.returncode == code
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert not done.stdout


def test_too_much_to_count_is_refused(standoff):
    done = standoff("levers", CASE, "phased", "--count")
    assert done.returncode == 3
    assert "Under nash there is no such bound." in done.stderr


def test_graph_form(standoff, tmp_path):
    (tmp_path / "listed.yaml").write_text(
        "standoff: 1\nname: Listed\nstates: [calm, push, deal]\nstatus_quo: calm\ndecision_makers:\n"
        "  a: {name: A, moves: [[calm, push], [deal, calm]], ranking: [push, calm, deal]}\n"
        "  b: {name: B, moves: [[push, deal]], ranking: [deal, push, calm]}\n",
        encoding="utf-8",
    )
    done = standoff("levers", "listed.yaml", "deal", "--concept", "nash")
    assert "- A (0.5 pairs among 2 states that matter): deal comes level with calm." in done.stdout
    why = "nobody has statements of preference; all states are ranked directly"
    assert f"By statements: not applicable: {why}." in done.stdout
    assert "- A cannot go from deal to calm." in done.stdout


def test_weighted_statements_can_be_dropped(standoff, tmp_path):
    (tmp_path / "weighed.yaml").write_text(
        "standoff: 1\nname: Weighed\nstatus_quo: []\ndecision_makers:\n"
        "  a: {name: Alpha, options: {x: X}, weights: {a.x: 2}}\n"
        "  b: {name: Beta, options: {y: Y}, prefers: [not b.y]}\n",
        encoding="utf-8",
    )
    asked = ("levers", "weighed.yaml", "s1", "--by", "statements")
    done = standoff(*asked)
    assert "By statements: 1 edit of a statement; nothing less does, which is proved." in done.stdout
    assert "only dropping, as they are weighted: Alpha" in done.stdout
    assert "- Alpha drops its statement 1, ‘a.x’." in done.stdout
    assert standoff(*asked, "--write", "changed.yaml").returncode == 0
    assert standoff("levers", "changed.yaml", "s1").stdout.endswith("Nothing: it is so now.\n")


def test_where_nobody_has_statements_this_is_said(standoff):
    asked = ("levers", "case:garrison", "s4", "--concept", "nash", "--by", "statements")
    found = document(standoff(*asked, "--for", "us_support", "--json"))
    (lever,) = found["levers"]
    assert (lever["status"], lever["proved"], lever["size"]) == ("not applicable", False, None)
    assert lever["sentences"] == [f"By statements: not applicable: {lever['vocabulary']}."]
    assert lever["vocabulary"] == "no statements of preference, but states ranked directly: US support"


@pytest.mark.slow
def test_ctrl_c_ends_a_search_with_130(tmp_path):
    asked = ["levers", CASE, "s292", "--by", "preferences", "--time-limit", "300"]
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a run in the background ignores it
    try:
        with subprocess.Popen(
            [sys.executable, "-m", "standoff", *asked],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            time.sleep(15)
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=60)
    finally:
        signal.signal(signal.SIGINT, before)
    assert process.returncode == 130
    assert out == ""
    assert err.strip() == "standoff: interrupted."
