"""A brief as the document ``standoff.brief/1``: its sentences with what they came from, and its tables."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from standoff.report.brief.value import (
    Block,
    Brief,
    Confidence,
    Folded,
    Judgement,
    Judgements,
    Origin,
    Path,
    Section,
    Sentence,
    States,
    Table,
)
from standoff.report.documents import header
from standoff.study import Study


def brief_document(study: Study, brief: Brief) -> dict[str, Any]:
    """Return the document ``standoff.brief/1``; drawings are left out."""
    return {
        **header("standoff.brief/1", study),
        "rules": {"sanction_moves": study.sanction_moves},
        "engine": study.engine,
        "title": brief.title,
        "subtitle": brief.subtitle,
        "chapters": [
            {
                "key": chapter.key,
                "title": chapter.title,
                "sections": [_section(section) for section in chapter.sections],
            }
            for chapter in brief.chapters
        ],
    }


def _section(section: Section) -> dict[str, Any]:
    document: dict[str, Any] = {"key": section.key, "title": section.title, "sentences": [], "tables": []}
    for block in section.blocks:
        _tell(document, block)
    return document


def _tell(document: dict[str, Any], block: Block) -> None:
    """Add what a block says to the document of its section."""
    match block:
        case Judgements(items=items):
            document["judgements"] = [_judgement(item) for item in items]
        case Confidence():
            document["confidence"] = {
                "about": block.about,
                "rating": block.rating,
                "by": block.name,
                "date": f"{block.on:%Y-%m-%d}",
                "grounds": [_sentence(ground) for ground in block.grounds],
            }
        case Table(caption=caption, head=head, rows=rows):
            document["tables"].append({"caption": caption, "head": list(head), "rows": list(map(list, rows))})
        case States(rows=states):
            document["states"] = [
                {"label": row.label, "reasons": [_sentence(reason) for reason in row.reasons]}
                for row in states
            ]
        case Path(title=title, states=labels):
            steps = [_sentence(sentence) for sentence in block.sentences]
            document.setdefault("paths", []).append({"title": title, "states": list(labels), "steps": steps})
        case Folded(blocks=blocks):
            for each in blocks:
                _tell(document, each)
        case _:
            document["sentences"] += [_sentence(sentence) for sentence in block.sentences]


def _judgement(judgement: Judgement) -> dict[str, Any]:
    return {
        "key": judgement.key,
        **_sentence(judgement.sentence),
        "rests_on": [_sentence(sentence) for sentence in judgement.rests_on],
        "overturned_by": [_sentence(sentence) for sentence in judgement.overturned_by],
    }


def _sentence(sentence: Sentence) -> dict[str, Any]:
    return {"text": sentence.text, "origin": [_origin(origin) for origin in sentence.origin]}


def _origin(origin: Origin) -> dict[str, Any]:
    return {key: value for key, value in asdict(origin).items() if value is not None}
