"""The public names: all there, sorted, and cheap to import."""

import subprocess
import sys

import pytest

import standoff


def test_every_public_name_can_be_imported():
    assert sorted(standoff.__all__, key=str) == sorted(set(standoff.__all__), key=str)
    for name in standoff.__all__:
        assert getattr(standoff, name) is not None
    assert dir(standoff) == standoff.__all__


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'analyze'"):
        _ = standoff.analyze


@pytest.mark.parametrize("heavy", ["numpy", "pydantic", "ruamel", "rich", "typer", "jinja2", "numba"])
def test_import_is_light(heavy):
    program = f"import sys, standoff; sys.exit(any(name.split('.')[0] == '{heavy}' for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@pytest.mark.parametrize("heavy", ["numba", "jinja2", "pysat"])
def test_analysing_a_small_model_imports_nothing_it_does_not_need(heavy):
    program = (
        "import sys, standoff; standoff.analyse('case:prisoners-dilemma');"
        f"sys.exit(any(name.split('.')[0] == '{heavy}' for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
