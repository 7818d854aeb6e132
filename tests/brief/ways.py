"""What origins that tell of ways out claim, and what is true by the slow definitions of the analyses."""

from functools import cache

from tests.coalitions import literal as literal_coalitions
from tests.coalitions import literal_lines
from tests.foresight import literal as literal_foresight
from tests.moves import literal as literal_moves
from tests.oracles.literal import moves, stable
from tests.oracles.plain import plain
from tests.paths import literal as literal_paths
from tests.paths.test_cycles import literal_rounds
from tests.ripe import literal as literal_ripe

plainly = cache(plain)


def claimed(origin):
    """What the origin says, as far as it follows from a definition."""
    if origin.kind == "path":
        return origin.number, origin.relation == "improvements", bool(origin.decision_maker)
    if origin.kind in ("cycles", "wedges", "coalitions"):
        return origin.number
    if origin.kind == "spoiler":
        return origin.relation
    if origin.kind == "foresight":
        return origin.stable, origin.relation, origin.number
    if origin.kind in ("lever", "together"):
        return origin.stable
    return origin.number, origin.relation


def true_of_ways(study, origin):
    model = plainly(study.conflict)
    state = model.states[model.labels.index(origin.state)]
    match origin.kind:
        case "ripeness":
            group = [model.names.index(name) for name in origin.name.split(",")]
            found = literal_ripe.failing(model, study.conflict, group, state)
            return len(literal_ripe.zone(model, group, state)), found or "none"
        case "next moves":
            return next_moves(model, model.names.index(origin.decision_maker), state)
        case "path":
            return path(study, model, state, origin.name)
        case "cycles":
            return len(literal_rounds(model))
        case "spoiler":
            party, now = model.names.index(origin.decision_maker), model.labels.index(study.status_quo)
            return literal_lines.grade(model, party, state, model.states[now], "seq")
        case "lever":
            return all(stable(model, origin.concept, i, state) for i in model.everybody)
        case "coalitions" | "together":
            return against(model, origin, state)
        case "foresight":
            return foresight(model, origin, model.names.index(origin.decision_maker), state)
        case "wedges":
            members = [model.names.index(name) for name in origin.name.split(",")]
            return len(literal_lines.wedges(model, members, state))


def against(model, origin, s):
    """How many of all coalitions leave a state, or whether it is stable against one."""
    holds = lambda k: literal_coalitions.holds_against(model, k, s, origin.concept, "legal_sequence")  # noqa: E731
    if origin.kind == "together":
        return holds(tuple(model.names.index(name) for name in origin.name.split(",")))
    return sum(not holds(H) for H in literal_coalitions.all_coalitions(model.everybody))


FAR = 60
"""In small conflicts what is expected repeats long before so many moves ahead."""


def foresight(model, origin, i, s):
    """Whether i stays that looks ahead, where else it expects to end, and the number that goes with it."""
    labels = dict(zip(model.states, model.labels, strict=True))
    h = origin.number
    match origin.name:
        case "limited":
            end = literal_foresight.anticipated(model, h, i, s)
            return literal_foresight.limited_move_stable(model, h, i, s), labels[end], h
        case "maximin":
            return literal_foresight.maximin_stable(model, h, i, s), None, h
        case "nonmyopic":
            first, period = literal_foresight.repeats(model, i, s, FAR // 4, FAR)
            ends = [literal_foresight.anticipated(model, k, i, s) for k in range(first, first + period)]
            return ends == [s], ",".join(labels[end] for end in ends), None
        case "stackelberg":
            both = [
                q
                for q in model.states
                if literal_foresight.limited_move_stable(model, 2, i, q)
                and literal_foresight.limited_move_stable(model, 1, 1 - i, q)
            ]
            return s in both, None, len(both)


def next_moves(model, i, s):
    """How many moves rank before staying, and the verdict on the first of all moves."""
    keys = {t: literal_moves.key(model, i, s, t) for t in moves(model, i, s)}
    before = sum(key > literal_moves.key(model, i, s, s) for key in keys.values())
    best = max(keys, key=lambda t: (keys[t], -model.states.index(t)), default=None)
    return before, None if best is None else literal_moves.verdict(model, i, s, best)


def path(study, model, goal, together):
    """The fewest sacrifices, whether improvements alone lead there, and whether anybody must give."""
    start = model.states[model.labels.index(study.status_quo)]
    movers = [(i,) for i in model.everybody]
    for names in (together or "").split(";") if together else ():
        movers.append(tuple(model.names.index(name) for name in names.split(",")))
    steps = stepped(study.conflict, tuple(movers))
    cheapest = {
        kind: literal_paths.to(*literal_paths.cheapest(model, movers, steps, start, kind), start, goal)[0]
        for kind in ("sacrifices", "improvements")
    }
    number = cheapest["sacrifices"] and cheapest["sacrifices"][0]
    return number, cheapest["improvements"] is not None, bool(number)


@cache
def stepped(conflict, movers):
    return literal_paths.all_steps(conflict, plainly(conflict), movers)
