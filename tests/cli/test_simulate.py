"""``standoff simulate``: a page, a document and a table that tell the same, and errors with a cure."""

import csv
import json
import xml.etree.ElementTree as ET
from io import StringIO

import pytest

from tests.timing.example import TEXT

FEW = ("--paths", "200", "--points", "4")


@pytest.fixture
def waiting(tmp_path):
    return file_of(tmp_path, TEXT)


def file_of(folder, text):
    path = folder / "waiting.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_page_document_and_table_tell_the_same(standoff, waiting):
    asked = (waiting, "--policy", "mixed", "--years", "2", *FEW)
    done = standoff("simulate", *asked)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Simulated play: Waiting\n‘Wait, then press’ (mixed), beginning in s3: ")
    assert "state after 2 years (2021-06-30)" in done.stdout
    assert done.stderr == ""
    document = json.loads(standoff("simulate", *asked, "--json").stdout)
    assert document["schema"] == "standoff.simulate/1"
    assert all(sentence in done.stdout for sentence in document["sentences"])
    rows = list(csv.DictReader(StringIO(standoff("simulate", *asked, "--csv").stdout)))
    last = [row for row in rows if row["type"] == "keeper" and row["date"] == "2021-06-30"]
    shares = {row["key"]: float(row["value"]) for row in last if row["quantity"] == "share"}
    assert shares == dict(zip(document["states"], document["by_type"][1]["share"][-1], strict=True))
    assert sum(shares.values()) == pytest.approx(1)


def test_the_same_seed_gives_the_same_page(standoff, waiting):
    once, again, other = (standoff("simulate", waiting, *FEW, "--csv", "--seed", n) for n in (7, 7, 8))
    assert once.stdout == again.stdout != other.stdout


def test_a_table_is_written_once_and_replaced_only_with_force(standoff, waiting, tmp_path):
    table = tmp_path / "play.csv"
    assert standoff("simulate", waiting, *FEW, "--csv", "-o", table).returncode == 0
    assert table.read_text(encoding="utf-8").startswith("type,year,date,quantity,key,value\n")
    refused = standoff("simulate", waiting, *FEW, "--csv", "-o", table)
    assert refused.returncode == 2
    assert "exists already" in refused.stderr
    assert standoff("simulate", waiting, *FEW, "--csv", "-o", table, "--force").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--policy", "mixd"], "Did you mean 'mixed'?"),
        (["--years", "nan"], "above 0 and not above 100"),
        (["--paths", "1"], "between 100 and 1,000,000"),
        (["--csv", "--json"], "Give either --csv or --json."),
        (["-o", "x.csv"], "give --csv with -o"),
    ],
)
def test_faults_of_usage(standoff, waiting, arguments, told):
    done = standoff("simulate", waiting, *arguments)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_faults_of_the_model_have_their_line(standoff, tmp_path):
    path = file_of(tmp_path, TEXT.replace("day: 2019-05-17", "day: 2019-07-02"))
    done = standoff("simulate", path)
    assert done.returncode == 2
    assert "waiting.yaml:" in done.stderr
    assert "after 2019-07-01" in done.stderr
    impossible = file_of(tmp_path, TEXT.replace("kappa: 4", "kappa: best"))
    assert "waiting.yaml:79:5: impossible-under-type" in standoff("simulate", impossible).stderr
    document = json.loads(standoff("simulate", impossible, "--json").stdout)
    assert document["schema"] == "standoff.faults/1"
    assert "block 'timing'" in standoff("simulate", "case:chicken").stderr


def test_the_picture(standoff, waiting, tmp_path):
    done = standoff("figure", waiting, "play", "--policy", "mixed", "--years", "2")
    assert done.returncode == 0, done.stderr
    assert ET.fromstring(done.stdout).tag.endswith("svg")
    assert "over 2 years (2021-06-30)" in done.stdout
    refused = standoff("figure", waiting, "graph", "--policy", "mixed")
    assert refused.returncode == 2
    assert "for the drawing 'play' only" in refused.stderr
    impossible = file_of(tmp_path, TEXT.replace("kappa: 4", "kappa: best"))
    assert "waiting.yaml:79:5" in standoff("figure", impossible, "play").stderr
