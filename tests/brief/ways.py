"""What origins that tell of ways out claim, and what is true by the slow definitions of the analyses."""

from functools import cache

from tests.coalitions import literal_lines
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
    if origin.kind in ("cycles", "wedges"):
        return origin.number
    if origin.kind == "spoiler":
        return origin.relation
    if origin.kind == "lever":
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
        case "wedges":
            members = [model.names.index(name) for name in origin.name.split(",")]
            return len(literal_lines.wedges(model, members, state))


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
