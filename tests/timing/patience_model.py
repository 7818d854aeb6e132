"""The core case of `closed_form.patience` as a graph model, so that the general solver can be tried on it."""

from __future__ import annotations


def patience_text(b: float, lam: float, g: float, s1: float, s0: float, c: float, r: float) -> str:
    """Wait, a deal, a pivot; the pivot is worth less against a side that does not yield to it.

    A deal is worth g as a flow of r g; after the pivot the flow is r s0, and r y once a yielding side
    yields to it, with y such that the pivot is worth s1 against it.
    """
    y = ((r + lam) * s1 - r * s0) / lam
    return f"""\
standoff: 1
name: Patience
as_of: 2020-01-01
decision_makers:
  us: {{moves: [[wait, pressed]], ranking: [deal, wait, pressed, yielded]}}
  them: {{moves: [[wait, deal], [pressed, yielded]], ranking: [wait, deal, pressed, yielded]}}
states: [wait, deal, pressed, yielded]
status_quo: wait
types:
  them:
    yielding: {{prior: {{probability: {b}, evidence: assumption}}, ranking: [deal, yielded, wait, pressed]}}
    obstinate: {{prior: {{probability: {1 - b:.10g}, evidence: assumption}}, ranking: [wait, pressed, deal, yielded]}}
timing:
  focal: us
  discount: {{per_year: {r}, evidence: assumption}}
  opportunities: {{them: {{per_year: {lam}, evidence: assumption}}}}
  choice: {{kappa: best, evidence: assumption}}
  payoffs:
    - {{per_year: {-c}, while: [wait], evidence: assumption}}
    - {{per_year: {r * g:.12f}, while: [deal], evidence: assumption}}
    - {{per_year: {r * s0:.12f}, while: [pressed], evidence: assumption}}
    - {{per_year: {r * y:.12f}, while: [yielded], evidence: assumption}}
  pivots:
    press: {{label: Press, to: pressed, cost_once: 0, evidence: assumption}}
"""
