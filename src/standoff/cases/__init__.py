"""Published conflicts, shipped as model files: tutorials, open examples and regression tests."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from ruamel.yaml import YAML

from standoff.errors import UsageError, did_you_mean

_ORDER = (
    "north-korea-2019",
    "prisoners-dilemma",
    "chicken",
    "stag-hunt",
    "elmira-1991",
    "garrison",
    "milk-river",
    "trade-round",
)


def case_names() -> tuple[str, ...]:
    """Return the names of the shipped cases: the one this program was made for, then by size."""
    shipped = {entry.name.removesuffix(".yaml") for entry in _folder().iterdir() if entry.suffix == ".yaml"}
    known = [name for name in _ORDER if name in shipped]
    return (*known, *sorted(shipped.difference(known)))


def case_path(name: str) -> Path:
    """Return where the model file of a case is.

    Raises
    ------
    UsageError
        If there is no case of this name; the text suggests close names.
    """
    if name not in case_names():
        raise UsageError(f"There is no case '{name}'. {did_you_mean(name, case_names())}")
    return _folder() / f"{name}.yaml"


def case_text(name: str) -> str:
    """Return the text of the model file of a case."""
    return case_path(name).read_text(encoding="utf-8")


def case_title(name: str) -> str:
    """Return what a case is called in its file, without reading the rest of it."""
    line = next(line for line in case_text(name).splitlines() if line.startswith("name:"))
    return str(YAML(typ="safe", pure=True).load(line)["name"])


def _folder() -> Path:
    return Path(str(files("standoff.cases") / "files"))
