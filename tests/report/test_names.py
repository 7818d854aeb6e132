"""Names in sentences tell apart what the file calls by the same name."""

from standoff import analyse
from standoff.analyses.changes import compared
from standoff.files.reading import read_text
from standoff.report.changes import told
from standoff.report.names import dm_name, option_label

TWINS = """
standoff: 1
name: Twins
decision_makers:
  north: {name: Guards, options: {open: Open the gate, shut: Open the gate}, prefers: [north.open]}
  south: {name: Guards, options: {open: Open the gate}, prefers: [south.open]}
  ruler: {name: Ruler, options: {wait: Wait}, prefers: [ruler.wait]}
status_quo: []
"""


def test_decision_makers_of_one_name_are_told_with_their_ids():
    study = analyse(read_text(TWINS))
    assert [dm_name(study, dm) for dm in study.decision_makers] == [
        "Guards (north)",
        "Guards (south)",
        "Ruler",
    ]


def test_options_of_one_label_are_told_with_owner_or_id():
    study = analyse(read_text(TWINS))
    assert option_label(study, "north.open") == "Guards (north): Open the gate (open)"
    assert option_label(study, "north.shut", owned=True) == "Open the gate (shut)"
    assert option_label(study, "south.open") == "Guards (south): Open the gate"
    assert option_label(study, "ruler.wait") == "Wait"


def test_compare_tells_them_apart_too():
    newer = TWINS.replace("prefers: [north.open]", "prefers: [south.open, north.open]")
    told_of = told(compared(read_text(TWINS).conflict, read_text(newer).conflict))
    assert any("Guards (north) has a new statement" in line for line in told_of.changes)
