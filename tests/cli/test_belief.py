"""``standoff belief``: the ledger, the matrix, tables for other programs, and cures for what is wrong."""

import csv
import json
from io import StringIO
from math import exp

import pytest

from tests.timing.example import TEXT

FLOORED = TEXT.replace("kappa: 4", "kappa: best")


@pytest.fixture
def waiting(tmp_path):
    return file_of(tmp_path, TEXT)


def file_of(folder, text):
    path = folder / "waiting.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_page_has_every_event_and_every_silence(standoff, waiting):
    done = standoff("belief", waiting)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "What to believe about dprk: 2019-01-01 to 2019-07-01"
    assert lines[1].endswith("almost no chance (1 %; this means 1 to 5 %).")
    assert sum("silence, " in line for line in lines if line.startswith("2019")) == 5
    insult = next(line for line in lines if "An insult" in line)
    assert insult.split() == [
        "2019-02-01", "An", "insult", "s3", "-0.69", "x", "0.5", "18.2", "%", "assumed"
    ]  # fmt: skip
    totals = lines[lines.index("Totals") + 3 :][:4]
    assert [line[:31].split()[0] for line in totals] == ["full", "full", "half", "half"]
    assert lines[lines.index("Assumed:") + 1] == "- prior of ‘Would deal’: 0.3"
    assert "- opportunities of dprk: 2 per year (two a year)" in lines
    assert "- signal insult: 1.2 per year under keeper while us.talk" in lines
    assert done.stderr == ""


def test_the_matrix_begins_with_the_most_diagnostic_line_and_flags_the_idle_one(standoff, waiting):
    done = standoff("belief", waiting, "--matrix")
    assert done.returncode == 0, done.stderr
    rows = [line for line in done.stdout.splitlines() if line.startswith("2019")]
    assert "A test" in rows[0]
    assert "-1.17 II" in rows[0]
    assert "+1.17 CC" in rows[0]
    assert "Another weapon" in rows[-1]
    assert "tells nothing" in rows[-1]
    assert "Most diagnostic: A test (2019-04-17), 2.35 nats apart." in done.stdout
    for name in ("sum, every line", "sum, each origin once", "log prior", "belief, every line"):
        assert name in done.stdout


def test_the_document_and_the_page_tell_the_same(standoff, waiting):
    document = json.loads(standoff("belief", waiting, "--json").stdout)
    page = standoff("belief", waiting).stdout
    assert document["schema"] == "standoff.belief/1"
    assert all(sentence in page for sentence in document["sentences"])
    assert document["begins"] == "2019-01-01"
    assert document["entries"][1]["posterior"] == pytest.approx([0.1818, 0.8182], abs=1e-4)
    assert len(document["totals"]) == 4


def test_tables_hold_the_numbers_in_full(standoff, waiting, tmp_path):
    rows = list(csv.DictReader(StringIO(standoff("belief", waiting, "--csv").stdout)))
    assert len(rows) == 9
    for row in rows:
        assert exp(float(row["weight_dealer"])) == pytest.approx(float(row["odds_factor_dealer"]), rel=1e-12)
    table = tmp_path / "matrix.csv"
    assert standoff("belief", waiting, "--matrix", "--csv", "-o", table).returncode == 0
    matrix = list(csv.DictReader(StringIO(table.read_text(encoding="utf-8"))))
    total = sum(float(row["cell_dealer"]) - float(row["cell_keeper"]) for row in matrix)
    assert total == pytest.approx(sum(float(row["weight_dealer"]) for row in rows), abs=1e-12)
    refused = standoff("belief", waiting, "--csv", "-o", table)
    assert refused.returncode == 2
    assert "exists already" in refused.stderr
    assert standoff("belief", waiting, "--csv", "-o", table, "--force").returncode == 0


def test_what_a_type_makes_impossible_takes_a_floor(standoff, tmp_path):
    path = file_of(tmp_path, FLOORED)
    done = standoff("belief", path)
    assert done.returncode == 2
    assert "waiting.yaml:79:5: impossible-under-type" in done.stderr
    assert "--floor" in done.stderr
    document = json.loads(standoff("belief", path, "--json").stdout)
    assert document["schema"] == "standoff.faults/1"
    assert document["faults"][0]["line"] == 79


def test_a_floor_is_told_as_an_assumption(standoff, tmp_path):
    text = FLOORED.replace("prefers: [dprk.deal, not us.press]", "prefers: [dprk.test]", 1)
    text = text.replace(
        "{per_year: 1.2, type: keeper, while: us.talk", "{per_year: 1.2, type: keeper, while: us.press"
    )
    text = "\n".join(line for line in text.splitlines() if "No more tests" not in line)
    text = text.replace("status_quo: [us.talk]", "status_quo: [us.talk, dprk.test]") + "\n"
    done = standoff("belief", file_of(tmp_path, text), "--floor", "0.01")
    assert done.returncode == 0, done.stderr
    assert (
        "1 event is impossible under ‘keeper’ and counted at the floor rate of 0.01 a year, an assumption."
        in done.stdout
    )
    assert "floor under keeper" in done.stdout
    assert "- floor of impossible events: 0.01 per year (--floor)" in done.stdout


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("day: 2019-05-17", "day: 2019-07-02", "after 2019-07-01, the day the model describes"),
        ("day: 2019-02-01", "day: 2019-04-01", "events-out-of-order"),
        (
            "  opportunities:\n    dprk: {per_year: 2, evidence: assumption, note: two a year}\n",
            "  opportunities: {}\n",
            "model-rejected",
        ),
        ("as_of: 2019-07-01\n", "", "no-as-of"),
        (
            "  log:\n    begins: 2019-01-01\n    state: [us.talk]\n    stocks: {arsenal: 1}\n",
            "",
            "no-log",
        ),
    ],
)
def test_a_log_at_fault_is_refused_with_its_cure(standoff, tmp_path, old, new, told):
    assert old in TEXT
    done = standoff("belief", file_of(tmp_path, TEXT.replace(old, new, 1)))
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--floor", "0"], "must be a number above 0"),
        (["--floor", "-1"], "must be a number above 0"),
        (["--floor", "nan"], "must be a number above 0"),
        (["--csv", "--json"], "Give either --csv or --json."),
        (["-o", "x.csv"], "give --csv with -o"),
        (["--variant", "nobody"], "nobody"),
    ],
)
def test_faults_of_usage(standoff, waiting, arguments, told):
    done = standoff("belief", waiting, *arguments)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_without_types_there_is_nothing_to_believe(standoff):
    done = standoff("belief", "case:chicken")
    assert done.returncode == 2
    assert "no block 'types'" in done.stderr
    assert standoff("belief", "case:chicken", "--max-states", "1").returncode == 3


def test_the_picture_and_the_brief(standoff, waiting, tmp_path):
    done = standoff("figure", waiting, "belief")
    assert done.returncode == 0, done.stderr
    assert "Belief about dprk" in done.stdout
    impossible = standoff("figure", file_of(tmp_path, FLOORED), "belief")
    assert impossible.returncode == 2
    assert "waiting.yaml:79:5" in impossible.stderr
    assert standoff("figure", "case:chicken", "belief").returncode == 2
    assert "What to believe about dprk" in standoff("brief", file_of(tmp_path, TEXT)).stdout


def test_what_holds_says_whose_wishes_it_goes_by(standoff):
    note = "North Korea may be of another type (disarms or keeps) and want otherwise"
    assert note in standoff("analyze", "case:north-korea-2019").stdout
    assert "another type" not in standoff("analyze", "case:chicken").stdout
