"""A brief as a PDF, set by typst: the same sections, sentences and drawings as the page."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from functools import cache
from html import unescape
from importlib.resources import files
from importlib.util import find_spec
from typing import Any

import standoff
from standoff.errors import MissingExtraError
from standoff.report.brief.value import Block, Brief, Chapter, Drawing, Folded
from standoff.report.figures import style

UNREADABLE = (
    "Some characters of the model, such as ‘{}’, are shown as boxes: "
    "no font for them was found where this file was made."
)
_NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed')


def brief_pdf(brief: Brief) -> tuple[bytes, str]:
    """Return a brief as a PDF, and a sentence on what is not readable in it, empty if all is.

    The file is tagged for screen readers (PDF/UA-1). It is not where a font is missing: such characters
    are boxes, and the file says so at its end. Fonts are those that come with typst and those installed.

    Raises
    ------
    MissingExtraError
        If typst is not installed.
    """
    check_pdf_extra()
    import typst

    try:
        return _compiled(brief, "", ["ua-1"]), ""
    except typst.TypstError as error:
        lacking = _NO_GLYPH.search(error.message)
        if lacking is None:
            raise
    unreadable = UNREADABLE.format(lacking[1])
    return _compiled(brief, unreadable, []), unreadable


def check_pdf_extra() -> None:
    """Raise `MissingExtraError` if typst is not installed."""
    if find_spec("typst") is None:
        raise MissingExtraError("For a PDF, typst is needed: pip install 'standoff[pdf]'.")


def _compiled(brief: Brief, unreadable: str, standards: list[Any]) -> bytes:
    import typst

    data = json.dumps(_data(brief, unreadable), ensure_ascii=False, default=str)
    return typst.compile(_template(), sys_inputs={"brief": data}, pdf_standards=standards, timestamp=0)


@cache
def _template() -> bytes:
    return files("standoff.report.brief").joinpath("templates", "brief.typ").read_bytes()


def _data(brief: Brief, unreadable: str) -> dict[str, Any]:
    """Return what the template reads; its text is data there, whatever it contains."""
    return {
        "title": brief.title,
        "subtitle": brief.subtitle,
        "note": brief.note,
        "author": f"standoff {standoff.__version__}",
        "keywords": ["conflict analysis", "graph model for conflict resolution"],
        "unreadable": unreadable,
        "chapters": [_chapter(chapter) for chapter in brief.chapters],
    }


def _chapter(chapter: Chapter) -> dict[str, Any]:
    sections = [
        {"title": section.title, "blocks": [_block(block) for block in section.blocks]}
        for section in chapter.sections
    ]
    return {"title": chapter.title, "sections": sections}


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Folded):
        return {"kind": block.kind, "title": block.title, "blocks": [_block(each) for each in block.blocks]}
    data = {"kind": block.kind, **asdict(block)}
    return data | _picture(block) if isinstance(block, Drawing) else data


def _picture(drawing: Drawing) -> dict[str, Any]:
    """Return a drawing with its style sheet, its size in CSS pixels, and its description in words."""
    svg = drawing.svg.replace("</desc>\n", f"</desc>\n<style>\n{style()}</style>\n", 1)
    width, height = re.findall(r'<svg [^>]*? width="([\d.]+)" height="([\d.]+)"', svg)[0]
    title, desc = re.findall(r"<title>(.*?)</title>\s*<desc>(.*?)</desc>", svg, re.DOTALL)[0]
    return {"svg": svg, "width": float(width), "height": float(height), "alt": unescape(f"{title}. {desc}")}
