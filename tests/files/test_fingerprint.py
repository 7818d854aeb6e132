from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff.files.reading import read_text
from standoff.files.writing import render
from standoff.model.conflict import Conflict, Ranking
from standoff.model.fingerprint import fingerprint
from tests.example import TEXT
from tests.files.faulty import GRAPH, REPEATABLE, RICH, example, graph, rich
from tests.oracles.conflicts import conflicts


def of(text, variant=None):
    return fingerprint(read_text(text, variant=variant).conflict)


def test_it_is_a_sha256_and_does_not_change_from_version_to_version():
    assert of(TEXT) == "sha256:b81639bf4521ee1465c5a7850bd2ccb6298056519743bcc28913e9a90eeb9687"


SAME = [
    (TEXT, "# a comment\n" + TEXT),
    (TEXT, example("name: Two-party example", "name: Another name\nnote: A note")),
    (TEXT, example("    name: United States\n", "")),
    (TEXT, example("Grant partial relief  ", "Some relief")),
    (TEXT, example("relief: Grant partial relief ", "relief: {label: L, note: n, evidence: assumption} ")),
    (
        TEXT,
        example("{id: no-crumbs, statement: not us.relief, note: small deals reward delay}", "not us.relief"),
    ),
    (TEXT, example("us.exercises if dprk.test", "dprk.test implies us.exercises")),
    (TEXT, example("at_most_one(dprk.freeze, dprk.test)", "at_most_one(test, freeze)")),
    (TEXT, example("{freeze: Freeze production, test: Resume tests}", "{test: T, freeze: F}")),
    (TEXT, example("  deal: [us.relief, dprk.freeze]", "  pact: [dprk.freeze, us.relief]")),
    (TEXT, example("status_quo: []", "status_quo: [{literal: not us.relief, note: n}]")),
    (TEXT, TEXT + "x-mine: 1\nsources: {s: {title: T}}\nvariants: {v: {name: N}}\n"),
    (
        TEXT,
        example("irreversible: []\n", "").replace("states:", "irreversible: []\nstates:"),
    ),
    (RICH, rich("none_left, s4]", "none, s4]").replace("none_left:", "none:")),
    (RICH, rich("[[s1, s2], none", "[[s2, s1], none")),
    (RICH, rich("{us.relief: 0.1, not dprk.test: 0.2}", "{not dprk.test: 0.20, relief: .1}")),
    (RICH, rich("allies: [us, rok]", "allies: [rok, us]")),
    (GRAPH, graph("states: [start, talk, war]", "states: [war, talk, start]")),
    (GRAPH, graph("[[start, talk], [talk, start]]", "[[talk, start], [start, talk]]")),
]


@pytest.mark.parametrize(("one", "other"), SAME, ids=range(len(SAME)))
def test_what_says_the_same_has_the_same_fingerprint(one, other):
    assert one != other
    assert of(one) == of(other)


DIFFERENT = [
    (TEXT, example("as_of: 2019-07-01", "as_of: 2019-07-02")),
    (TEXT, example("- dprk.freeze", "- not dprk.freeze")),
    (
        TEXT,
        example(
            "[us.relief, not us.exercises, not dprk.freeze]", "[not us.exercises, us.relief, not dprk.freeze]"
        ),
    ),
    (TEXT, example("at_most_one", "at_least_one")),
    (TEXT, example("irreversible: []", "irreversible: [test]")),
    (TEXT, example("irreversible: []", "irreversible: [not test]")),
    (TEXT, example("forbidden_moves: []", "forbidden_moves: [{by: us, from: test, to: relief}]")),
    (TEXT, example("status_quo: []", "status_quo: [relief]")),
    (TEXT, example("exercises: Resume exercises", "exercises: Resume exercises\n      talks: Talk")),
    (TEXT, TEXT + "coalitions: {all: [us, dprk]}\n"),
    (RICH, rich("us.relief: 0.1", "us.relief: 0.11")),
    (RICH, rich("[[s1, s2], none_left, s4]", "[s1, s2, none_left, s4]")),
    (RICH, rich("{none_left: [dprk.test]}", "{none_left: [us.relief]}")),
    (RICH, rich("[us, rok]", "[us, dprk]")),
    (GRAPH, graph("status_quo: start", "status_quo: talk")),
    (GRAPH, graph("[[talk, war]]", "[[talk, war], [war, talk]]")),
    (GRAPH, graph("[talk, [start, war]]", "[talk, start, war]")),
]


@pytest.mark.parametrize(("one", "other"), DIFFERENT, ids=range(len(DIFFERENT)))
def test_what_says_something_else_has_another_one(one, other):
    assert of(one) != of(other)


def test_a_variant_is_resolved_first():
    written_out = rich("name: With evidence", "name: W\nas_of: 2019-07-01").replace(
        "      - {id: one, statement: us.relief}\n      - {id: two, statement: not us.relief}\n",
        "      - us.relief\n",
    )
    assert of(RICH, "dovish") == of(written_out) != of(RICH)


def test_the_order_of_options_counts_only_where_numbered_states_are_ranked():
    two = "standoff: 1\nname: N\nstatus_quo: []\nstates: {n: [], x: [d.a], y: [d.b], z: [d.a, d.b]}\ndecision_makers:\n"
    named = two + "  d: {options: {a: A, b: B}, ranking: [x, y, n, z]}\n"
    numbered = two.replace("x: [d.a], ", "") + "  d: {options: {a: A, b: B}, ranking: [s2, y, n, z]}\n"
    swapped = ("{a: A, b: B}", "{b: B, a: A}")
    assert of(named) == of(named.replace(*swapped))
    assert of(numbered) != of(numbered.replace(*swapped))


def shuffled(conflict: Conflict, random: Random) -> Conflict:
    """The same conflict in another order, with other names for display."""
    numbered = any(isinstance(dm.preference, Ranking) for dm in conflict.decision_makers)

    def mixed(values):
        return tuple(random.sample(values, len(values)))

    makers = [
        replace(
            dm,
            name="Other",
            note="n",
            options=tuple(replace(option, label="other") for option in dm.options),
            moves=mixed(dm.moves),
        )
        for dm in conflict.decision_makers
    ]
    if not numbered or conflict.is_graph_form:
        makers = [replace(dm, options=mixed(dm.options)) for dm in mixed(makers)]
    return replace(
        conflict,
        name="Other",
        decision_makers=tuple(makers),
        feasible=tuple(
            replace(rule, id=f"r{n}", note="n") for n, rule in enumerate(mixed(conflict.feasible))
        ),
        irreversible=mixed(conflict.irreversible),
        forbidden_moves=mixed(conflict.forbidden_moves),
        states=mixed(conflict.states),
    )


@REPEATABLE
@given(conflicts(), st.randoms(use_true_random=False))
def test_order_and_labels_do_not_count(conflict, random):
    assert fingerprint(shuffled(conflict, random)) == fingerprint(conflict)


@REPEATABLE
@given(conflicts())
def test_a_conflict_and_its_rendered_file_have_the_same(conflict):
    if not any(
        "/" in str(w) for dm in conflict.decision_makers for _, w in getattr(dm.preference, "weights", ())
    ):
        assert of(render(conflict)) == fingerprint(conflict)
