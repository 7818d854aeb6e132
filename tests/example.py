"""A made-up example of two parties, whose answers were worked out apart from this program."""

TEXT = """\
standoff: 1
name: Two-party example
as_of: 2019-07-01
decision_makers:
  us:
    name: United States
    options:
      relief: Grant partial relief            # id: label, or a mapping {label, note, evidence}
      exercises: Resume exercises
    prefers:                                  # option prioritising: most important first
      - not dprk.test
      - dprk.freeze
      - {id: no-crumbs, statement: not us.relief, note: small deals reward delay}
      - us.exercises if dprk.test
  dprk:
    name: North Korea
    options: {freeze: Freeze production, test: Resume tests}
    prefers: [us.relief, not us.exercises, not dprk.freeze]
feasible:                                     # statements that every state must satisfy
  - at_most_one(dprk.freeze, dprk.test)
irreversible: []
forbidden_moves: []
status_quo: []
states:
  deal: [us.relief, dprk.freeze]
"""

NASH = {
    "us": ["s1", "s3", "s5", "s7", "s11"],
    "dprk": ["s1", "s2", "s3", "s4", "s9", "s10", "s11", "s12"],
}
EQUILIBRIA = {
    "nash": ["s1", "s3", "s11"],
    "gmr": ["s1", "s2", "s3", "s4", "s5", "deal", "s8", "s11"],
    "smr": ["s1", "s2", "s3", "s4", "s5", "deal", "s8", "s11"],
    "seq": ["s1", "s3", "deal", "s8", "s11"],
    "sseq": ["s1", "s3", "deal", "s8", "s11"],
}
