"""What origins that tell of the phased deal claim, and what is true by the slow definition.

Where only ranks are known, spacings are sampled: what is said of all of them is true of each sample.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from math import exp
from random import Random

from tests.oracles.plain import plain, ranks_of, true_in
from tests.roadmap import literal
from tests.roadmap.literal import QUARTERS, STEPS_FOLLOWED, Terms

KINDS = {"kept", "spacings", "threat", "schedule", "safeguard", "defection", "test"}
SAMPLES = 25
LITTLE = 1e-9
ORDER = ("none", "some", "all")


@dataclass(frozen=True, eq=False)
class Party:
    dm: int
    id: str
    type: str | None
    utility: dict | None
    ranks: dict
    factor: float


@dataclass(frozen=True, eq=False)
class Situation:
    conflict: object
    model: object
    path: list
    parties: list
    months: float


@cache
def situation(conflict):
    model = plain(conflict)
    deal = conflict.roadmap
    number = dict(zip(model.labels, model.states, strict=True))
    path = [conflict.status_quo, *(number[label] for label in deal.steps)]
    months = float(deal.step_months.value)
    return Situation(conflict, model, path, list(parties(conflict, model, months)), months)


def parties(conflict, model, months):
    stakes = {each.decision_maker: each for each in conflict.roadmap.parties}
    for i, dm in enumerate(conflict.decision_makers):
        has_types = conflict.types is not None and conflict.types.decision_maker == dm.id
        for type_ in conflict.types.types if has_types else (None,):
            own = stakes.get(dm.id)
            rate = own.discount_per_year if own else None
            rate = rate or (conflict.timing.discount_per_year if conflict.timing else None)
            per_year = float(rate.value) if rate else 0.1
            mine = replace(dm, preference=type_.preference) if type_ else dm
            name = type_.id if type_ else None
            yield Party(
                dm=i,
                id=dm.id,
                type=name,
                utility=payoffs(own.payoffs, name, model) if own and own.payoffs else None,
                ranks=ranks_of(mine, model.states, model.labels),
                factor=exp(-per_year * months / 12),
            )


def payoffs(stated, type_, model):
    return {
        s: sum(
            float(each.amount.value)
            for each in stated
            if each.type in (None, type_) and holds_in(each.condition, s)
        )
        for s in model.states
    }


def holds_in(condition, s):
    if condition is None:
        return True
    return s in condition if isinstance(condition, tuple) else true_in(condition.expression, s)


def terms(at, i, safeguards=()):
    """What a breach by a side is answered with; safeguards say `to` where they lead back."""
    deal, number = at.conflict.roadmap, dict(zip(at.model.labels, at.model.states, strict=True))
    months, back = deal.detection_months, deal.reversion
    for each in deal.safeguards:
        if each.id in safeguards and each.against in (None, at.model.names[i]):
            months, back = each.detection_months or months, each.reversion or back
    seen = float(months.value) / at.months * QUARTERS
    assert seen == int(seen)
    return Terms(seen=int(seen), back=number[back.to] if back else at.conflict.status_quo)


def sampled(party, model):
    random = Random(1)
    for _ in range(SAMPLES):
        height, heights = 0.0, {}
        for rank in range(max(party.ranks.values()) + 1):
            heights[rank] = height
            height += random.expovariate(1) ** random.choice((1, 3))
        yield {s: heights[party.ranks[s]] / (height or 1) for s in model.states}


def keeps(at, party, utility, path, places, safeguards=()):
    """Whether a side keeps all these steps; None if it has no choice at any."""
    found = [
        literal.margin(
            at.model,
            at.conflict,
            path,
            place,
            party.dm,
            utility,
            party.factor,
            terms(at, party.dm, safeguards),
        )
        for place in places
    ]
    margins = [each[0] for each in found if each is not None]
    return all(margin > -LITTLE for margin in margins) if margins else None


def spacings(at, party, path, places, safeguards=()):
    """All, some or none, as far as samples tell; None if the side has no choice."""
    found = {keeps(at, party, each, path, places, safeguards) for each in sampled(party, at.model)}
    if None in found:
        return None
    return "some" if len(found) == 2 else "all" if True in found else "none"


def truth(at, origin):
    """What is true where the origin claims what `claimed` returns."""
    match origin.kind:
        case "kept" | "spacings":
            (party,) = (p for p in at.parties if (p.id, p.type) == (origin.decision_maker, origin.name))
            places = range(1, len(at.path) + 1) if origin.number is None else [origin.number]
            if origin.kind == "kept":
                return keeps(at, party, party.utility, at.path, places)
            return agreeing(origin.relation, spacings(at, party, at.path, places))
        case "schedule":
            number = dict(zip(at.model.labels, at.model.states, strict=True))
            return standing(at, origin, [number[label] for label in origin.statement.split(",")], ())
        case "safeguard":
            return standing(at, origin, at.path, origin.statement.split(","))
        case "threat":
            return threat(at, origin.statement.split(",") if origin.statement else ())
        case "defection":
            (party,) = (p for p in at.parties if (p.id, p.type) == (origin.decision_maker, origin.name))
            return best_plan(at, party, at.path)[0]
        case "test":
            return better(at, origin.name)


def claimed(origin):
    match origin.kind:
        case "kept":
            return origin.stable
        case "schedule" | "safeguard":
            return origin.stable, origin.relation
        case "defection":
            return origin.number
    return origin.relation


def agreeing(told, found):
    """What is told if the samples do not speak against it; they may miss what is only some."""
    return told if told == "some" and found is not None else found


def standing(at, origin, path, safeguards):
    places = range(1, len(path) + 1)
    some = [p for p in at.parties if p.type is None or p.type == origin.name]
    kept = [keeps(at, p, p.utility, path, places, safeguards) for p in some if p.utility is not None]
    kept = [each for each in kept if each is not None]
    ranked = [spacings(at, p, path, places, safeguards) for p in some if p.utility is None]
    ranked = [each for each in ranked if each is not None]
    least = min(ranked, key=ORDER.index, default=None)
    return all(kept) if kept else None, agreeing(origin.relation, least)


# What stands behind it


def threat(at, safeguards):
    ends, stuck = breach_ends(at, safeguards)
    if stuck:
        return "not credible"
    found = {tempted(at, party, end, before, safeguards) for end, before in ends for party in at.parties}
    return "not credible" if "yes" in found else "depends on spacings" if "maybe" in found else "credible"


def breach_ends(at, safeguards):
    """Where the breaches that matter lead back to, and from where; whether from somewhere they cannot."""
    ends, stuck = set(), False
    for party in at.parties:
        own = terms(at, party.dm, safeguards)
        for place in range(1, len(at.path) + 1):
            for breach in breaches_that_matter(at, party, place, own):
                course = literal.broken(at.model, at.conflict, at.path, place, party.dm, breach, own)
                before = course[own.seen - 1] if own.seen else breach
                ends.add((course[own.seen], before))
                wanted = literal.reverted(at.model, at.conflict, before, own)
                stuck |= wanted == before and not lands(at, before, own)
    return ends, stuck


def lands(at, state, own):
    """Whether the reversion can be carried out from a state that it leaves alone."""
    if at.model.own is None:
        return state == own.back
    held = {each.option for each in at.conflict.irreversible if each.taken} & state
    never = {each.option for each in at.conflict.irreversible if not each.taken} - state
    return frozenset((own.back | held) - never) == state


def breaches_that_matter(at, party, place, own):
    end = place == len(at.path)
    origin, target = (at.path[-1],) * 2 if end else (at.path[place - 1], at.path[place])
    if party.utility is None:
        return literal.breaches(at.model, origin, target, party.dm)
    found = literal.margin(at.model, at.conflict, at.path, place, party.dm, party.utility, party.factor, own)
    return found[1] if found else set()


def tempted(at, party, end, before, safeguards):
    """Whether a single deviation from the reversion pays: by a move, or by not going back."""
    model, own = at.model, terms(at, party.dm, safeguards)
    choices = {s for s in model.states if s != end and model.can(party.dm, end, s)}
    if model.own is not None:
        choices |= {literal.own_part(model, end, before, party.dm)} - {None, end}
    answers = {"no"}
    for state in choices:
        later = literal.reverted(model, at.conflict, state, own)
        if party.utility is not None:
            course = [state] * own.seen + [later]
            gain = literal.worth(course, party.utility, party.factor) - party.utility[end]
            answers.add("yes" if gain > LITTLE else "no")
            continue
        signs = [party.ranks[s] - party.ranks[end] for s in ((state, later) if own.seen else (later,))]
        if max(signs) > 0:
            answers.add("yes" if min(signs) >= 0 else "maybe")
    return next(each for each in ("yes", "maybe", "no") if each in answers)


# Planning from the start


def best_plan(at, party, path):
    """The step at which it pays most to breach, or None, and the course that follows."""
    own, keeping = terms(at, party.dm), literal.kept(path, 1)
    best, place_of_best, course_of_best = literal.worth(keeping, party.utility, party.factor), None, keeping
    for place in range(1, len(path) + 1):
        found = literal.margin(at.model, at.conflict, path, place, party.dm, party.utility, party.factor, own)
        if found is None:
            continue
        after = literal.broken(at.model, at.conflict, path, place, party.dm, min(found[1], key=str), own)
        course = (keeping[: (place - 1) * QUARTERS] + after)[: STEPS_FOLLOWED * QUARTERS]
        worth = literal.worth(course, party.utility, party.factor)
        if worth > best + LITTLE:
            best, place_of_best, course_of_best = worth, place, course
    return place_of_best, course_of_best


def better(at, good):
    """Which is better for the focal side, phased or at once, if each type does what pays it most."""
    (focal,) = (p for p in at.parties if p.id == at.conflict.timing.focal)
    gains = {}
    for party in at.parties:
        if party.type is not None:
            phased, single = (
                literal.worth(best_plan(at, party, path)[1], focal.utility, focal.factor)
                for path in (at.path, [at.path[0], at.path[-1]])
            )
            gains[party.type] = phased - single
    (other,) = (gain for type_, gain in gains.items() if type_ != good)
    if gains[good] < -LITTLE and other > LITTLE:
        return "by belief"
    if min(gains.values()) > -LITTLE and max(gains.values()) > LITTLE:
        return "phased"
    return "at once" if max(gains.values()) < LITTLE and min(gains.values()) < -LITTLE else "as good"
