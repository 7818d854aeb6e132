"""A phased deal in which every key of the block `roadmap` stands."""

TEXT = """\
standoff: 1
name: Phased
decision_makers:
  us:
    name: United States
    options: {relief: Relief, press: Press}
    prefers: [dprk.dismantle, dprk.freeze, not us.relief, us.press]
  dprk:
    name: North Korea
    options: {freeze: Freeze, dismantle: Dismantle}
    prefers: [us.relief, not dprk.dismantle, not dprk.freeze, not us.press]
  china:
    name: China
    options: {fuel: Deliver fuel}
    prefers: [not us.press, china.fuel]
feasible:
  - dprk.freeze if dprk.dismantle
  - at_most_one(us.relief, us.press)
status_quo: [us.press]
states:
  today: [us.press]
  frozen: [us.press, dprk.freeze]
  eased: [us.relief, dprk.freeze]
  deal: [us.relief, dprk.freeze, dprk.dismantle]
types:
  dprk:
    dealer:
      name: Would deal
      prior: {probability: 0.3, evidence: assumption}
      prefers: [us.relief, not us.press, not dprk.dismantle]
    keeper:
      name: Keeps its weapons
      prior: {probability: 0.7, evidence: assumption}
      prefers: [not dprk.dismantle, us.relief, not dprk.freeze]
timing:
  focal: us
  discount: {per_year: 0.08, evidence: assumption}
  opportunities: {dprk: {per_year: 1, evidence: assumption}}
  pivots:
    harden: {label: Hardening, sets: [us.press], cost_once: 0, evidence: assumption}
roadmap:
  step: {months: 6, evidence: assumption, note: twice a year}
  detection: {months: 3, evidence: assumption}
  steps: [frozen, eased, deal]
  reversion: {to: today, evidence: assumption}
  parties:
    us:
      discount: {per_year: 0.1, evidence: assumption}
      payoffs:
        - {per_year: 3, while: dprk.freeze, evidence: assumption}
        - {per_year: 5, while: dprk.dismantle, evidence: assumption}
        - {per_year: -2, while: us.relief, evidence: assumption}
    dprk:
      payoffs:
        - {per_year: 6, while: us.relief, evidence: assumption}
        - {per_year: -1, while: dprk.freeze, evidence: assumption}
        - {per_year: -3, while: dprk.dismantle, type: dealer, evidence: assumption}
        - {per_year: -9, while: dprk.dismantle, type: keeper, evidence: assumption}
  safeguards:
    inspectors: {label: Inspectors on site, against: dprk, detection: {months: 1, evidence: assumption}}
    snapback:
      label: Snapback
      against: dprk
      reversion: {sets: [us.press, not us.relief], evidence: assumption}
"""
