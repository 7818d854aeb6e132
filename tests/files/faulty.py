"""Faulty model files: a base that reads, changes that break it, and what must be said where.

Each entry names the code, the line and the column of the fault that the change causes, and
nothing else may be reported.
"""

from __future__ import annotations

from hypothesis import settings

from standoff.errors import Fault, ModelError
from standoff.files.reading import read_all_text
from tests.example import TEXT

REPEATABLE = settings(max_examples=100, deadline=None, derandomize=True, database=None)
"""For property tests: the same examples on every run, however slow the machine."""

GRAPH = """\
standoff: 1
name: Three states
decision_makers:
  a:
    moves: [[start, talk], [talk, start]]
    ranking: [talk, start, war]
  b:
    moves: [[talk, war]]
    ranking: [talk, [start, war]]
states: [start, talk, war]
status_quo: start
"""

RICH = """\
standoff: 1
name: With evidence
decision_makers:
  us:
    options:
      relief: {label: Relief, note: n, evidence: assumption}
    prefers:
      - {id: one, statement: us.relief}
      - {id: two, statement: not us.relief}
    evidence:
      - {source: s, start: 5, end: 9, says: it, stance: supports, directness: reported}
  dprk:
    options: {test: Test}
    weights: {us.relief: 0.1, not dprk.test: 0.2}
  rok:
    ranking: [[s1, s2], none_left, s4]
status_quo: []
states: {none_left: [dprk.test]}
coalitions: {allies: [us, rok]}
sources: {s: {title: T, masked: [[20, 30]]}}
variants:
  dovish: {as_of: 2019-07-01, decision_makers.us.prefers: [us.relief]}
"""


def faults_in(text: str) -> tuple[Fault, ...]:
    """What is wrong with the base and all variants; nothing but a ModelError may be raised."""
    try:
        read_all_text(text)
    except ModelError as error:
        return error.faults
    return ()


