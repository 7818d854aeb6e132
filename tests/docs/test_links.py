"""Links between pages lead somewhere, and every page can be reached from the index."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.examples import ROOT, blocks

_LINK = re.compile(r"(?<!!)\[[^\]]*\]\((?P<target>[^)\s]+)\)")
_PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


def links(page: Path) -> list[str]:
    """The targets of the links of a page, code left out."""
    text = page.read_text(encoding="utf-8")
    lines = text.splitlines()
    for block in blocks(text):
        lines[block.first : block.last] = [""] * (block.last - block.first)
    return [match["target"] for match in _LINK.finditer(re.sub(r"`[^`]*`", "", "\n".join(lines)))]


def anchors(page: Path) -> set[str]:
    """The anchors of the headings of a page, as Markdown viewers form them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    broken = []
    for target in links(page):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        there = (page.parent / name).resolve() if name else page
        if not there.exists() or (anchor and anchor not in anchors(there)):
            broken.append(target)
    assert not broken


def test_every_page_is_reached_from_the_index() -> None:
    index = ROOT / "docs" / "index.md"
    reached, waiting = {index}, [index]
    while waiting:
        page = waiting.pop()
        for target in links(page):
            there = (page.parent / target.partition("#")[0]).resolve()
            if there.suffix == ".md" and there.exists() and there not in reached:
                reached.add(there)
                waiting.append(there)
    assert set((ROOT / "docs").rglob("*.md")) - reached == set()


def test_references_are_listed_once_and_cited() -> None:
    references = (ROOT / "docs" / "references.bib").read_text(encoding="utf-8")
    listed = re.findall(r"^@\w+\{(\w+),", references, re.MULTILINE)
    assert len(listed) == len(set(listed))
    text = "\n".join(page.read_text(encoding="utf-8") for page in _PAGES)
    cited = set(re.findall(r"\[@(\w+)\]", text))
    assert cited <= set(listed)
