"""A small model that uses every part of the blocks about time."""

TEXT = """\
standoff: 1
name: Waiting
as_of: 2019-07-01
decision_makers:
  us:
    options: {press: Press, talk: Talk}
    prefers: [not dprk.test, us.talk]
  dprk:
    options: {deal: Take the deal, test: Test}
    prefers: [not us.press, not dprk.deal]
feasible:
  - at_most_one(dprk.deal, dprk.test)
irreversible: [dprk.deal]
status_quo: [us.talk]
types:
  dprk:
    dealer:
      name: Would deal
      prior: {probability: 0.3, evidence: assumption}
      prefers: [dprk.deal, not us.press]
      from_level:
        - {stock: arsenal, at_least: 9, prefers: [not dprk.deal]}
      evidence: assumption
    keeper:
      prior: {probability: 0.7, evidence: assumption}
      prefers: [not dprk.deal, dprk.test]
timing:
  focal: us
  discount: {per_year: 0.1, evidence: assumption}
  opportunities:
    dprk: {per_year: 2, evidence: assumption, note: two a year}
  choice: {kappa: 4, moves_ahead: 1, evidence: assumption}
  within: us.talk or us.press
  stocks:
    arsenal:
      label: Weapons
      unit: weapons
      most: 10
      start: 2
      changes:
        - {by: 1, per_year: 6, while: not dprk.deal, evidence: assumption}
        - {by: -1, per_year: 0.5, while: dprk.deal, type: dealer, evidence: assumption}
      evidence: assumption
  payoffs:
    - {per_year: 5, while: dprk.deal, evidence: assumption}
    - {stock: arsenal, per_unit_and_year: -0.1, evidence: assumption}
  pivots:
    pressure:
      label: Pressure
      sets: [us.press, not us.talk]
      cost_once: 0.5
      evidence: assumption
    friendly: {label: Friendly, sets: [not us.press], cost_once: 0, evidence: assumption}
  signals:
    insult:
      label: Insults
      rates:
        - {per_year: 0.6, type: dealer, evidence: assumption}
        - {per_year: 1.2, type: keeper, while: us.talk, evidence: assumption}
  policies:
    patient: {label: Wait for ever}
    mixed:
      label: Wait, then press
      posture: [us.talk]
      pivot: pressure
      until:
        - {on: 2020-12-31}
        - {belief_at_most: 0.1, type: dealer}
        - {stock: arsenal, at_least: 8}
        - {while: dprk.deal and us.press, pivot: friendly}
    now: {label: Press at once, pivot: pressure, until: [at once]}
  log:
    begins: 2019-01-01
    state: [us.talk]
    stocks: {arsenal: 1}
events:
  - {day: 2019-02-01, label: An insult, signal: insult, evidence: assumption}
  - {day: 2019-03-01, label: Another weapon, stock: arsenal, by: 1, evidence: assumption}
  - {day: 2019-04-17, label: A test, mover: dprk, sets: [dprk.test], group: spring, evidence: assumption}
  - {day: 2019-05-17, label: No more tests, mover: dprk, sets: [not dprk.test], evidence: assumption}
contingency:
  on-insult: {label: After an insult, trigger: {signal: insult}, pivot: pressure}
  on-silence: {label: After half a year, trigger: {silence_months: 6}, pivot: pressure}
  on-growth: {label: Too many, trigger: {stock: arsenal, at_least: 8}, pivot: pressure}
  on-test: {label: After a test, trigger: {while: dprk.test}, pivot: pressure, evidence: assumption}
"""

GRAPH = """\
standoff: 1
name: Three states
decision_makers:
  us: {moves: [[wait, pressed]], ranking: [deal, wait, pressed]}
  them: {moves: [[wait, deal]], ranking: [wait, deal, pressed]}
states: [wait, deal, pressed]
status_quo: wait
types:
  them:
    yielding: {prior: {probability: 0.5, evidence: assumption}, ranking: [deal, wait, pressed]}
    obstinate: {prior: {probability: 0.5, evidence: assumption}, ranking: [wait, deal, pressed]}
timing:
  focal: us
  discount: {per_year: 0.1, evidence: assumption}
  opportunities: {them: {per_year: 0.6, evidence: assumption}}
  choice: {kappa: best, evidence: assumption}
  payoffs:
    - {per_year: -0.5, while: [wait], evidence: assumption}
  pivots:
    stop: {label: Stop, to: pressed, cost_once: 0, evidence: assumption}
  log: {begins: 2019-01-01, state: wait}
events:
  - {day: 2019-02-01, label: It yields, mover: them, to: deal, evidence: assumption}
"""
