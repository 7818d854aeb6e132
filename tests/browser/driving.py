"""What the browser tests share: the briefs that are opened, and an opened page with its complaints."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.docs.examples import run_command

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 740}

ATTACK = "<img src=x onerror=alert(1)>"
KOREAN = "조선민주주의인민공화국"
ARABIC = "المملكة العربية"
HOSTILE = f"""\
standoff: 1
name: "</title><script>alert(1)</script>"
note: "</p><svg onload=alert(1)>"
decision_makers:
  a:
    name: "{ATTACK}"
    options: {{x: "</script><script>alert(1)</script>", z: "\\" onfocus=alert(1) autofocus x=\\""}}
    prefers: [x, not b.u]
  b:
    name: "{KOREAN}"
    options: {{u: "핵 실험 재개"}}
    prefers: [not a.x, u]
  c:
    name: "{ARABIC}"
    options: {{w: "ירידה מהעץ"}}
    prefers: [w]
status_quo: []
"""

HOSTILE_LARGE = HOSTILE.replace("options: {w:", "options: {p: P, q: Q, r: R, s: S, w:")
"""The same with 256 states, more than are drawn and told."""

GRAPH_FORM = """\
standoff: 1
name: A crisis at sea
decision_makers:
  north:
    name: North
    moves: [[calm, boarding], [boarding, calm], [convoy, clash], [clash, convoy]]
    ranking: [boarding, calm, [convoy, clash]]
  south:
    name: South
    moves: [[boarding, convoy], [clash, calm], [calm, convoy]]
    ranking: [calm, convoy, boarding, clash]
states: [calm, boarding, convoy, clash]
status_quo: boarding
"""
PLACES = [f"place-{number}" for number in range(70)]
LONG_LIST = f"""\
standoff: 1
name: More states than are drawn
decision_makers:
  one:
    name: One
    moves: {[[place, other] for place in PLACES[:2] for other in PLACES if place != other]}
    ranking: {PLACES[::-1]}
  two:
    name: Two
    moves: [[place-0, place-1], [place-1, place-2]]
    ranking: [{PLACES}]
states: {PLACES}
status_quo: place-0
"""


@dataclass
class Opened:
    """A page in the browser, and what it complained of or asked for from outside."""

    page: Any
    complaints: list[str] = field(default_factory=list)


def briefs(folder: Path) -> dict[str, Path]:
    """Write the briefs that the tests open; return their files by name."""
    texts = {
        "hostile": HOSTILE, "hostile-large": HOSTILE_LARGE, "graph-form": GRAPH_FORM, "long-list": LONG_LIST,
    }  # fmt: skip
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    models = {
        "large": "case:north-korea-2019",
        "small": "case:elmira-1991",
        "two by two": "case:prisoners-dilemma",
        "graph form": "graph-form.yaml",
        "long list": "long-list.yaml",
        "hostile": "hostile.yaml",
        "hostile large": "hostile-large.yaml",
    }
    found = {}
    for name, model in models.items():
        found[name] = folder / f"{name.replace(' ', '-')}.html"
        printed, code = run_command(f"standoff brief {model} -o {found[name].name}", str(folder))
        assert code == 0, printed
    return found


def open_page(context: Any, path: Path) -> Opened:
    """Open a file and note console errors, exceptions, dialogs and requests for anything but files."""
    opened = Opened(context.new_page())
    note = opened.complaints.append
    opened.page.on(
        "console", lambda told: note(f"console: {told.text}") if told.type in ("error", "warning") else None
    )
    opened.page.on("pageerror", lambda error: note(f"exception: {error}"))
    opened.page.on("dialog", lambda dialog: (note(f"dialog: {dialog.message}"), dialog.dismiss()))
    opened.page.on(
        "request", lambda request: note(f"request: {request.url}") if request.url != path.as_uri() else None
    )
    opened.page.goto(path.as_uri())
    return opened
