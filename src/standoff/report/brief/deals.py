"""Deals to look at: from the block ``x-deals`` of a model file, and as statements on the command line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from standoff.files.reading import ModelFile
from standoff.report.brief.asked import Deal
from standoff.study import pattern_statement

_BLOCK = "x-deals"


def deals_of(model: ModelFile, statements: Sequence[str] = ()) -> tuple[Deal, ...]:
    """Return the deals of a model file and the statements given beside it.

    An entry of the block is a deal if it has a `pattern`; its `label` is used if it has one.

    Raises
    ------
    UsageError
        If a pattern is no statement over the options of the conflict, or there are no options.
    """
    given = [Deal(name=text, label=text, statement=text) for text in map(_on_one_line, statements)]
    found = (*_in_file(model), *given)
    for deal in found:
        pattern_statement(model.conflict, deal.statement)
    return found


def _in_file(model: ModelFile) -> Iterator[Deal]:
    block = model.extensions.get(_BLOCK)
    if not isinstance(block, Mapping):
        return
    for name, entry in block.items():
        if isinstance(entry, Mapping) and isinstance(entry.get("pattern"), str):
            statement = _on_one_line(entry["pattern"])
            yield Deal(name=str(name), label=str(entry.get("label", name)), statement=statement)


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
