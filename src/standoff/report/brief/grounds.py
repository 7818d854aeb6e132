"""The grounds of confidence, listed; the rating is the analyst's and is never computed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from standoff.errors import UsageError, did_you_mean
from standoff.report.brief.origins import equilibria
from standoff.report.brief.sections.evidence import tally
from standoff.report.brief.value import Confidence, Origin, Sentence
from standoff.report.elements import elements
from standoff.report.names import clean, counted
from standoff.stability.concepts import CONCEPTS
from standoff.study import Study

RATINGS = ("low", "moderate", "high")


def rating(study: Study, level: str, name: str, on: date) -> Confidence:
    """Return an analyst's rating with the grounds that the model itself gives.

    Raises
    ------
    UsageError
        If there is no such rating.
    """
    if level not in RATINGS:
        raise UsageError(
            f"Confidence is low, moderate or high, not '{level}'. {did_you_mean(level, RATINGS)}"
        )
    return Confidence(rating=level, name=clean(name), on=on, grounds=tuple(_grounds(study)))


def _grounds(study: Study) -> Iterator[Sentence]:
    yield tally(study)
    cited = [e.evidence for e in elements(study.conflict) if e.evidence is not None and e.evidence.citations]
    single = sum(len({citation.source for citation in found.citations}) == 1 for found in cited)
    if cited:
        text = f"Of {counted(len(cited), 'element')} with passages, {single:,} rest on a single source."
        yield Sentence(text, (Origin(kind="evidence", number=single),))
    for key in ("seq", "gmr"):
        number = study.equilibrium_states(key).size
        share = f"{number / study.space.size:.1%}"
        told = f"Under {CONCEPTS[key].short}, {share} of all states are equilibria."
        yield Sentence(told, (equilibria(study, key),))
