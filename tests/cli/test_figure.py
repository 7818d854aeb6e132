"""``standoff figure``: a picture on stdout or in a file that is never overwritten by accident."""

import xml.etree.ElementTree as ET

import pytest

from standoff.report.figures import KINDS


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in {"belief", "play"}])
def test_without_a_file_the_picture_goes_to_stdout(standoff, example, kind):
    done = standoff("figure", example, kind)
    assert done.returncode == 0, done.stderr
    assert ET.fromstring(done.stdout).tag.endswith("svg")
    assert done.stderr == ""


def test_a_file_is_written_once_and_replaced_only_with_force(standoff, example, tmp_path):
    target = tmp_path / "picture.svg"
    assert standoff("figure", example, "graph", "-o", target).returncode == 0
    first = target.read_text(encoding="utf-8")
    refused = standoff("figure", example, "ranks", "-o", target)
    assert refused.returncode == 2
    assert "exists already" in refused.stderr
    assert target.read_text(encoding="utf-8") == first
    assert standoff("figure", example, "ranks", "-o", target, "--force").returncode == 0
    assert "Rankings" in target.read_text(encoding="utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["example.yaml", "picture.svg"]


def test_states_are_selected_by_label(standoff, example):
    selected = standoff("figure", example, "graph", "--select", "deal").stdout
    assert selected.count('data-from="deal"') == selected.count("data-from=") == 5
    path = standoff("figure", example, "graph", "--path", "s1, s5, deal").stdout
    assert path.count("data-from=") == 2


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("grahp",), "Did you mean 'graph'?"),
        (("graph", "--select", "dael"), "Did you mean 'deal'?"),
        (("graph", "--path", "s1,deal"), "Nobody can move from s1 to deal in one step."),
        (("graph", "--path", "s1,s5", "--select", "s1"), "Give either --select or --path."),
        (("options", "--select", "s1"), "for the drawing 'graph' only"),
    ],
)
def test_faults_of_usage_write_nothing(standoff, example, tmp_path, arguments, told):
    done = standoff("figure", example, *arguments, "-o", tmp_path / "picture.svg")
    assert done.returncode == 2
    assert told in done.stderr
    assert done.stdout == ""
    assert not (tmp_path / "picture.svg").exists()


def test_variants_are_drawn(standoff):
    base = standoff("figure", "case:north-korea-2019", "ranks").stdout
    variant = standoff("figure", "case:north-korea-2019", "ranks", "--variant", "rogin-2019").stdout
    assert base != variant
