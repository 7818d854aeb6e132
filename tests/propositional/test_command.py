"""The command `equilibria` and the example of its page."""

from __future__ import annotations

import json
import re

import pytest
import typer
from typer.testing import CliRunner

from standoff.cli.beyond import equilibria
from tests.docs.examples import ROOT, blocks

EXAMPLE = ROOT / "docs" / "examples" / "eight-states.yaml"
PAGE = ROOT / "docs" / "how-to" / "beyond-enumeration.md"

app = typer.Typer()
app.command()(equilibria)


def run(*arguments: str):
    return CliRunner().invoke(app, [str(EXAMPLE), *arguments])


def test_the_page_shows_the_example_as_it_is():
    (shown,) = (block for block in blocks(PAGE.read_text(encoding="utf-8")) if "file" in block.marks)
    assert "\n".join(shown.lines) + "\n" == EXAMPLE.read_text(encoding="utf-8")


def test_json_has_all_states_by_their_options():
    result = run("--json")
    document = json.loads(result.stdout)
    assert (result.exit_code, document["schema"]) == (0, "standoff.equilibria/1")
    assert (document["complete"], document["stopped"]) == (True, None)
    assert len({tuple(each["options"]) for each in document["equilibria"]}) == 492
    assert {each["label"] for each in document["equilibria"]} == {None}
    for each in document["equilibria"]:
        assert list(each["witnesses"]) == document["decision_makers"]
        assert {witness["kind"] for witness in each["witnesses"].values()} <= {"no_move", "no_improvement"}
    assert document["status_quo"]["equilibrium"] is False
    assert document["status_quo"]["witnesses"]["corr"]["kind"] == "unpunished"


def test_json_of_sanctions():
    (found,) = json.loads(run("--json", "--concept", "gmr", "--most", "1").stdout)["equilibria"]
    witness = found["witnesses"]["alda"]
    assert (witness["kind"], witness["every"]) == ("deterred", True)
    for sanction in witness["sanctions"]:
        assert sanction["sequence"][0].keys() == {"mover", "taken"}
        assert sanction["result"].keys() == {"label", "options"}
        assert sanction["worse"] in (True, False)


def test_text_tells_how_many_and_why():
    result = run("--most", "4")
    assert "4 Nash equilibria: stopped at the number asked for; there may be more." in result.stdout
    assert "none of the" in result.stdout
    assert "Reasons are told for the first 3; --json has them all." in result.stdout


def test_text_of_sanctions():
    result = run("--most", "1", "--concept", "gmr")
    assert "1 GMR equilibrium: stopped" in result.stdout
    assert "improvements, deterred. After taking" in result.stdout
    assert "than staying." in result.stdout


def test_a_state_named_in_the_file_shows_its_name(tmp_path):
    copy = tmp_path / "named.yaml"
    text = EXAMPLE.read_text(encoding="utf-8").replace(
        "partners:", "dams: [alda.dam, corr.dam, farn.dam]\n  partners:"
    )
    copy.write_text(text, encoding="utf-8")
    assert "1. (dams) alda.dam, corr.dam, farn.dam" in CliRunner().invoke(app, [str(copy)]).stdout
    document = json.loads(CliRunner().invoke(app, [str(copy), "--json"]).stdout)
    assert document["equilibria"][0]["label"] == "dams"


def test_refusals_and_faults_are_those_of_the_search(tmp_path):
    refused = run("--concept", "smr")
    assert refused.exit_code == 3
    assert refused.stderr.startswith("standoff: ")
    assert "analyze" in refused.stderr
    copy = tmp_path / "contradiction.yaml"
    text = EXAMPLE.read_text(encoding="utf-8").replace(
        "feasible:", "feasible:\n  - hale.dam and not hale.dam"
    )
    copy.write_text(text, encoding="utf-8")
    faulty = CliRunner().invoke(app, [str(copy)])
    assert faulty.exit_code == 2
    assert re.match(rf"{re.escape(str(copy))}:\d+:\d+: no-feasible-state: ", faulty.stderr)


def test_no_equilibrium(tmp_path):
    pennies = tmp_path / "pennies.yaml"
    pennies.write_text(
        """standoff: 1
name: Pennies
decision_makers:
  even: {name: Even, options: {heads: Heads}, prefers: [even.heads iff odd.heads]}
  odd: {name: Odd, options: {heads: Heads}, prefers: [even.heads xor odd.heads]}
status_quo: []
""",
        encoding="utf-8",
    )
    result = CliRunner().invoke(app, [str(pennies)])
    assert "There is no Nash equilibrium; this is proved." in result.stdout
    assert "The status quo is none: Odd gains by taking ‘Heads’." in result.stdout


@pytest.mark.parametrize("limit", ["0", "-1"])
def test_limits_are_checked(limit):
    assert run("--most", limit).exit_code == 2
