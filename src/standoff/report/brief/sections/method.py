"""How the brief was made, so that it can be made again."""

from __future__ import annotations

import platform

import numpy as np

from standoff import __version__
from standoff.report.brief.asked import Asked
from standoff.report.brief.sections import waiting
from standoff.report.brief.value import Paragraph, Section, Sentence, Table
from standoff.report.names import clean
from standoff.stability.concepts import CONCEPTS
from standoff.study import Study

_RULES = {
    "legal_sequence": "the others may answer in any order, nobody twice in a row",
    "once_per_dm": "each of the others may answer once",
}

_YARDSTICKS = {
    "icd203": "icd203; this page tells no probability, so it uses no likelihood word",
    "none": "none: numbers only; this page tells no probability",
}
_WITH_BELIEF = {"icd203": "icd203, for the belief in types", "none": "none: numbers only"}


def _seeds(study: Study, asked: Asked) -> str:
    return f"wait {asked.seed}" if waiting.asked_for(study) else "none: nothing is random"


def section(study: Study, asked: Asked) -> Section:
    """Return versions, fingerprint, variant, rules, engine, seeds and the command line."""
    rows = [
        ("model", clean(study.conflict.name)),
        ("fingerprint", study.fingerprint),
        ("variant", clean(study.variant or "none: the model as it stands")),
        ("sanction rule", f"{study.sanction_moves}: {_RULES[study.sanction_moves]}"),
        ("engine", study.engine),
        ("versions", f"standoff {__version__}, Python {platform.python_version()}, NumPy {np.__version__}"),
        ("seeds", _seeds(study, asked)),
    ]
    words = _YARDSTICKS if study.conflict.types is None else _WITH_BELIEF
    rows.append(("yardstick", words.get(asked.yardstick, asked.yardstick)))
    if asked.since is not None:
        rows.append(("compared with", f"{clean(asked.since.called)}, {asked.since.fingerprint}"))
    if asked.command:
        rows.append(("command", clean(asked.command)))
    told = Sentence(
        "The same model and version give the same page, byte for byte, unless a search ran into its time "
        "limit, which is told where it did. Every sentence was made from the "
        "object that it tells of: a verdict, its witness, a ranking or an element of the model."
    )
    concepts = tuple(
        (CONCEPTS[key].short, CONCEPTS[key].name, CONCEPTS[key].definition) for key in study.concepts
    )
    return Section(
        key="method",
        blocks=(
            Paragraph((told, *(Sentence(why) for why in asked.ways.left_out))),
            Table(caption="How this page was made", head=("what", "value"), rows=tuple(rows)),
            Table(
                caption="When a state s is stable for a decision maker i",
                head=("concept", "name", "definition"),
                rows=concepts,
            ),
        ),
    )
