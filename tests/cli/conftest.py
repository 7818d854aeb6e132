"""Run the installed command as a user does."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.example import TEXT


@pytest.fixture
def example(tmp_path):
    path = tmp_path / "example.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def standoff(tmp_path):
    """Return a function that runs the installed command in an empty directory."""
    command = Path(sys.executable).with_name("standoff")
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "COLUMNS": "200", "LANG": "C.UTF-8"}
    if "PYTHONPATH" in os.environ:
        environment["PYTHONPATH"] = os.environ["PYTHONPATH"]

    def run(*arguments, **more):
        return subprocess.run(
            [command, *map(str, arguments)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=tmp_path,
            env=environment,
            check=False,
            **more,
        )

    return run
