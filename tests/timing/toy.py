"""A made-up model: waiting for a deal while an arsenal grows."""

TOY = """\
standoff: 1
name: Toy
as_of: 2020-01-01
decision_makers:
  us: {options: {contain: Contain}, prefers: [not us.contain]}
  dprk: {options: {test: Test, deal: Take the deal}, prefers: [dprk.test]}
feasible:
  - not (dprk.deal and (dprk.test or us.contain))
irreversible: [dprk.deal]
status_quo: []
states: {x: [dprk.test], c: [us.contain], cx: [us.contain, dprk.test], d: [dprk.deal]}
types:
  dprk:
    dealable:
      prior: {probability: 0.4, evidence: assumption}
      ranking: [s1, d, c, x, cx]
      from_level: [{stock: pressure, at_least: 2, ranking: [d, s1, c, x, cx]}]
    holdout:
      prior: {probability: 0.6, evidence: assumption}
      ranking: [x, s1, cx, c, d]
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
        - {by: 1, per_year: 3, while: not us.contain and not dprk.deal, evidence: assumption}
        - {by: 1, per_year: 1.5, while: us.contain, evidence: assumption}
    pressure:
      label: Pressure
      unit: levels
      most: 3
      start: 2
      evidence: assumption
      changes:
        - {by: 1, per_year: 0.3, while: not us.contain and not dprk.deal, evidence: assumption}
        - {by: -1, per_year: 0.5, while: not us.contain and not dprk.deal, evidence: assumption}
        - {by: 1, per_year: 1, while: us.contain, evidence: assumption}
        - {by: -1, per_year: 0.2, while: us.contain, evidence: assumption}
  payoffs:
    - {per_year: -0.3, while: dprk.test and not us.contain, evidence: assumption}
    - {per_year: -0.25, while: us.contain and not dprk.test, evidence: assumption}
    - {per_year: -0.35, while: us.contain and dprk.test, evidence: assumption}
    - {per_year: 0.5, while: dprk.deal, evidence: assumption}
    - {stock: arsenal, per_unit_and_year: -0.06, while: not us.contain and not dprk.deal, evidence: assumption}
    - {stock: arsenal, per_unit_and_year: -0.02, while: us.contain, evidence: assumption}
  pivots:
    contain: {label: Contain, sets: [us.contain], cost_once: 0.5, evidence: assumption}
  signals:
    hard:
      label: Hard words
      rates:
        - {per_year: 0.6, type: dealable, while: not us.contain and not dprk.deal, evidence: assumption}
        - {per_year: 1.2, type: holdout, while: not us.contain and not dprk.deal, evidence: assumption}
    soft:
      label: Soft words
      rates:
        - {per_year: 1, type: dealable, while: not us.contain and not dprk.deal, evidence: assumption}
        - {per_year: 0.4, type: holdout, while: not us.contain and not dprk.deal, evidence: assumption}
"""
