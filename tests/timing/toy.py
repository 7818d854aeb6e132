"""The toy model of the design's notes on timing: waiting for a deal while an arsenal grows."""

TOY = """\
standoff: 1
name: Toy
as_of: 2020-01-01
decision_makers:
  us: {moves: [[w, c], [x, cx]], ranking: [d, w, c, x, cx]}
  dprk:
    moves: [[w, x], [w, d], [x, w], [x, d], [c, cx], [cx, c]]
    ranking: [x, w, cx, c, d]
states: [w, x, c, cx, d]
status_quo: w
types:
  dprk:
    dealable:
      prior: {probability: 0.4, evidence: assumption}
      ranking: [w, d, c, x, cx]
      from_level: [{stock: pressure, at_least: 2, ranking: [d, w, c, x, cx]}]
    holdout:
      prior: {probability: 0.6, evidence: assumption}
      ranking: [x, w, cx, c, d]
timing:
  focal: us
  discount: {per_year: 0.1, evidence: assumption}
  opportunities: {dprk: {per_year: 1, evidence: assumption}}
  choice: {kappa: 6, evidence: assumption}
  stocks:
    arsenal:
      label: Arsenal
      unit: weapons
      most: 12
      start: 0
      evidence: assumption
      changes:
        - {by: 1, per_year: 3, while: [w, x], evidence: assumption}
        - {by: 1, per_year: 1.5, while: [c, cx], evidence: assumption}
    pressure:
      label: Pressure
      unit: levels
      most: 3
      start: 2
      evidence: assumption
      changes:
        - {by: 1, per_year: 0.3, while: [w, x], evidence: assumption}
        - {by: -1, per_year: 0.5, while: [w, x], evidence: assumption}
        - {by: 1, per_year: 1, while: [c, cx], evidence: assumption}
        - {by: -1, per_year: 0.2, while: [c, cx], evidence: assumption}
  payoffs:
    - {per_year: -0.3, while: [x], evidence: assumption}
    - {per_year: -0.25, while: [c], evidence: assumption}
    - {per_year: -0.35, while: [cx], evidence: assumption}
    - {per_year: 0.5, while: [d], evidence: assumption}
    - {stock: arsenal, per_unit_and_year: -0.06, while: [w, x], evidence: assumption}
    - {stock: arsenal, per_unit_and_year: -0.02, while: [c, cx], evidence: assumption}
  pivots:
    contain: {label: Contain, to: c, cost_once: 0.5, evidence: assumption}
    contain-tests: {label: Contain while it tests, to: cx, cost_once: 0.5, evidence: assumption}
  signals:
    hard:
      label: Hard words
      rates:
        - {per_year: 0.6, type: dealable, while: [w, x], evidence: assumption}
        - {per_year: 1.2, type: holdout, while: [w, x], evidence: assumption}
    soft:
      label: Soft words
      rates:
        - {per_year: 1, type: dealable, while: [w, x], evidence: assumption}
        - {per_year: 0.4, type: holdout, while: [w, x], evidence: assumption}
"""