def changed(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, old
    return text.replace(old, new)


def example(old: str, new: str) -> str:
    return changed(TEXT, old, new)


def graph(old: str, new: str) -> str:
    return changed(GRAPH, old, new)


def rich(old: str, new: str) -> str:
    return changed(RICH, old, new)


FAULTY: list[tuple[str, str, int, int]] = [
    # YAML
    ("file-empty", "", 1, 1),
    ("file-empty", "# only a comment\n", 2, 1),
    ("not-yaml", "standoff: 1: 2\n", 1, 12),
    ("not-yaml", example("status_quo: []", "status_quo: ["), 25, 7),
    ("not-yaml", example("name: Two-party example", "name: 'Two"), 26, 1),
    ("not-yaml", example("name: Two-party example", "name: @home"), 2, 7),
    ("not-yaml", example("name: Two-party example", "name: \x07"), 2, 7),
    ("not-yaml", example("name: Two-party example", 'name: "\\q"'), 2, 9),
    ("not-yaml", example("name: Two-party example", 'name: "\\U99999999"'), 2, 5),
    ("not-yaml", example("status_quo: []", "\tstatus_quo: []"), 23, 1),
    ("not-yaml", "%YAML 1." + "1" * 5000 + "\n---\nstandoff: 1\n", 1, 1),
    ("yaml-version", "%YAML 1.1\n---\nstandoff: 1\n", 1, 1),
    ("yaml-tag", example("name: Two-party example", "name: !!python/name:os.system x"), 2, 7),
    ("yaml-tag", example("- dprk.freeze", "- !not dprk.freeze"), 12, 9),
    ("several-documents", TEXT + "---\nstandoff: 1\n", 26, 1),
    ("unknown-alias", example("name: Two-party example", "name: *who"), 2, 7),
    ("recursive-alias", TEXT + "x-loop: &loop [*loop]\n", 26, 16),
    ("duplicate-key", TEXT + "name: Again\n", 26, 1),
    ("key-not-text", TEXT + "? [a]\n: b\n", 26, 3),
    ("too-deep", TEXT + "x-deep: " + "[" * 41 + "\n", 26, 48),
    ("line-too-long", "x" * 20_001, 1, 1),
    ("torn-statement", example("  - at_most_one(dprk.freeze, dprk.test)", "  [at_most_one(dprk.freeze, dprk.test)]"), 20, 4),
    (
        "torn-statement",
        example("  - at_most_one(dprk.freeze, dprk.test)", "  - {statement: at_most_one(dprk.freeze, dprk.test)}"),
        20,
        17,
    ),
    # shape
    ("not-a-mapping", "- a\n- b\n", 1, 1),
    ("not-a-mapping", "just text\n", 1, 1),
    ("newer-format", "standoff: 2\nnew_key: [\n]\n", 1, 11),
    ("bad-version", example("standoff: 1", "standoff: '1'"), 1, 11),
    ("bad-version", example("standoff: 1", "standoff: 0"), 1, 11),
    ("bad-version", example("standoff: 1", "standoff:"), 1, 9),
    ("missing-key", example("standoff: 1\n", ""), 1, 1),
    ("missing-key", example("status_quo: []\n", ""), 1, 1),
    ("missing-key", example("statement: not us.relief, ", ""), 13, 9),
    ("unknown-key", example("as_of:", "asof:"), 3, 1),
    ("unknown-key", example("note: small", "nota: small"), 13, 51),
    ("reserved-key", TEXT + "calendar: []\n", 26, 1),
    ("wrong-type", example("    prefers: [us.relief, not us.exercises, not dprk.freeze]", "    prefers: us.relief"), 18, 14),
    ("wrong-type", example("  - at_most_one(dprk.freeze, dprk.test)", "  - 5"), 20, 5),
    ("wrong-type", example("name: Two-party example", "name: 1984"), 2, 7),
    ("wrong-type", example("name: Two-party example", "name: [a]"), 2, 7),
    ("wrong-type", example("    options: {freeze: Freeze production, test: Resume tests}", "    options: [freeze, test]"), 17, 14),
    ("wrong-type", rich("{us.relief: 0.1,", "{us.relief: '0.1',"), 14, 26),
    ("wrong-type", rich("start: 5", "start: -5"), 11, 28),
    ("empty-text", example("name: Two-party example", "name:"), 2, 5),
    ("empty-text", example("name: Two-party example", "name: '  '"), 2, 7),
    ("control-character", example("name: Two-party example", 'name: "\\e[31m"'), 2, 7),
    ("control-character", example("name: Two-party example", 'name: "\\ud800"'), 2, 7),
    ("bad-date", example("as_of: 2019-07-01", "as_of: 2019-02-30"), 3, 8),
    ("bad-date", example("as_of: 2019-07-01", "as_of: 1 July 2019"), 3, 8),
    ("wrong-type", example("    name: United States", "    bearable: [relief]"), 6, 15),
    ("empty-text", example("    name: United States", "    bearable:"), 6, 13),
    ("missing-key", example("    name: United States", "    bearable: {note: n}"), 6, 15),
    ("unknown-key", example("    name: United States", "    bearable: {statement: relief, nota: n}"), 6, 35),
    ("unknown-option", example("    name: United States", "    bearable: not us.releif"), 6, 19),
    ("unknown-option", example("    name: United States", "    bearable: {statement: us.releif}"), 6, 27),
    ("unknown-source", example("    name: United States", "    bearable: {statement: relief, evidence: [{source: t, start: 1, end: 2, says: x, stance: supports, directness: reported}]}"), 6, 55),
    ("wrong-type", graph("    moves: [[talk, war]]", "    moves: [[talk, war]]\n    bearable: talk"), 9, 15),
    ("missing-key", graph("    moves: [[talk, war]]", "    moves: [[talk, war]]\n    bearable: {note: n}"), 9, 15),
    ("unknown-state", graph("    moves: [[talk, war]]", "    moves: [[talk, war]]\n    bearable: [talk, wor]"), 9, 22),
    ("duplicate-state", graph("    moves: [[talk, war]]", "    moves: [[talk, war]]\n    bearable: [talk, talk]"), 9, 22),
    ("bad-sha256", rich("{title: T,", "{title: T, sha256: abc,"), 20, 33),
    # names
    ("bad-name", rich("  rok:\n", "  ROK:\n").replace("[us, rok]", "[us, ROK]"), 15, 3),
    ("bad-name", rich("{test: Test}", "{test: Test, re-test: Again}"), 13, 27),
    ("name-is-keyword", rich("{test: Test}", "{test: Test, not: No}"), 13, 27),
    ("bad-id", rich("id: two", "id: Two"), 9, 10),
    ("bad-id", rich("allies:", "All ies:"), 19, 14),
    ("bad-label", rich("ranking: [[s1, s2], none_left,", "ranking: [[s1, s2],").replace("{none_left:", "{none left:"), 18, 10),
    ("bad-label", graph("[start, talk, war]\nstatus", "[start, talk, war, 'no war']\nstatus"), 10, 28),
    ("numbered-name", rich("[[s1, s2], none_left", "[[s1, s2], s3").replace("{none_left:", "{s3:"), 18, 10),
    ("duplicate-id", rich("id: two", "id: one"), 9, 9),
    ("name-taken", rich("{allies: [us, rok]}", "{rok: [us, rok]}"), 19, 14),
    ("duplicate-state", graph("[start, talk, war]\nstatus", "[start, talk, war, talk]\nstatus"), 10, 28),
    # statements
    ("statement-cut-off", example("- dprk.freeze", "- dprk.freeze and"), 12, 24),
    ("statement-cut-off", example("- us.exercises if dprk.test", "- (us.exercises if dprk.test"), 14, 9),
    ("empty-text", example("- dprk.freeze", "- ' '"), 12, 9),
    ("empty-text", example("- dprk.freeze", "-"), 12, 8),
    ("statement-syntax", example("- us.exercises if dprk.test", "- us.exercises -> dprk.test"), 14, 22),
    ("statement-syntax", example("- us.exercises if dprk.test", "- 'us.exercises & dprk.test'"), 14, 23),
    ("statement-syntax", example("- us.exercises if dprk.test", "- us.exercises IF dprk.test"), 14, 22),
    ("statement-chained", example("- us.exercises if dprk.test", "- us.relief if dprk.test if dprk.freeze"), 14, 32),
    ("statement-too-long", example("- us.exercises if dprk.test", "- us.relief" + " and us.relief" * 300), 14, 9),
    ("statement-too-deep", example("- us.exercises if dprk.test", "- " + "not " * 50 + "us.relief"), 14, 169),
    ("not-a-literal", example("irreversible: []", "irreversible: [us.relief or dprk.test]"), 21, 16),
    # references
    ("unknown-option", example("- us.exercises if dprk.test", "- us.exercises if dprk.tset"), 14, 25),
    ("unknown-option", example("- us.exercises if dprk.test", "- us.exercises\n        if dprk.tset"), 14, 9),
    ("unknown-option", example("deal: [us.relief,", "deal: [us.releif,"), 25, 10),
    ("unknown-decision-maker", example("- us.exercises if dprk.test", "- us.exercises if drpk.test"), 14, 25),
    ("unknown-decision-maker", rich("[us, rok]", "[us, rock]"), 19, 27),
    ("unknown-decision-maker", example("forbidden_moves: []", "forbidden_moves: [{by: uk, from: test, to: freeze}]"), 22, 24),
    ("ambiguous-option", rich("{test: Test}", "{test: Test, relief: R}").replace("id: one, statement: us.", "id: one, statement: "), 8, 30),
    ("unknown-state", rich("none_left, s4", "none_lift, s4"), 16, 25),
    ("unknown-state", graph("[[talk, war]]", "[[talk, wor]]"), 8, 20),
    ("unknown-state", graph("status_quo: start", "status_quo: begin"), 11, 13),
    ("unknown-source", rich("source: s,", "source: t,"), 11, 18),
    ("unknown-choice", rich("stance: supports", "stance: support"), 11, 57),
    # the model
    ("no-decision-makers", "standoff: 1\nname: N\ndecision_makers: {}\nstatus_quo: []\n", 3, 18),
    ("no-options", "standoff: 1\nname: N\ndecision_makers: {a: {prefers: []}}\nstatus_quo: []\n", 3, 1),
    ("no-preference", rich("    ranking: [[s1, s2], none_left, s4]", "    name: Seoul"), 15, 3),
    ("several-preferences", rich("    ranking: [[s1, s2], none_left, s4]", "    prefers: []\n    weights: {}"), 17, 5),
    ("mixed-forms", rich("    ranking: [[s1,", "    moves: []\n    ranking: [[s1,"), 16, 5),
    ("mixed-forms", graph("    ranking: [talk, [start, war]]", "    prefers: []"), 9, 5),
    ("mixed-forms", GRAPH + "feasible: []\n", 12, 1),
    ("mixed-forms", example("states:\n  deal: [us.relief, dprk.freeze]", "states: [deal]"), 24, 1),
    ("no-states", "standoff: 1\nname: N\ndecision_makers: {a: {moves: [], ranking: []}}\nstates: []\nstatus_quo: s\n", 4, 9),
    ("bad-move", graph("[[talk, war]]", "[[talk, talk]]"), 8, 13),
    ("bad-move", graph("[[talk, war]]", "[[talk]]"), 8, 13),
    ("option-twice", example("status_quo: []", "status_quo: [us.relief, not us.relief]"), 23, 25),
    ("empty-coalition", rich("[us, rok]", "[]"), 19, 22),
    ("member-twice", rich("[us, rok]", "[us, rok, us]"), 19, 32),
    ("variant-path", rich("decision_makers.us.prefers:", "decision_makers.uk.prefers:"), 22, 31),
    ("variant-path", rich("decision_makers.us.prefers:", "decision_makers.us.prefer:"), 22, 31),
    ("variant-path", rich("decision_makers.us.prefers:", "decision_makers.us.prefers.0:"), 22, 31),
    ("variant-path", rich("decision_makers.us.prefers:", "standoff:"), 22, 31),
    ("wrong-type", rich("  dovish: {as_of: 2019-07-01, decision_makers.us.prefers: [us.relief]}", "  dovish: soft"), 22, 11),
    ("too-many-variants", RICH + "".join(f"  v{i}: {{}}\n" for i in range(100)), 122, 3),
    # evidence
    ("bad-evidence", rich("evidence: assumption", "evidence: assumed"), 6, 50),
    ("bad-evidence", rich("evidence: assumption", "evidence: []"), 6, 50),
    ("bad-passage", rich("start: 5", "start: 9"), 11, 28),
    ("masked-passage", rich("end: 9", "end: 21"), 11, 28),
    ("bad-region", rich("[[20, 30]]", "[[30, 20]]"), 20, 34),
    ("bad-region", rich("[[20, 30]]", "[[30]]"), 20, 34),
]  # fmt: skip
