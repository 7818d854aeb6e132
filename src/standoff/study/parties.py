"""Decision makers named together: a list of ids or a coalition of the file."""

from __future__ import annotations

from collections.abc import Sequence

from standoff.errors import UsageError, did_you_mean
from standoff.study.study import Study


def parties_of(study: Study, names: str | Sequence[str]) -> tuple[int, ...]:
    """Return the numbers of the decision makers named, in the order of the file.

    Parameters
    ----------
    names : str or sequence of str
        Ids of decision makers or of coalitions; a text lists them with commas.

    Raises
    ------
    UsageError
        If a name is neither, or there is none.
    """
    asked = names.split(",") if isinstance(names, str) else names
    coalitions = {coalition.id: coalition.members for coalition in study.conflict.coalitions}
    found: set[int] = set()
    for name in (each.strip() for each in asked):
        if name not in coalitions and name not in study.decision_makers:
            known = (*study.decision_makers, *coalitions)
            what = "decision maker or coalition" if coalitions else "decision maker"
            raise UsageError(f"There is no {what} '{name}'. {did_you_mean(name, known)}")
        members = (name,) if name in study.decision_makers else coalitions[name]
        found |= {study.number_of(member) for member in members}
    if not found:
        raise UsageError(f"Name at least one decision maker. {did_you_mean('', study.decision_makers)}")
    return tuple(sorted(found))
