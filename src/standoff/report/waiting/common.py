"""What the given policies share, and in what they differ, read off the model."""

from __future__ import annotations

from collections.abc import Iterator

from standoff.model.timing import Policy, Until
from standoff.report.names import clean, listed, option_label
from standoff.report.timed_names import pivot_name, stock_name, type_name
from standoff.study import Study
from standoff.timing.grounds import limits
from standoff.timing.reaching import timing_of


def common_sentences(study: Study) -> Iterator[str]:
    """Say what all policies share that do or await anything, and what only some have; nothing if none is."""
    policies = [each for each in timing_of(study.conflict).policies if each.posture or each.until]
    if len(policies) < 2:
        return
    parts = [dict.fromkeys(_parts(study, policy)) for policy in policies]
    shared = [part for part in parts[0] if all(part in other for other in parts)]
    names = listed(f"‘{clean(policy.label)}’" for policy in policies)
    if not shared:
        return
    yield f"Common to {names}: {'; '.join(shared)}."
    for policy, own in zip(policies, parts, strict=True):
        rest = [part for part in own if part not in shared]
        if rest:
            yield f"Only in ‘{clean(policy.label)}’: {'; '.join(rest)}."


def _parts(study: Study, policy: Policy) -> Iterator[str]:
    for literal in policy.posture:
        way = "taking" if literal.taken else "dropping"
        yield f"{way} ‘{option_label(study, literal.option)}’ at once"
    for until in policy.until:
        yield f"{pivot_name(study, until.pivot or policy.pivot or '')} {_when(study, until)}"


def _when(study: Study, until: Until) -> str:
    if until.at_once:
        return "at once"
    if until.on is not None:
        return f"on {until.on}"
    if until.belief_at_most is not None:
        share = f"{100 * float(until.belief_at_most):g} %"
        return f"once the belief in {type_name(study, until.type or '')} is {share} or less"
    if until.stock is not None:
        return f"once {stock_name(study, until.stock)} is at {until.at_least}"
    return clean(limits(until.condition, None))
