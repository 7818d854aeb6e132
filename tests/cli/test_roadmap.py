"""``standoff roadmap``: by ranks, by payoffs, safeguards, other terms; cures for what is mistyped."""

import json
import re

import pytest

from tests.roadmap.example import TEXT
from tests.roadmap.test_random import TWICE

CASE = "case:north-korea-2019"


@pytest.fixture
def deal(tmp_path):
    (tmp_path / "deal.yaml").write_text(TEXT, encoding="utf-8")
    return "deal.yaml"


def test_with_ranks_only(standoff):
    done = standoff("roadmap", "case:elmira-1991", "--at", "s7", "--to", "s10")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "The deal from s7 to s8 to s10"
    assert lines[2] == "1. Ministry of the Environment taking ‘Modify the control order’ (s8)"
    assert any("must outweigh" in line for line in lines)
    assert "A step takes 6 months (nothing was said)." in lines
    assert "margin" not in done.stdout


def test_the_case_hangs_on_the_type_and_on_pressure(standoff):
    plan = ("roadmap", CASE, "--steps", "phased,package", "--json")
    found, pressed = (json.loads(standoff(*plan, *more).stdout) for more in ((), ("--level", "pressure=2")))
    for answer, holds in ((found, "some"), (pressed, "all")):
        together = {
            row["type"]: row["holds"] for row in answer["rank_rows"] if row["place"] is None and row["type"]
        }
        assert together == {"disarms": holds, "keeps": "none"}
    levels = [one for one in pressed["assumed"] if one["what"] == "stock" and one["name"] == "pressure"]
    assert [(one["value"], one["basis"]) for one in levels] == [(2, "asked")]
    assert [under["by_ranks"] for under in found["schedules"][0]["by_type"]] == ["some", "none"]
    assert found["schedules"][0]["by_ranks"] == "none"


def test_states_named_by_label_only_are_explained_once(standoff):
    lines = standoff("roadmap", CASE, "--steps", "phased,package").stdout.splitlines()
    sentences = lines[: lines.index("By payoffs")]
    compared = [
        line
        for line in sentences
        if "how much better" in line or "the gap from" in line or "they put" in line
    ]
    named = set(re.findall(r"\b(s[0-9]+)\b", re.sub(r"\(s[0-9]+\)", "", " ".join(compared))))
    explained = re.findall(
        r"^(s[0-9]+) differs from (?:today|phased|package) by ", "\n".join(sentences), re.MULTILINE
    )
    assert {"s467", "s495"} <= named
    assert sorted(explained) == sorted(named)
    assert (
        "s495 differs from phased by dropping ‘Agree to the end point: disarmament as the United Nations define "
        "it, plants and weapons’."
    ) in sentences


def test_states_of_graph_form_are_what_they_are_called(standoff, tmp_path):
    (tmp_path / "graph.yaml").write_text(TWICE, encoding="utf-8")
    assert "differs from" not in standoff("roadmap", "graph.yaml").stdout


def test_kept_says_by_what_where_a_side_is_known_by_ranks(standoff, deal):
    for arguments in ((CASE, "--steps", "phased,package"), (deal,)):
        lines = standoff("roadmap", *arguments).stdout.splitlines()
        heading = lines[lines.index("In fewer joint steps") + 1]
        assert "kept by payoffs  " in heading


def test_the_steps_of_the_file_by_payoffs_and_type(standoff, deal):
    done = standoff("roadmap", deal)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("The deal from today (the status quo) to frozen to eased to deal\n")
    assert "North Korea (Keeps its weapons) breaks step 3 (eased to deal): it gains 51.49" in done.stdout
    assert (
        "Planning from the start, North Korea (Keeps its weapons) would break the deal at step 3"
        in done.stdout
    )
    assert (
        "The phased deal is better than the single step if the belief in ‘Would deal’ is below 0.3429"
        in done.stdout
    )
    assert (
        "Threat not credible: at today, where a breach leads, China gains by taking ‘Deliver fuel’"
        in done.stdout
    )
    assert (
        "With ‘Snapback’ (a breach by North Korea is answered by us.press and not us.relief): " in done.stdout
    )
    assert "North Korea discounts by 8 % a year (as for the focal decision maker)." in done.stdout


def test_the_document(standoff, deal):
    done = standoff("roadmap", deal, "--json")
    found = json.loads(done.stdout)
    assert found["schema"] == "standoff.roadmap/1"
    assert found["states"] == ["today", "frozen", "eased", "deal"]
    assert [step["movers"] for step in found["steps"]] == [["dprk"], ["us"], ["dprk"], []]
    assert {row["place"] for row in found["rows"]} == {1, 2, 3, 4}
    assert found["weakest"]["type"] == "keeper"
    assert found["threat"]["credible"] is False
    assert [one["basis"] for one in found["assumed"] if one["what"] == "discount_per_year"] == [
        "assumption",
        "as_focal",
        "as_focal",
    ]
    assert [each["ids"] for each in found["safeguards"]] == [
        ["inspectors"],
        ["snapback"],
        ["inspectors", "snapback"],
    ]
    assert [each["type"] for each in found["best"]] == ["dealer"]
    assert found["at_once"] == ["today", "deal"]
    assert found["test"]["type"] == "dealer"
    assert found["sentences"]
    for row in found["rows"]:
        assert row["holds"] == (row["margin"] >= 0)


