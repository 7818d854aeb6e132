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


@dataclass
class Opened:
    """A page in the browser, and what it complained of or asked for from outside."""

    page: Any
    complaints: list[str] = field(default_factory=list)


def briefs(folder: Path) -> dict[str, Path]:
    """Write the briefs that the tests open; return their files by name."""
    (folder / "hostile.yaml").write_text(HOSTILE, encoding="utf-8")
    models = {
        "large": "case:north-korea-2019",
        "small": "case:elmira-1991",
        "graph form": "case:prisoners-dilemma",
        "hostile": "hostile.yaml",
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
