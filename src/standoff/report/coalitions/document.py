"""The document ``standoff.coalitions/1``."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from standoff.analyses.agreement import Agreement
from standoff.report.coalitions.deals import spoiler_sentence
from standoff.report.coalitions.wedges import standing_sentence, wedge_sentence
from standoff.report.coalitions.words import agreement_sentences, all_sentences, view_sentences
from standoff.report.documents import header
from standoff.study import Study
from standoff.study.coalitions import Coalitions, CoalitionView


def coalitions_document(study: Study, found: Coalitions, *, every: bool = False) -> dict[str, Any]:
    """Return the whole answer as a plain document, with the sentences made from it."""
    everybody = found.all_coalitions
    return {
        **header("standoff.coalitions/1", study),
        "rules": {"coalition_moves": found.rule},
        "assumed": found.assumed,
        "concept": found.concept,
        "state": {"label": found.state, "options": list(study.space.taken(study.space.index(found.state)))},
        "coalitions": [_view(study, view, found.reachable, every=every) for view in found.coalitions],
        "all_coalitions": None if everybody is None else asdict(everybody),
        "refused": found.refused,
        "reachable": found.reachable,
        "agreement": [_agreement(each) for each in found.agreement],
        "deals": [
            {
                **asdict(deal),
                "parties": [
                    {**asdict(each), "sentence": spoiler_sentence(study, deal, each)} for each in deal.parties
                ],
            }
            for deal in found.deals
        ],
        "unreached": list(found.unreached),
        "sentences": [*all_sentences(study, found, every=every), *agreement_sentences(study, found)],
    }


def _view(study: Study, view: CoalitionView, reachable: int, *, every: bool) -> dict[str, Any]:
    line = view.line
    return {
        "name": view.name,
        "members": list(view.members),
        "verdicts": [{**asdict(verdict), "stable": verdict.stable} for verdict in view.verdicts],
        "undecided": list(view.undecided),
        "stable_states": view.stable_states,
        "uncounted": list(view.uncounted),
        "broken": None if view.broken is None else list(view.broken),
        "broken_refused": view.broken_refused,
        "wedges_complete": line is None or line.complete,
        "standings": []
        if line is None
        else [{**asdict(each), "sentence": standing_sentence(study, each)} for each in line.standings],
        "wedges": []
        if line is None
        else [{**asdict(each), "sentence": wedge_sentence(study, each)} for each in line.wedges],
        "sentences": view_sentences(study, view, reachable, every=every),
    }


def _agreement(found: Agreement) -> dict[str, Any]:
    index = found.index
    return {**asdict(found), "index": None if index is None else float(index)}
