"""The command compare: files, cases, variants, pages and git revisions; and what it says to bad input."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest

from standoff.files.revisions import is_revision
from tests.example import TEXT

CASE = "case:north-korea-2019"
NEWER = TEXT.replace("    prefers: [us.relief, not us.exercises", "    prefers: [not us.exercises, us.relief")
CHANGED = "1. North Korea: the statement ‘not us.exercises’ moved up from place 2 to place 1."


@pytest.fixture
def newer(tmp_path):
    path = tmp_path / "newer.yaml"
    path.write_text(NEWER, encoding="utf-8")
    return path


def test_what_changed_and_because_of_what(standoff, example, newer):
    done = standoff("compare", example.name, newer.name)
    assert (done.returncode, done.stderr) == (0, "")
    assert CHANGED in done.stdout.splitlines()
    assert "The two models say the same" not in done.stdout


def test_the_only_change_is_the_cause_and_nothing_else_was_analysed(standoff, example, tmp_path):
    wants = TEXT.replace("prefers: [us.relief,", "prefers: [dprk.test, us.relief,")
    (tmp_path / "wants.yaml").write_text(wants, encoding="utf-8")
    done = standoff("compare", example.name, "wants.yaml")
    assert "Taking back the only change gives the older model, so that change is the cause." in done.stdout
    assert "0 versions" not in done.stdout


def test_variants_of_a_case(standoff):
    done = standoff("compare", CASE, CASE, "--variant", "russia-leaks")
    assert (
        "The status quo (today) is no longer an equilibrium under Nash, GMR, SMR, SEQ and SSEQ: "
        in done.stdout
    )
    back = standoff("compare", CASE, CASE, "--since-variant", "russia-leaks")
    assert "The status quo (today) is now an equilibrium under Nash, GMR, SMR, SEQ and SSEQ: " in back.stdout
    same = standoff("compare", CASE, CASE, "--since-variant", "base")
    assert "Nothing that matters changed: the two models say the same" in same.stdout


def test_all_tells_every_verdict(standoff):
    short = standoff("compare", CASE, CASE, "--variant", "seoul-eases").stdout
    full = standoff("compare", CASE, CASE, "--variant", "seoul-eases", "--all").stdout
    assert "Tell them with --all." in short
    assert "--all" not in full
    assert len(full.splitlines()) > len(short.splitlines())


def test_json_is_one_document(standoff, example, newer):
    done = standoff("compare", example.name, newer.name, "--json")
    (line,) = done.stdout.splitlines()
    document = json.loads(line)
    assert document["schema"] == "standoff.changes/1"
    assert document["older"]["file"] == "example.yaml"
    assert document["newer"]["fingerprint"] != document["older"]["fingerprint"]
    (change,) = document["changes"]
    assert change == {
        "number": 1,
        "kind": "moved",
        "block": "prefers",
        "decision_maker": "dprk",
        "part": None,
        "changes_fingerprint": True,
        "sentence": CHANGED.removeprefix("1. "),
    }
    for verdict in document["verdicts"]:
        assert [cause["changes"] for cause in verdict["causes"]] == [[1]]
        assert not verdict["causes"][0]["jointly"]


def test_markdown_is_for_a_comment_and_escapes_what_models_say(standoff, example, newer):
    newer.write_text(NEWER.replace("name: North Korea", 'name: "<b>*x*</b>"'), encoding="utf-8")
    done = standoff("compare", example.name, newer.name, "--markdown")
    assert done.stdout.startswith("### What changed: example.yaml → newer.yaml\n")
    assert "&lt;b&gt;\\*x\\*&lt;/b&gt;" in done.stdout
    assert "<b>" not in done.stdout
    assert standoff("compare", example.name, newer.name, "--markdown", "--json").returncode == 2


# Git


@pytest.fixture
def repository(tmp_path, example):
    """A repository with two commits of example.yaml, the newer model in the working tree."""
    folder = tmp_path / "repository"
    folder.mkdir()
    file = folder / "model.yaml"

    def git(*arguments):
        who = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *who, "-C", folder, *arguments], check=True, capture_output=True)

    git("init", "--quiet")
    for text in ("standoff: 1\nname: [\n", TEXT):
        file.write_text(text, encoding="utf-8")
        git("add", "model.yaml")
        git("commit", "--quiet", "-m", "x")
    file.write_text(NEWER, encoding="utf-8")
    return folder


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
class TestRevisions:
    def test_a_revision_of_the_same_file(self, standoff, repository):
        done = standoff("compare", "HEAD", "repository/model.yaml")
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith("repository/model.yaml at HEAD -> repository/model.yaml\n")
        assert CHANGED in done.stdout.splitlines()

    def test_a_revision_with_a_faulty_file_tells_the_faults(self, standoff, repository):
        done = standoff("compare", "HEAD~1", "repository/model.yaml")
        assert done.returncode == 2
        assert "repository/model.yaml at HEAD~1:" in done.stderr

    @pytest.mark.parametrize(
        ("revision", "said"),
        [
            ("HEAD~9", "There is no git revision"),
            ("nowhere", "There is no git revision"),
            ("HEAD:model.yaml", "no such file"),
            ("a..b", "no such file"),
            ("a b", "no such file"),
        ],
    )
    def test_what_is_no_revision(self, standoff, repository, revision, said):
        done = standoff("compare", revision, "repository/model.yaml")
        assert (done.returncode, done.stdout) == (2, "")
        assert said in done.stderr
        assert "Traceback" not in done.stderr

    @pytest.mark.parametrize("revision", ["--output=x", "-h", "--upload-pack=x"])
    def test_a_revision_is_never_an_option(self, standoff, repository, tmp_path, revision):
        done = standoff("compare", "--", revision, "repository/model.yaml")
        assert done.returncode == 2
        assert "no such file" in done.stderr
        assert not (tmp_path / "x").exists()
        assert not is_revision(revision)

    def test_outside_of_a_repository(self, standoff, example):
        done = standoff("compare", "HEAD", example.name)
        assert done.returncode == 2
        assert "There is no git revision" in done.stderr

    def test_a_file_that_was_not_there_yet(self, standoff, repository):
        (repository / "new.yaml").write_text(TEXT, encoding="utf-8")
        done = standoff("compare", "HEAD", "repository/new.yaml")
        assert done.returncode == 2
        assert "was not there at revision 'HEAD'" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("case:nothing", CASE), 2, "no case 'nothing'"),
        (("HEAD", CASE), 2, "no file 'HEAD'"),
        ((CASE, "none.yaml"), 2, "no such file"),
        ((CASE, CASE, "--variant", "none"), 2, "no variant 'none'"),
        ((CASE, CASE, "--since-variant", "none"), 2, "no variant 'none'"),
        ((CASE, CASE, "--max-states", "10"), 3, "10"),
        (("none.html", CASE), 2, "no such file"),
    ],
)
def test_bad_input(standoff, arguments, code, said):
    done = standoff("compare", *arguments)
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr
