"""The other commands through the installed entry point."""

import json
import re
import signal
import subprocess
import sys
import time

import pytest

from tests.example import TEXT

CASE = "case:north-korea-2019"


def test_version_and_help(standoff):
    assert standoff("--version").stdout == "standoff 0.1.0\n"
    done = standoff("--help")
    assert done.returncode == 0
    for command in ("show", "check", "analyze", "explain", "equilibria", "convert", "schema", "cases"):
        assert command in done.stdout
    assert "Example:" in done.stdout


@pytest.mark.parametrize(
    "command", ["show", "check", "analyze", "explain", "equilibria", "convert", "schema", "cases"]
)
def test_every_command_has_help_with_an_example(standoff, command):
    done = standoff(command, "--help")
    assert done.returncode == 0
    assert f"Example: standoff {command}" in done.stdout


def test_python_m_standoff_is_the_same_command(standoff):
    done = subprocess.run(
        [sys.executable, "-m", "standoff", "cases"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert done.stdout == standoff("cases").stdout


def test_show_tells_who_can_do_what(standoff, example):
    done = standoff("show", example)
    for part in ("United States", "us.relief", "Grant partial relief", "not dprk.test", "12 feasible states"):
        assert part in done.stdout
    found = json.loads(standoff("show", example, "--json").stdout)
    assert found["schema"] == "standoff.board/1"
    assert found["feasible_states"] == 12


def test_show_tells_what_else_the_model_has(standoff):
    lines = standoff("show", "case:north-korea-2019").stdout.splitlines()
    assert "2 types of dprk: disarms, keeps" in lines
    assert "3 policies: as-today, rogin, klingner" in lines
    assert re.fullmatch(r"Of \d+ numbers about time, \d+ assumed\.", lines[-1])


def test_check_says_a_file_is_sound(standoff, example):
    done = standoff("check", example)
    assert done.returncode == 0
    assert "no faults" in done.stdout
    assert json.loads(standoff("check", example, "--json").stdout)["states"] == 12


def test_check_reports_every_fault_with_place_and_cure(standoff, tmp_path):
    faulty = TEXT.replace("not dprk.test\n", "not dprk.tset\n", 1).replace(
        "status_quo: []", "status_quo: [us.rel]"
    )
    (tmp_path / "faulty.yaml").write_text(faulty, encoding="utf-8")
    done = standoff("check", "faulty.yaml")
    assert done.returncode == 2
    lines = done.stderr.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("faulty.yaml:11:")
    assert "Did you mean 'dprk.test'" in lines[0]
    assert lines[1].startswith("faulty.yaml:23:")
    assert "us.relief" in lines[1]


def test_check_finds_what_only_the_states_can_tell(standoff, tmp_path):
    text = TEXT.replace("status_quo: []", "status_quo: [dprk.freeze, dprk.test]")
    (tmp_path / "m.yaml").write_text(text, encoding="utf-8")
    done = standoff("check", "m.yaml")
    assert done.returncode == 2
    assert "m.yaml:23:" in done.stderr
    assert "infeasible-state" in done.stderr


def test_check_names_a_smallest_contradiction(standoff, tmp_path):
    text = TEXT.replace(
        "  - at_most_one(dprk.freeze, dprk.test)",
        "  - at_most_one(dprk.freeze, dprk.test)\n  - us.relief\n  - us.exercises\n  - not us.relief",
    )
    (tmp_path / "m.yaml").write_text(text, encoding="utf-8")
    done = standoff("check", "m.yaml")
    assert done.returncode == 2
    assert "'us.relief'; 'not us.relief'" in done.stderr
    assert "us.exercises" not in done.stderr


def test_check_looks_into_variants(standoff, tmp_path):
    text = TEXT + "variants:\n  odd:\n    status_quo: [dprk.freeze, dprk.test]\n"
    (tmp_path / "m.yaml").write_text(text, encoding="utf-8")
    done = standoff("check", "m.yaml")
    assert done.returncode == 2
    assert "m.yaml:28:" in done.stderr


def test_a_variant_can_be_analysed(standoff, tmp_path):
    text = TEXT + "variants:\n  keen:\n    decision_makers.dprk.prefers: [dprk.test]\n"
    (tmp_path / "m.yaml").write_text(text, encoding="utf-8")
    found = json.loads(standoff("analyze", "m.yaml", "--variant", "keen", "--json").stdout)
    assert found["model"]["variant"] == "keen"
    base = json.loads(standoff("analyze", "m.yaml", "--json").stdout)
    assert found["model"]["fingerprint"] != base["model"]["fingerprint"]
    assert found["equilibria"] != base["equilibria"]


def test_explain_tells_the_sanction_in_words(standoff, example):
    done = standoff("explain", example, "deal", "--dm", "us", "--concept", "seq")
    assert done.returncode == 0, done.stderr
    told = " ".join(done.stdout.split())
    assert "dropping ‘Grant partial relief’" in told
    assert "North Korea" in told
    assert "dropping ‘Freeze production’" in told


def test_explain_gives_witnesses_as_data(standoff, example):
    found = json.loads(standoff("explain", example, "deal", "--json").stdout)
    assert found["schema"] == "standoff.verdicts/1"
    assert len(found["verdicts"]) == 10
    seq = next(v for v in found["verdicts"] if (v["decision_maker"], v["concept"]) == ("us", "seq"))
    assert seq["stable"] is True
    assert seq["witness"]["kind"] == "deterred"
    steps = seq["witness"]["sanctions"][0]["sequence"]
    assert steps[0]["mover"] == "dprk"


def test_schema_is_json_schema(standoff):
    found = json.loads(standoff("schema").stdout)
    assert "properties" in found


def test_convert_there_and_back_keeps_the_answer(standoff, example):
    assert standoff("convert", example, "out.gmcr").returncode == 0
    assert standoff("convert", "out.gmcr", "back.yaml").returncode == 0
    first = json.loads(standoff("analyze", example, "--json").stdout)
    again = json.loads(standoff("analyze", "back.yaml", "--json").stdout)
    assert [len(v) for v in again["equilibria"].values()] == [len(v) for v in first["equilibria"].values()]


def test_convert_never_overwrites_unasked(standoff, example, tmp_path):
    target = tmp_path / "out.yaml"
    target.write_text("precious", encoding="utf-8")
    done = standoff("convert", example, "out.yaml")
    assert done.returncode == 2
    assert "--force" in done.stderr
    assert target.read_text(encoding="utf-8") == "precious"
    assert standoff("convert", example, "out.yaml", "--force").returncode == 0
    assert not [path for path in tmp_path.iterdir() if "tmp" in path.name]


def test_convert_refuses_an_unknown_kind_of_file(standoff, example):
    done = standoff("convert", example, "out.txt")
    assert done.returncode == 2
    assert ".gmcr" in done.stderr


def test_cases_are_listed_and_each_can_be_analysed(standoff):
    names = [entry["name"] for entry in json.loads(standoff("cases", "--json").stdout)["cases"]]
    assert "north-korea-2019" in names
    small = [f"case:{name}" for name in names if name != "trade-round"]
    done = standoff("analyze", *small, "--json", "--counts")
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == len(small)


def big(tmp_path, options):
    names = ", ".join(f"o{number}: O" for number in range(options))
    text = f"standoff: 1\nname: Big\ndecision_makers:\n  d:\n    options: {{{names}}}\n    prefers: [o1]\nstatus_quo: []\n"
    path = tmp_path / "big.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_cannot_be_carried_over_is_said(standoff, tmp_path):
    text = TEXT + "variants:\n  keen:\n    decision_makers.dprk.prefers: [dprk.test]\nx-mine: [1]\n"
    (tmp_path / "m.yaml").write_text(text, encoding="utf-8")
    for target in ("out.yaml", "out.gmcr"):
        done = standoff("convert", "m.yaml", target)
        assert done.returncode == 0
        for told in ("Comments", "keen", "x-mine"):
            assert told in done.stderr
    done = standoff("convert", "m.yaml", "m.yaml", "--force")
    assert done.returncode == 2
    assert (tmp_path / "m.yaml").read_text(encoding="utf-8") == text


def test_a_model_too_large_to_list_can_be_checked_and_is_pointed_onwards(standoff, tmp_path):
    path = big(tmp_path, 40)
    done = standoff("check", path)
    assert done.returncode == 0
    assert "too many states to list" in done.stdout
    done = standoff("analyze", path)
    assert done.returncode == 3
    assert "standoff equilibria" in done.stderr


def test_contradictions_are_named_where_states_cannot_be_listed(standoff, tmp_path):
    path = big(tmp_path, 40)
    path.write_text(path.read_text(encoding="utf-8") + "feasible: [o39, o3, not o39]\n", encoding="utf-8")
    done = standoff("check", path)
    assert done.returncode == 2
    assert "a smallest set of rules that exclude each other: 'o39'; 'not o39'" in done.stderr


def test_every_answer_has_its_line_of_json(standoff, example):
    for arguments in (
        ["explain", "missing.yaml"],
        ["equilibria", "missing.yaml"],
        ["analyze", "case:nowhere"],
    ):
        done = standoff(*arguments, "--json")
        assert done.returncode == 2
        assert json.loads(done.stdout)["schema"] == "standoff.faults/1"


@pytest.mark.slow
def test_ctrl_c_ends_a_long_run_with_130(tmp_path):
    command = [sys.executable, "-m", "standoff", "analyze", str(big(tmp_path, 23))]
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a run in the background ignores it
    try:
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
            time.sleep(4)
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=60)
    finally:
        signal.signal(signal.SIGINT, before)
    assert process.returncode == 130
    assert out == ""
    assert "Traceback" not in err
    assert [entry.name for entry in tmp_path.iterdir()] == ["big.yaml"]


WITHIN_TIME = {
    "paths": [CASE, "--to", "phased"],
    "coalitions": [CASE],
    "moves": [CASE, "--for", "us"],
    "wait": [CASE, "--rough"],
    "roadmap": [CASE, "--to", "phased"],
    "equilibria": [CASE],
    "levers": ["case:chicken", "both_swerve"],
}


@pytest.mark.parametrize("command", WITHIN_TIME)
def test_a_time_limit_of_zero_does_what_its_help_says(standoff, command):
    """It is within the range that the help names, and done at once, or outside and told so."""
    (told,) = (
        " ".join(part.split())
        for part in re.findall(
            r"--time-limit SECONDS(.*?)\n  --", standoff(command, "--help").stdout, re.DOTALL
        )
    )
    done = standoff(command, *WITHIN_TIME[command], "--time-limit", "0")
    below = standoff(command, *WITHIN_TIME[command], "--time-limit", "-1")
    assert below.returncode == 2
    if "x>=0" in told:
        assert "time limit must" not in done.stderr
        assert "is not in the range x>=0" in below.stderr
    else:
        assert "bove zero" in told
        assert done.returncode == below.returncode == 2
        assert "The time limit must be above zero; it is 0." in done.stderr
        assert "The time limit must be above zero; it is -1." in below.stderr


def test_a_path_that_was_not_looked_for_long_enough_is_not_said_to_be_missing(standoff):
    done = standoff("roadmap", CASE, "--to", "phased", "--time-limit", "0")
    assert done.returncode == 2
    assert "The time limit ended the search before a path" in done.stderr
    assert "No path" not in done.stderr
