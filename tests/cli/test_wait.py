"""``standoff wait`` and ``standoff watch``: pages for people, documents for programs, errors with a cure."""

import json

import pytest

from tests.timing.example import TEXT
from tests.timing.patience_model import patience_text


@pytest.fixture
def talks(tmp_path):
    path = tmp_path / "talks.yaml"
    path.write_text(patience_text(0.5, 0.6, 10, 2, 1, 0.5, 0.1), encoding="utf-8")
    return str(path)


@pytest.fixture
def waiting(tmp_path):
    path = tmp_path / "waiting.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return str(path)


def test_wait_says_what_to_do_until_when_and_what_it_hangs_on(standoff, talks):
    done = standoff("wait", talks)
    assert done.returncode == 0, done.stderr
    assert "us should wait." in done.stdout
    assert (
        "As things stand it pivots to ‘Press’ once the belief that them is ‘yielding’ is 12.8 % or less."
        in done.stdout
    )
    assert "the day to pivot to ‘Press’ is 2023-03-16" in done.stdout
    assert "To know the type at once would be worth between 1.1" in done.stdout
    assert "Waiting is the conclusion for every kappa tried" in done.stdout
    assert "9 numbers of the model are assumed." in done.stdout


def test_wait_as_a_document(standoff, waiting):
    done = standoff("wait", waiting, "--json", "--quick", "--paths", "400")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["schema"] == "standoff.wait/1"
    assert told["sensitivity"] is None
    assert told["best"]["optimum"]["upper"] >= told["best"]["optimum"]["lower"]["mean"] - 1e-3
    assert {each["policy"] for each in told["policies"]} == {"patient", "mixed", "now"}
    assert told["best"]["growing"]["years"] is None
    assert all(each["is_assumption"] for each in told["assumed"])
    again = standoff("wait", waiting, "--json", "--quick", "--paths", "400")
    assert again.stdout == done.stdout


def test_given_policies_alone(standoff, waiting):
    done = standoff("wait", waiting, "--policies-only", "--paths", "200")
    assert done.returncode == 0, done.stderr
    assert "What to do" not in done.stdout
    assert "Of the given policies" in done.stdout


def test_watch_says_what_tells_most(standoff, waiting):
    done = standoff("watch", waiting, "--months", "6")
    assert done.returncode == 0, done.stderr
    first = "Within 6 months, dprk takes ‘Take the deal’: almost no chance (4 %; this means 1 to 5 %)."
    assert first in done.stdout
    assert "Plan ‘Too many’ (its trigger: ‘Weapons’ at 8 or more) pivots to ‘Pressure’" in done.stdout
    told = json.loads(standoff("watch", waiting, "--json").stdout)
    assert told["schema"] == "standoff.watch/1"
    assert {row["plan"]["plan"] for row in told["indicators"] if row["plan"]} == {
        "on-insult", "on-silence", "on-growth", "on-test",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("command", "old", "new", "says"),
    [
        ("wait", "per_year: 0.1, evidence", "per_year: 0, evidence", "must be above 0"),
        ("wait", "us.press, not us.talk]\n      cost", "us.pres]\n      cost", "us.pres"),
        ("wait", "per_year: 2, evidence", "per_year: -2, evidence", "-2"),
        ("watch", "as_of: 2019-07-01", "as_of: 2019-05-01", "2019-05-17"),
        ("check", "as_of: 2019-07-01", "as_of: 2019-05-01", "2019-05-17"),
        ("wait", "- {day: 2019-02-01", "- {day: 2019-06-01", "2019-03-01"),
    ],
)
def test_faults_are_told_with_their_line(standoff, tmp_path, command, old, new, says):
    assert old in TEXT
    path = tmp_path / "bad.yaml"
    path.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    done = standoff(command, str(path))
    assert done.returncode == 2
    assert says in done.stderr
    assert "bad.yaml:" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("floor", ["0", "-1", "nan", "inf"])
def test_a_floor_that_is_no_rate_is_refused_even_where_there_is_no_log(standoff, talks, floor):
    for command in (["wait"], ["watch"], ["simulate"], ["figure", "play"], ["figure", "belief"], ["belief"]):
        done = standoff(command[0], talks, *command[1:], "--floor", floor)
        assert done.returncode == 2, command
        assert "it must be a number above 0." in done.stderr
        assert done.stdout == ""


@pytest.mark.parametrize("command", ["wait", "watch"])
def test_a_model_without_time_is_told_what_is_missing(standoff, command):
    done = standoff(command, "case:elmira-1991")
    assert done.returncode == 2
    assert "block 't" in done.stderr


def test_bad_options_are_refused(standoff, talks):
    assert standoff("wait", talks, "--paths", "1").returncode == 2
    assert standoff("wait", talks, "--tolerance", "0").returncode == 2
    assert standoff("watch", talks, "--months", "0").returncode == 2
    assert standoff("wait", talks, "--seed", "-3").returncode == 2
