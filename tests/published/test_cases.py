"""The shipped cases against what their sources print, and against the definitions."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from standoff.cases import case_names, case_path, case_text, case_title
from standoff.errors import UsageError
from standoff.files.reading import read_model
from standoff.graph import GraphModel, graph_model
from standoff.model.conflict import Conflict
from standoff.preferences import rankings
from standoff.stability.survey import survey
from standoff.states.space import state_space
from tests.oracles.literal import ALL_MOVES, equilibria, legal_sequences, once_per_dm, stable
from tests.oracles.plain import plain
from tests.oracles.published import CHICKEN, ELMIRA, GARRISON, PRISONERS, STAG_HUNT, Table
from tests.published.answers import (
    ANSWERS,
    CLAIMS,
    GARRISON_STALE,
    LEGAL_SEQUENCE,
    MILK_RIVER_STATES,
    MILK_RIVER_TIERS,
    ONCE_PER_DM,
    TRADE_INFEASIBLE,
    TRADE_STATEMENTS,
)

HERE = ("prisoners-dilemma", "chicken", "stag-hunt", "elmira-1991", "garrison", "milk-river", "trade-round")
SMALL = HERE[:-1]
CORE = ("nash", "gmr", "smr", "seq", "sseq")
TABLES = {
    "prisoners-dilemma": PRISONERS,
    "chicken": CHICKEN,
    "stag-hunt": STAG_HUNT,
    "elmira-1991": ELMIRA,
    "garrison": GARRISON,
    "milk-river": Table(MILK_RIVER_STATES, (0, 1, 2, 2, 3, 3, 3), MILK_RIVER_TIERS),
}


@cache
def conflict(name: str) -> Conflict:
    return read_model(case_path(name)).conflict


@cache
def graph(name: str) -> GraphModel:
    space = state_space(conflict(name))
    return graph_model(conflict(name), space, rankings(conflict(name), space))


@cache
def definitions(name: str):
    return plain(conflict(name))


def numbers(states) -> list[int]:
    return [int(state) + 1 for state in states]


def by_engine(name: str, rule: str = LEGAL_SEQUENCE) -> dict[str, list[int]]:
    found = survey(graph(name), rule=rule).stable
    return {concept: numbers(np.flatnonzero(rows.all(axis=0))) for concept, rows in found.items()}


# The list


def test_all_cases_are_listed_once():
    assert set(HERE) <= set(case_names())
    assert len(set(case_names())) == len(case_names())
    assert [name for name in case_names() if name in HERE] == list(HERE)


@pytest.mark.parametrize("name", HERE)
def test_a_case_says_what_it_is_and_where_it_comes_from(name):
    model = conflict(name)
    assert case_text(name).startswith("standoff: 1\n")
    assert case_title(name) == model.name
    assert len(model.name) < 60
    assert "status quo" in model.note
    assert model.sources
    assert all(source.title and source.author and source.published for source in model.sources)


@pytest.mark.parametrize("name", case_names())
def test_every_shipped_case_has_a_title(name):
    assert case_title(name) == read_model(case_path(name)).conflict.name


def test_an_unknown_case_gets_a_suggestion():
    with pytest.raises(UsageError, match="Did you mean 'elmira-1991'"):
        case_path("elmira-1992")
    with pytest.raises(UsageError):
        case_path("../cases/elmira-1991")


# The models


@pytest.mark.parametrize("name", SMALL)
def test_states_are_those_of_the_source(name):
    options = [option.name for option in conflict(name).options]
    found = ["".join("NY"[option in s] for option in options) for s in definitions(name).states]
    assert found == list(TABLES[name].states)


@pytest.mark.parametrize("name", SMALL)
def test_rankings_are_those_of_the_source(name):
    table, model = TABLES[name], definitions(name)
    for i in model.everybody:
        ranks = table.ranks(i)
        highest = sorted(set(ranks.values()))
        assert [model.rank(i, s) for s in model.states] == [
            highest.index(ranks[number]) for number in range(1, len(model.states) + 1)
        ]


@pytest.mark.parametrize("name", SMALL)
def test_moves_are_those_of_the_source(name):
    table, model = TABLES[name], definitions(name)
    for i in model.everybody:
        for s, before in zip(model.states, table.states, strict=True):
            for t, after in zip(model.states, table.states, strict=True):
                assert s == t or model.can(i, s, t) == table.can(i, before, after)


def test_two_by_two_games_have_their_textbook_payoffs():
    """Rows: nobody, the first, the second, both; Chicken: to swerve; stag hunt: to hunt the stag."""
    assert [list(ranks) for ranks in graph("chicken").ranks] == [[0, 1, 3, 2], [0, 3, 1, 2]]
    assert [list(ranks) for ranks in graph("stag-hunt").ranks] == [[1, 0, 2, 3], [1, 2, 0, 3]]
    assert [list(ranks) for ranks in graph("prisoners-dilemma").ranks] == [[1, 0, 3, 2], [1, 3, 0, 2]]


def test_status_quo_of_elmira_is_that_uniroyal_delays():
    assert conflict("elmira-1991").status_quo == {"uniroyal.delay"}


# The trade round


def column(numbers_: list[int]) -> np.ndarray:
    """Where all of these options hold, over the feasible states; a minus for `not taken`."""
    space = graph("trade-round").space
    found = np.ones(space.size, bool)
    for number in numbers_:
        found &= (space.codes >> (abs(number) - 1) & 1).astype(bool) == (number > 0)
    return found


def test_the_trade_round_has_the_states_of_the_source():
    space = graph("trade-round").space
    assert space.size == 138_240
    assert len(space.options) == 20
    assert not any(column(pattern).any() for pattern in TRADE_INFEASIBLE)


@pytest.mark.parametrize("dm", TRADE_STATEMENTS)
def test_shortened_statements_of_the_trade_round_mean_the_same(dm):
    (party,) = [each for each in conflict("trade-round").decision_makers if each.id == dm]
    written = party.preference.statements
    for rule, alternatives in zip(written, TRADE_STATEMENTS[dm], strict=True):
        spelt_out = np.any([column(pattern) for pattern in alternatives], axis=0)
        assert (graph("trade-round").space.where(rule.statement.expression) == spelt_out).all(), rule


# The answers


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda each: f"{each.case}-{each.kind}")
def test_equilibria_are_those_given(answer):
    found = by_engine(answer.case, answer.rule)
    for concept, states in answer.equilibria.items():
        assert found[concept] == list(states), f"{concept}: {answer.kind}, {answer.where}"


@pytest.mark.parametrize(("case", "concept", "state", "where"), CLAIMS)
def test_single_claims_hold(case, concept, state, where):
    assert state in by_engine(case)[concept], where


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda each: f"{each.case}-{each.kind}")
def test_the_definitions_give_the_same_answers(answer):
    model = definitions(answer.case)
    for concept, states in answer.equilibria.items():
        found = equilibria(model, concept, answer.rule)
        assert numbers(map(model.states.index, found)) == list(states), concept


@pytest.mark.parametrize("name", SMALL)
def test_every_verdict_is_that_of_the_definition(name):
    """Not the equilibria alone: every decision maker, state and core concept."""
    model, found = definitions(name), survey(graph(name)).stable
    for concept in CORE:
        expected = [[stable(model, concept, i, s) for s in model.states] for i in model.everybody]
        assert found[concept].tolist() == expected, concept


def test_every_case_but_the_large_one_has_an_answer_from_the_definitions():
    assert {answer.case for answer in ANSWERS if answer.kind == "derived"} == set(SMALL)
    assert {answer.kind for answer in ANSWERS} == {"tool", "derived"}


# Elmira: what the guide tells, section 5.2 and 5.3


def test_elmira_goes_from_the_status_quo_to_the_equilibrium_by_local_government():
    g = graph("elmira-1991")
    assert g.decision_makers[2] == "local"
    assert numbers(g.improvements(2, g.space.status_quo)) == [7]


def test_elmira_no_one_alone_goes_from_7_to_10_but_two_together_gain_by_it():
    g = graph("elmira-1991")
    assert not any(9 in g.moves(dm, 6) for dm in range(3))
    changed = set(g.space.taken(6)) ^ set(g.space.taken(9))
    assert changed == {"moe.modify", "uniroyal.delay", "uniroyal.accept"}
    (accord,) = conflict("elmira-1991").coalitions
    for member in accord.members:
        ranks = g.ranks[g.decision_makers.index(member)]
        assert ranks[9] > ranks[6]


# Garrison: where the tool and the definition differ


def test_garrison_differs_between_tool_and_definition_in_state_6_alone():
    """GMCR+ lets each opponent move at most once in a sanction; a legal sequence only forbids
    that anybody moves twice in a row."""
    tool, definition = by_engine("garrison", ONCE_PER_DM), by_engine("garrison")
    for concept in ("gmr", "smr"):
        assert set(definition[concept]) - set(tool[concept]) == {6}
        assert set(tool[concept]) < set(definition[concept])
        assert set(tool[concept]) - set(GARRISON_STALE) == {4, 10}
    for concept in ("nash", "seq"):
        assert tool[concept] == definition[concept]


def test_garrison_state_6_hangs_on_one_opponent_moving_twice():
    """Canadian Opposition improves from 6 to 2; US Support, US Opposition, US Support take it to 3."""
    model = definitions("garrison")
    s = dict(enumerate(model.states, start=1))
    support, opposition, canada = 0, 1, 2
    others = (0, 1, 3)
    assert model.can(canada, s[6], s[2])
    assert model.better(canada, s[2], s[6])
    for mover, origin, target in ((support, 2, 1), (opposition, 1, 4), (support, 4, 3)):
        assert model.can(mover, s[origin], s[target])
    assert not model.better(canada, s[3], s[6])
    assert s[3] in legal_sequences(model, others, s[2], ALL_MOVES)
    once = once_per_dm(model, others, s[2], ALL_MOVES)
    assert all(model.better(canada, q, s[6]) for q in once)
