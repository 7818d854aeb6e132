"""What a drawing consists of, placed and worded; the templates only write it down."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import isclose
from typing import Any

from jinja2 import Environment, PackageLoader

from standoff.report.figures.curves import Box, Curve
from standoff.report.figures.text import width

LABEL, SMALL, PLAIN = 17.0, 13.0, 14.0
"""Sizes of type, as in style.css: labels of states; marks and headings; the legend and options."""

COLOURS, DASHES, HEADS = 6, 6, 5
"""How many of each the style sheet and the templates know; together they tell 30 decision makers apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A piece of text at a place; `full` is told when it was shortened."""

    x: float
    y: float
    text: str
    style: str = "plain"
    anchor: str = "middle"
    full: str = ""

    @property
    def extent(self) -> tuple[float, float]:
        """How far it reaches to the left and to the right, about."""
        size = LABEL if self.style == "label" else PLAIN if self.style == "plain" else SMALL
        room = width(self.text, size, bold=self.style in {"label", "name", "yes"})
        left = {"start": 0.0, "middle": 0.5, "end": 1.0}[self.anchor] * room
        return self.x - left, self.x - left + room


@dataclass(frozen=True, slots=True, kw_only=True)
class StateMark:
    """A state: its outline and its text, which is one node with a part for each line."""

    label: str
    title: str
    box: Box
    lines: tuple[Text, ...]
    is_status_quo: bool = False
    is_equilibrium: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrowMark:
    """A move: its curve, its head, and whose it is."""

    number: int
    mover: str
    origin: str
    target: str
    title: str
    curve: Curve
    tip: tuple[float, float]
    degrees: float
    improvement: bool = True
    step: Text | None = None


def svg(template: str, **scene: Any) -> str:
    """Return a drawing as SVG; everything in it is escaped."""
    return _environment().get_template(template).render(scene)


def style() -> str:
    """Return the style sheet that stands in every drawing."""
    return _environment().get_template("style.css").render()


def bare(drawing: str) -> str:
    """Return a drawing without its style sheet, for a page that has it once for all drawings."""
    return drawing.replace(f"<style>\n{style()}</style>\n", "", 1)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("standoff.report.figures"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"n": number, "d": path}
    environment.globals |= {"colours": COLOURS, "dashes": DASHES, "heads": HEADS}
    return environment


def number(value: float) -> str:
    """Return a coordinate with one decimal at most."""
    return "0" if isclose(value, 0, abs_tol=0.05) else f"{value:.1f}".removesuffix(".0")


def path(curve: Curve) -> str:
    """Return a curve as the data of a path element."""
    letter = {2: "L", 3: "Q", 4: "C"}[len(curve)]
    start, *rest = [f"{number(x)} {number(y)}" for x, y in curve]
    return f"M{start}{letter}{' '.join(rest)}"
