"""The benchmarks of phased deals as graph models, so that the general checker can be tried on them."""

from __future__ import annotations

from collections.abc import Sequence


def exchange(costs: Sequence[float], gains: Sequence[float], prize: float) -> str:
    """Two sides take steps at once; each costs a side costs[i] and gives it gains[i]; then comes a prize.

    Flows are paid for one period; whoever cheats in a step saves its cost, keeps what it received,
    and then everything is over.
    """
    number = len(costs)
    steps = range(1, number + 1)
    options = "{" + ", ".join(f"o{i}: Step {i}" for i in steps) + "}"
    rules = [
        line
        for i in steps[1:]
        for line in (f"a.o{i - 1} and b.o{i - 1} if a.o{i}", f"a.o{i - 1} and b.o{i - 1} if b.o{i}")
    ]
    rules += [f"a.o{number} and b.o{number} if fate.prize", "fate.prize if fate.done"]
    fixed = [f"{dm}.o{i}" for dm in "ab" for i in steps] + ["fate.prize", "fate.done"]
    states = [f"  p{i}: [{', '.join(f'{dm}.o{j}' for dm in 'ab' for j in range(1, i + 1))}]" for i in steps]
    everything = ", ".join(f"{dm}.o{j}" for dm in "ab" for j in steps)
    states += [f"  won: [{everything}, fate.prize]", f"  done: [{everything}, fate.prize, fate.done]"]
    return "\n".join(
        [
            "standoff: 1",
            "name: An exchange",
            "decision_makers:",
            f"  a: {{options: {options}, prefers: [not fate.over]}}",
            f"  b: {{options: {options}, prefers: [not fate.over]}}",
            "  fate:",
            "    options: {prize: The prize, done: It is over, over: Broken off}",
            "    prefers: [fate.done]",
            "feasible:",
            *(f"  - {rule}" for rule in rules),
            "irreversible:",
            *(f"  - {literal}" for literal in fixed),
            "status_quo: []",
            "states:",
            *states,
            "roadmap:",
            "  step: {months: 12, evidence: assumption}",
            f"  steps: [{', '.join(f'p{i}' for i in steps)}, won, done]",
            "  reversion: {sets: [fate.over], evidence: assumption}",
            "  parties:",
            *party("a", "b", costs, gains, prize),
            *party("b", "a", costs, gains, prize),
            "    fate: {payoffs: [{per_year: 0, evidence: assumption}]}",
            "",
        ]
    )


def party(one: str, other: str, costs: Sequence[float], gains: Sequence[float], prize: float) -> list[str]:
    """The payoffs of one side."""
    lines = [f"    {one}:", "      payoffs:"]

    def pay(amount: float, condition: str) -> None:
        lines.append(f"        - per_year: {amount:.18f}")
        lines.append(f"          while: {condition} and not fate.over")
        lines.append("          evidence: assumption")

    for place, (cost, gain) in enumerate(zip(costs, gains, strict=True), 1):
        last = place == len(costs)
        later = "not fate.prize" if last else f"not {one}.o{place + 1} and not {other}.o{place + 1}"
        pay(gain - cost, f"{one}.o{place} and {other}.o{place} and {later}")
        pay(gain, f"{other}.o{place} and not {one}.o{place}")
        pay(-cost, f"{one}.o{place} and not {other}.o{place}")
    pay(prize, "fate.prize and not fate.done")
    return lines


def prisoners(temptation: float, reward: float, punishment: float) -> str:
    """Both cooperate for ever, until one does not."""
    return f"""\
standoff: 1
name: Grim
decision_makers:
  a: {{options: {{c: Cooperate}}, prefers: [b.c, not a.c]}}
  b: {{options: {{c: Cooperate}}, prefers: [a.c, not b.c]}}
status_quo: []
states: {{both: [a.c, b.c]}}
roadmap:
  steps: [both]
  parties:
    a:
      payoffs:
        - {{per_year: {reward}, while: a.c and b.c, evidence: assumption}}
        - {{per_year: {temptation}, while: b.c and not a.c, evidence: assumption}}
        - {{per_year: {punishment}, while: not a.c and not b.c, evidence: assumption}}
    b:
      payoffs:
        - {{per_year: {reward}, while: a.c and b.c, evidence: assumption}}
        - {{per_year: {temptation}, while: a.c and not b.c, evidence: assumption}}
        - {{per_year: {punishment}, while: not a.c and not b.c, evidence: assumption}}
"""


def screened(loss: float, gain: float, rate: float, share: float) -> str:
    """A deal in two steps of a share and the rest, or whole; a good type honours it, a bad one cheats."""
    return f"""\
standoff: 1
name: A test
decision_makers:
  us: {{options: {{first: First part, second: Second part, whole: All at once}}, prefers: [us.whole]}}
  them: {{options: {{first: First part, second: Second part, whole: All at once}}, prefers: [us.whole]}}
  fate: {{options: {{done: Done, over: Over}}, prefers: [fate.done]}}
feasible:
  - us.first and them.first if us.second or them.second
  - not us.whole and not them.whole if us.first or them.first
  - (us.second and them.second) or (us.whole and them.whole) if fate.done
irreversible: [us.first, us.second, us.whole, fate.done, fate.over, them.first, them.second, them.whole]
status_quo: []
states:
  tested: [us.first, them.first]
  carried: [us.first, them.first, us.second, them.second]
  finished: [us.first, them.first, us.second, them.second, fate.done]
  jumped: [us.whole, them.whole]
  landed: [us.whole, them.whole, fate.done]
types:
  them:
    good: {{prior: {{probability: 0.5, evidence: assumption}}, prefers: [us.whole]}}
    bad: {{prior: {{probability: 0.5, evidence: assumption}}, prefers: [us.whole]}}
timing:
  focal: us
  discount: {{per_year: {rate:.17f}, evidence: assumption}}
  opportunities: {{}}
roadmap:
  step: {{months: 12, evidence: assumption}}
  reversion: {{sets: [fate.over], evidence: assumption}}
  parties:
    us:
      payoffs:
        - {{per_year: {share * gain:.17f}, while: "us.first and them.first and not us.second and not them.second and not fate.over", evidence: assumption}}
        - {{per_year: {(1 - share) * gain:.17f}, while: "them.second and not fate.done and not fate.over", evidence: assumption}}
        - {{per_year: {gain:.17f}, while: "them.whole and not fate.done and not fate.over", evidence: assumption}}
        - {{per_year: {-share * loss:.17f}, while: "us.first and not them.first and not fate.over", evidence: assumption}}
        - {{per_year: {-(1 - share) * loss:.17f}, while: "us.second and not them.second and not fate.over", evidence: assumption}}
        - {{per_year: {-loss:.17f}, while: "us.whole and not them.whole and not fate.over", evidence: assumption}}
    fate: {{payoffs: [{{per_year: 0, evidence: assumption}}]}}
    them:
      payoffs:
        - {{per_year: {share:.17f}, while: "us.first and not them.first and not fate.over", type: bad, evidence: assumption}}
        - {{per_year: {1 - share:.17f}, while: "us.second and not them.second and not fate.over", type: bad, evidence: assumption}}
        - {{per_year: 1, while: "us.whole and not them.whole and not fate.over", type: bad, evidence: assumption}}
        - {{per_year: 0, type: good, evidence: assumption}}
"""
