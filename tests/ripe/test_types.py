"""Ripeness by type: each type's wishes in the place of those of the model, judged by the definitions."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from standoff import analyse, belief, ripe
from standoff.errors import ModelError
from standoff.report.ripeness import ripeness_document, ripeness_lines
from standoff.study.assuming import analysed
from tests.oracles.conflicts import with_bearable
from tests.oracles.literal import stable
from tests.oracles.plain import plain
from tests.ripe import literal
from tests.stability.answers import blocks
from tests.timing.random_timed import timed_conflict


def wishes(conflict, kind):
    """The preference of a type where every stock stands at its start."""
    start = {stock.id: stock.start for stock in conflict.timing.stocks}
    ruling = [shift.preference for shift in kind.shifts if start[shift.stock] >= shift.at_least]
    return ruling[-1] if ruling else kind.preference


def as_kind(conflict, kind):
    """The conflict as if the decision maker were known to be of this type."""
    turned = [
        replace(dm, preference=wishes(conflict, kind)) if dm.id == conflict.types.decision_maker else dm
        for dm in conflict.decision_makers
    ]
    return replace(conflict, decision_makers=tuple(turned))


@pytest.mark.parametrize("seeds", blocks(range(60), 20), ids=str)
def test_every_type_is_judged_by_its_own_wishes(seeds):
    for seed in seeds:
        random = Random(seed)
        conflict = with_bearable(timed_conflict(seed, kinds=2 + seed % 2), random)
        study = analyse(conflict)
        place = random.randrange(study.space.size)
        everybody = range(len(conflict.decision_makers))
        group = sorted(random.sample(everybody, random.randint(1, len(everybody))))
        found = ripe(study, study.space.label(place), [study.decision_makers[i] for i in group], lever_time=0)
        assert [each.type for each in found.by_type] == [kind.id for kind in conflict.types.types]
        for kind, told in zip(conflict.types.types, found.by_type, strict=True):
            check(as_kind(conflict, kind), group, place, told)
            assert (told.share, told.log_read) == (float(kind.prior.value), False)


def check(conflict, group, place, told):
    model = plain(conflict)
    s = model.states[place]
    zone = literal.zone(model, group, s)
    assert told.winners == tuple(model.names[i] for i in group if not stable(model, "seq", i, s))
    assert told.size == len(zone)
    assert told.holding == sum(not literal.undone_by(model, q) for q in zone)
    pain = [literal.hurts(conflict.decision_makers[i].bearable, model.labels[place], s) for i in group]
    assert told.sparing == tuple(model.names[i] for i, each in zip(group, pain, strict=True) if each is False)
    assert told.failing == literal.failing(model, conflict, group, s, pain)


def test_the_belief_of_the_shipped_case_is_that_of_its_log():
    study = analyse("case:north-korea-2019")
    found = ripe(study, parties="summit", lever_time=0)
    assert {each.type: each.share for each in found.by_type} == belief(study).posterior
    assert all(each.log_read for each in found.by_type)
    lines = dict(ripeness_lines(study, found))["By type"]
    assert len(lines) == 1 + len(found.by_type)
    assert "(belief today 25.7 %)" in lines[0]
    assert [each["type"] for each in ripeness_document(study, found)["by_type"]] == ["disarms", "keeps"]


def test_time_that_is_up_leaves_the_types_untold_and_the_page_says_whose_wishes_count():
    study = analyse("case:north-korea-2019")
    found = ripe(study, parties="summit", time_limit=0)
    assert found.by_type == ()
    (line,) = dict(ripeness_lines(study, found))["By type"]
    assert "may be of another type" in line
    assert line.endswith("standoff belief FILE.")


def test_priors_are_told_with_the_reason_where_there_is_a_log_that_was_not_read():
    supposed = ripe(analysed("case:north-korea-2019", "dprk.freeze", "phased"), "phased", lever_time=0)
    assert [each.share for each in supposed.by_type] == [0.28, 0.72]
    lines = dict(ripeness_lines(analyse("case:north-korea-2019"), supposed))["By type"]
    assert "The priors are told: the log happened without the assumption." in lines
    conflict = analyse("case:north-korea-2019").conflict
    first = conflict.events[0]
    twice = replace(first, day=first.day + timedelta(days=1), label="The same move again")
    impossible = replace(conflict, events=(first, twice, *conflict.events[1:]))
    study = analyse(impossible)
    with pytest.raises(ModelError):
        belief(study)
    found = ripe(study, lever_time=0)
    assert {each.log_refused for each in found.by_type} == {
        "the log cannot be read; standoff belief FILE says why"
    }