def test_other_terms(standoff, deal):
    plain = json.loads(standoff("roadmap", deal, "--json").stdout)
    guarded = json.loads(standoff("roadmap", deal, "--safeguard", "inspectors", "--json").stdout)
    months = {each["decision_maker"]: each["detection_months"] for each in guarded["answers"]}
    assert months == {"us": 3, "dprk": 1, "china": 3}
    assert [each["ids"] for each in guarded["safeguards"]] == [["inspectors", "snapback"]]
    margins = [
        [row["margin"] for row in found["rows"] if row["decision_maker"] == "dprk"]
        for found in (plain, guarded)
    ]
    assert all(after >= before - 1e-9 for before, after in zip(*margins, strict=True))
    asked = json.loads(
        standoff(
            "roadmap", deal, "--steps", "deal", "--step-months", "12", "--detection-months", "0", "--reversion",
            "harden", "--discount", "0.2", "--discount", "dprk=0.5", "--json",
        ).stdout
    )  # fmt: skip
    assert asked["states"] == ["today", "deal"]
    assert asked["answers"][0]["reversion"] == "back to today, and Hardening"
    assert [party["discount_per_year"] for party in asked["parties"]] == [0.2, 0.5, 0.5, 0.2]
    assert {each["basis"] for each in asked["assumed"]} == {"asked", "assumption"}
    dealer = [row for row in asked["rows"] if row["type"] == "dealer"]
    assert all(row["kept_at"] == [[0, 1]] for row in dealer)


def test_graph_form(standoff, tmp_path):
    (tmp_path / "twice.yaml").write_text(TWICE, encoding="utf-8")
    done = standoff("roadmap", "twice.yaml")
    assert done.returncode == 0, done.stderr
    assert "The same end point cannot be reached from rest in one step." in done.stdout
    assert "by staying at gain" in done.stdout
    done = standoff("roadmap", "twice.yaml", "--steps", "end")
    assert done.returncode == 2
    assert "Nobody has a move from rest to end" in done.stderr


BAD = [
    (("--steps", "frozen,nowhere"), "There is no state 'nowhere'"),
    (("--to", "nowhere"), "nowhere"),
    (("--to", "not dprk.freeze"), "is the goal already"),
    (("--at", "nowhere"), "There is no state 'nowhere'"),
    (("--steps", "frozen", "--to", "deal"), "Give the steps or the goal, not both."),
    (("--steps", "frozen,frozen"), "leads nowhere"),
    (("--steps", "today"), "A deal needs a step"),
    (("--step-months", "0"), "above 0"),
    (("--step-months", "nan"), "above 0"),
    (("--detection-months", "-1"), "0 or more"),
    (("--reversion", "nowhere"), "There is no state 'nowhere'"),
    (("--discount", "0"), "must be above 0"),
    (("--discount", "us=lots"), "is no discount rate"),
    (("--discount", "mars=0.1"), "There is no decision maker 'mars'"),
    (("--level", "arsenal=2"), "There is no stock 'arsenal'"),
    (("--level", "arsenal"), "is no level of a stock"),
    (("--safeguard", "inspektors"), "Did you mean 'inspectors'?"),
]


@pytest.mark.parametrize(("arguments", "told"), BAD)
def test_bad_input_is_told_with_a_cure(standoff, deal, arguments, told):
    done = standoff("roadmap", deal, *arguments)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert not done.stdout


def test_to_an_equilibrium(standoff):
    done = standoff("roadmap", "case:elmira-1991", "--at", "s7", "--to", "equilibrium")
    assert done.returncode == 2
    assert "is the goal already" in done.stderr
    done = standoff("roadmap", "case:elmira-1991", "--at", "s1", "--to", "equilibrium")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("The deal from s1 (the status quo) to ")


def test_levels_have_bounds(standoff):
    done = standoff("roadmap", CASE, "--steps", "phased", "--level", "pressure=3")
    assert done.returncode == 2
    assert "'pressure' has levels from 0 to 2, not 3." in done.stderr


def test_without_steps(standoff):
    done = standoff("roadmap", CASE)
    assert done.returncode == 2
    assert "--steps STATE,STATE or --to GOAL" in done.stderr


def test_irreversible_steps(standoff, tmp_path):
    (tmp_path / "fixed.yaml").write_text(TEXT + "irreversible: [dprk.freeze]\n", encoding="utf-8")
    done = standoff("roadmap", "fixed.yaml", "--at", "frozen", "--steps", "today")
    assert done.returncode == 2
    assert "dprk cannot take its part in the step from frozen to today" in done.stderr
