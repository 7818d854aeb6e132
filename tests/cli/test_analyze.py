"""``standoff analyze``: the JSON contract, the page for people, faults and refusals."""

import json

import pytest

from tests.example import EQUILIBRIA, NASH, TEXT


def document(done):
    assert done.returncode == 0, done.stderr
    (line,) = done.stdout.splitlines()
    return json.loads(line)


def test_the_example_gives_exactly_the_documented_answer(standoff, example):
    found = document(standoff("analyze", example, "--json"))
    assert list(found) == [
        "schema", "standoff", "model", "rules", "engine", "decision_makers", "states", "status_quo",
        "stability", "equilibria",
    ]  # fmt: skip
    assert found["schema"] == "standoff.study/1"
    assert found["model"]["name"] == "Two-party example"
    assert found["model"]["file"] == str(example)
    assert found["model"]["variant"] is None
    assert found["model"]["fingerprint"].startswith("sha256:")
    assert found["rules"] == {"sanction_moves": "legal_sequence"}
    assert found["decision_makers"] == ["us", "dprk"]
    assert found["states"][:2] == [{"label": "s1", "options": []}, {"label": "s2", "options": ["us.relief"]}]
    assert {"label": "deal", "options": ["us.relief", "dprk.freeze"]} in found["states"]
    assert found["status_quo"] == "s1"
    assert found["stability"]["nash"] == NASH
    assert found["equilibria"] == EQUILIBRIA


def test_counts_replace_lists_by_their_lengths(standoff, example):
    found = document(standoff("analyze", example, "--json", "--counts"))
    assert found["states"] == 12
    assert found["stability"]["nash"] == {dm: len(states) for dm, states in NASH.items()}
    assert found["equilibria"] == {concept: len(states) for concept, states in EQUILIBRIA.items()}


def test_equilibria_only_lists_equilibria_and_their_states(standoff, example):
    found = document(standoff("analyze", example, "--json", "--equilibria-only"))
    assert "stability" not in found
    assert found["equilibria"] == EQUILIBRIA
    assert {state["label"] for state in found["states"]} == set().union(*EQUILIBRIA.values())


def test_further_concepts_are_added_on_request(standoff, example):
    found = document(standoff("analyze", example, "--json", "--concept", "sim"))
    assert list(found["stability"]) == ["nash", "gmr", "smr", "seq", "sseq", "sim"]


def test_one_document_a_file_and_a_faulty_file_does_not_stop_the_others(standoff, example):
    example.with_name("bad.yaml").write_text("standoff: 1\nname: x\n", encoding="utf-8")
    done = standoff("analyze", example, "bad.yaml", "case:chicken", "--json")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["schema"] for line in lines] == ["standoff.study/1", "standoff.faults/1", "standoff.study/1"]
    assert lines[1]["file"] == "bad.yaml"
    assert set(lines[1]["faults"][0]) == {"code", "line", "column", "message", "cure"}
    assert done.returncode == 2
    assert "bad.yaml:" in done.stderr


def test_the_page_for_people_shows_board_stability_shares_and_reasons(standoff, example):
    done = standoff("analyze", example)
    assert done.returncode == 0, done.stderr
    for part in (
        "Two-party example", "Grant partial relief", "Option form", "deal", "SEQ, sequential stability",
        "41.7%", "United States holds", "North Korea holds",
    ):  # fmt: skip
        assert part in done.stdout
    assert "\x1b" not in done.stdout


def test_all_shows_every_state(standoff, example):
    assert "s12" not in standoff("analyze", example).stdout
    assert "s12" in standoff("analyze", example, "--all").stdout


@pytest.mark.parametrize("engine", ["numpy", "simple"])
def test_engines_can_be_forced_and_are_named(standoff, example, engine):
    found = document(standoff("analyze", example, "--json", "--engine", engine))
    assert found["engine"] == engine
    assert found["equilibria"] == EQUILIBRIA


def test_too_many_states_are_refused_politely(standoff, example):
    done = standoff("analyze", example, "--max-states", "3")
    assert done.returncode == 3
    assert "--max-states" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["analyze", "missing.yaml"], "missing.yaml"),
        (["analyze", "."], "directory"),
        (["analyze", "case:north-korea"], "north-korea-2019"),
        (["analyze", "case:chicken", "--concept", "sqe"], "seq"),
        (["analyze", "case:chicken", "--engine", "numbo"], "numba"),
        (["analyze", "case:chicken", "--sanction-moves", "legal"], "legal_sequence"),
        (["analyze", "case:chicken", "--variant", "x"], "variant"),
        (["analyze", "case:chicken", "--counts"], "--json"),
        (["explain", "case:chicken", "s9"], "s9"),
        (["explain", "case:chicken", "--dm", "nobody"], "nobody"),
        (["analyse", "case:chicken"], "analyse"),
        (["analyze"], "FILE"),
    ],
)
def test_usage_faults_are_told_without_a_traceback(standoff, arguments, told):
    done = standoff(*arguments)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_labels_from_a_model_cannot_drive_the_terminal(standoff, tmp_path):
    (tmp_path / "hostile.yaml").write_text(
        TEXT.replace("Grant partial relief ", '"\\e[31mrelief"'), encoding="utf-8"
    )
    done = standoff("analyze", "hostile.yaml")
    assert done.returncode == 2
    assert "control-character" in done.stderr
    hostile = TEXT.replace("Grant partial relief ", '"[red]relief[/red]\u202e"')
    (tmp_path / "hostile.yaml").write_text(hostile, encoding="utf-8")
    done = standoff("analyze", "hostile.yaml")
    assert done.returncode == 0, done.stderr
    assert "\u202e" not in done.stdout
    assert "[red]relief[/red]" in done.stdout
