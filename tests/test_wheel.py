"""The built wheel holds all that the program needs; built by the backend itself, without a network."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[1]
BUILD = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    pytest.importorskip("hatchling", reason="the build backend is not installed")
    folder = tmp_path_factory.mktemp("wheel")
    done = subprocess.run(
        [sys.executable, "-c", BUILD, str(folder)], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return folder / done.stdout.split()[-1]


@pytest.mark.slow
def test_the_wheel_holds_every_file_of_the_package(wheel):
    package = ROOT / "src" / "standoff"
    wanted = {
        path.relative_to(package.parent).as_posix()
        for path in package.rglob("*")
        if path.is_file() and path.suffix not in (".pyc", ".nbc", ".nbi")
    }
    assert wanted <= set(ZipFile(wheel).namelist())
    assert {name for name in wanted if name.endswith(".yaml")}


@pytest.mark.slow
def test_the_wheel_installs_and_runs(wheel, tmp_path):
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target"]
    subprocess.run([*command, str(tmp_path / "here"), str(wheel)], check=True)
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "here")}
    for arguments in (["analyze", "case:north-korea-2019", "--json", "--counts"], ["schema"]):
        run = [sys.executable, "-m", "standoff", *arguments]
        done = subprocess.run(run, cwd=tmp_path, env=environment, check=True, capture_output=True, text=True)
        assert done.stdout.startswith("{")
