"""``standoff brief``: a page on stdout or in a file that is never overwritten by accident."""

import json
import re
import shlex
from datetime import UTC, date, datetime
from html import unescape

import pytest


def test_without_a_file_the_page_goes_to_stdout(standoff, example):
    done = standoff("brief", example)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("<!DOCTYPE html>")
    assert done.stdout.rstrip().endswith("</html>")
    assert done.stderr == ""


def test_a_page_is_written_once_and_replaced_only_with_force(standoff, example, tmp_path):
    target = tmp_path / "brief.html"
    assert standoff("brief", example, "-o", target).returncode == 0
    first = target.read_text(encoding="utf-8")
    refused = standoff("brief", example, "-o", target)
    assert refused.returncode == 2
    assert "exists already" in refused.stderr
    assert target.read_text(encoding="utf-8") == first
    assert standoff("brief", example, "-o", target, "--force").returncode == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["brief.html", "example.yaml"]


def test_the_page_names_the_command_and_no_folder_of_this_machine(standoff, example, tmp_path):
    done = standoff("brief", example, "--sanction-moves", "once_per_dm", "-o", tmp_path / "out.html")
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert "standoff brief example.yaml -o out.html --sanction-moves once_per_dm" in page
    assert str(tmp_path) not in page


def test_the_command_on_the_page_makes_the_same_page_again(standoff, example, tmp_path):
    given = ("--confidence", "low", "--by", "Ann B.", "--on", "2019-07-01", "--pattern", "us.relief")
    assert standoff("brief", "example.yaml", "-o", "out.html", *given).returncode == 0
    page = (tmp_path / "out.html").read_text(encoding="utf-8")
    plain = unescape(re.sub(r"<[^>]*>", "", page))
    (printed,) = re.findall(r"standoff brief example\.yaml .*", plain)
    program, *arguments = shlex.split(printed)
    assert program == "standoff"
    (tmp_path / "out.html").unlink()
    done = standoff(*arguments)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out.html").read_text(encoding="utf-8") == page


@pytest.mark.parametrize("target", ["nowhere/brief.html", "."])
def test_a_file_that_cannot_be_written_is_refused_before_the_work(standoff, target):
    done = standoff("brief", "no-such-model.yaml", "-o", target, "--force")
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{target} " in done.stderr
    assert "no-such-model" not in done.stderr


def test_json_is_one_document(standoff, example):
    done = standoff("brief", example, "--json", "--pattern", "us.relief and dprk.freeze")
    document = json.loads(done.stdout)
    assert document["schema"] == "standoff.brief/1"
    keys = [chapter["key"] for chapter in document["chapters"]]
    assert keys == ["judgements", "board", "stuck", "ways-out", "wrong", "evidence", "method"]
    (ways,) = (chapter for chapter in document["chapters"] if chapter["key"] == "ways-out")
    assert "deals" in [section["key"] for section in ways["sections"]]


def test_a_rating_needs_a_name(standoff, example):
    document = json.loads(standoff("brief", example, "--json", "--confidence", "low", "--by", "Ann").stdout)
    found = document["chapters"][0]["sections"][0]["confidence"]
    assert (found["rating"], found["by"], found["date"]) == ("low", "Ann", found["date"])
    assert abs((date.fromisoformat(found["date"]) - datetime.now(UTC).date()).days) <= 1
    assert found["grounds"]
    for arguments in (
        ("--confidence", "low"),
        ("--by", "Ann"),
        ("--confidence", "low", "--by", ""),
        ("--confidence", "low", "--by", " "),
    ):
        refused = standoff("brief", example, *arguments)
        assert refused.returncode == 2
        assert "A rating needs a name" in refused.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("case:elmira",), 2, "Did you mean 'elmira-1991'?"),
        (("case:chicken", "--variant", "x"), 2, "There is no variant 'x'"),
        (("case:chicken", "--pattern", "row.swerv"), 2, "In the pattern 'row.swerv'"),
        (("case:chicken", "--confidence", "sure", "--by", "Ann"), 2, "low, moderate or high"),
        (("case:chicken", "--max-states", "3"), 3, "states"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(standoff, arguments, code, told):
    done = standoff("brief", *arguments)
    assert (done.returncode, done.stdout) == (code, "")
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_a_fault_of_a_file_is_a_document_with_json(standoff, tmp_path):
    (tmp_path / "bad.yaml").write_text("standoff: 1\n", encoding="utf-8")
    done = standoff("brief", "bad.yaml", "--json")
    assert done.returncode == 2
    assert json.loads(done.stdout)["schema"] == "standoff.faults/1"
