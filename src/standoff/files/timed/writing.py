"""The blocks about time as plain data, for writing a model file."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from standoff.files.timed.plans import AT_ONCE
from standoff.model.conflict import Conflict, Literal, Preference
from standoff.model.roadmap import Reversion, Roadmap, Safeguard, SideStakes
from standoff.model.statement import Statement
from standoff.model.timing import (
    Condition,
    Contingency,
    Event,
    LogStart,
    PartyType,
    Policy,
    Quantity,
    Signal,
    Stock,
    Timing,
    Trigger,
    Until,
)

Reasons = Callable[[Any, Any], dict[str, Any]]
Preferred = Callable[[Preference], dict[str, Any]]


def timed_document(conflict: Conflict, reasons: Reasons, preference: Preferred) -> dict[str, Any]:
    """Return the blocks about time of a conflict, those that it has.

    `reasons` and `preference` write the parts that the other blocks have too.
    """
    write = _Writer(reasons, preference)
    data: dict[str, Any] = {}
    if conflict.types:
        types = {each.id: write.type(each) for each in conflict.types.types}
        data["types"] = {conflict.types.decision_maker: types}
    if conflict.timing:
        data["timing"] = write.timing(conflict.timing)
    if conflict.events:
        data["events"] = [write.event(event) for event in conflict.events]
    if conflict.contingency:
        data["contingency"] = {plan.id: write.plan(plan) for plan in conflict.contingency}
    if conflict.roadmap:
        data["roadmap"] = write.roadmap(conflict.roadmap)
    return data


class _Writer:
    """Writes each part with the same functions for reasons and preferences."""

    def __init__(self, reasons: Reasons, preference: Preferred) -> None:
        self._reasons = reasons
        self._preference = preference

    def _number(self, key: str, quantity: Quantity) -> dict[str, Any]:
        return {key: quantity.value, **self._reasons(quantity.note, quantity.evidence)}

    def type(self, each: PartyType) -> dict[str, Any]:
        data: dict[str, Any] = {} if each.name == each.id else {"name": each.name}
        data["prior"] = self._number("probability", each.prior)
        data |= self._preference(each.preference)
        if each.shifts:
            data["from_level"] = [
                {"stock": shift.stock, "at_least": shift.at_least, **self._preference(shift.preference)}
                for shift in each.shifts
            ]
        return data | self._reasons(each.note, each.evidence)

    def timing(self, timing: Timing) -> dict[str, Any]:
        data: dict[str, Any] = {
            "focal": timing.focal,
            "discount": self._number("per_year", timing.discount_per_year),
            "opportunities": {dm: self._number("per_year", rate) for dm, rate in timing.opportunities},
        }
        if timing.choice:
            choice = timing.choice
            data["choice"] = {
                "kappa": "best" if choice.kappa is None else choice.kappa,
                "moves_ahead": choice.moves_ahead,
                **self._reasons(None, choice.evidence),
            }
        data |= _where("within", timing.within)
        parts: dict[str, Any] = {
            "stocks": {stock.id: self.stock(stock) for stock in timing.stocks},
            "payoffs": [
                {
                    **_given(stock=payoff.stock),
                    **self._number("per_unit_and_year" if payoff.stock else "per_year", payoff.amount),
                    **_where("while", payoff.condition),
                }
                for payoff in timing.payoffs
            ],
            "pivots": {
                pivot.id: {
                    "label": pivot.label,
                    **_moved(pivot.sets, pivot.to),
                    **self._number("cost_once", pivot.cost_once),
                }
                for pivot in timing.pivots
            },
            "signals": {signal.id: self.signal(signal) for signal in timing.signals},
            "policies": {policy.id: self.policy(policy) for policy in timing.policies},
            "log": _log(timing.log),
        }
        return data | {key: value for key, value in parts.items() if value}

    def stock(self, stock: Stock) -> dict[str, Any]:
        changes = [
            {
                "by": change.by,
                **self._number("per_year", change.per_year),
                **_where("while", change.condition),
                **_given(type=change.type),
            }
            for change in stock.changes
        ]
        levels = {"least": stock.least, "most": stock.most, "start": stock.start}
        return {
            "label": stock.label,
            "unit": stock.unit,
            **levels,
            **_given(changes=changes),
            **self._reasons(stock.note, stock.evidence),
        }

    def signal(self, signal: Signal) -> dict[str, Any]:
        rates = [
            {
                **self._number("per_year", rate.per_year),
                **_where("while", rate.condition),
                **_given(type=rate.type),
            }
            for rate in signal.rates
        ]
        return {"label": signal.label, "rates": rates, **self._reasons(signal.note, None)}

    def policy(self, policy: Policy) -> dict[str, Any]:
        return {
            "label": policy.label,
            **_given(posture=[str(literal) for literal in policy.posture], pivot=policy.pivot),
            **_given(until=[_until(each) for each in policy.until]),
            **self._reasons(policy.note, policy.evidence),
        }

    def event(self, event: Event) -> dict[str, Any]:
        data: dict[str, Any] = {"day": event.day.isoformat(), "label": event.label}
        if event.mover:
            data |= {"mover": event.mover, **_moved(event.sets, event.to)}
        data |= _given(stock=event.stock, by=event.by, signal=event.signal, group=event.group)
        return data | self._reasons(event.note, event.evidence)

    def plan(self, plan: Contingency) -> dict[str, Any]:
        data = {"label": plan.label, "trigger": _trigger(plan.trigger), "pivot": plan.pivot}
        return data | self._reasons(plan.note, plan.evidence)

    def roadmap(self, roadmap: Roadmap) -> dict[str, Any]:
        return {
            **self.months("step", roadmap.step_months),
            **self.months("detection", roadmap.detection_months),
            **_given(steps=list(roadmap.steps)),
            **self.reversion(roadmap.reversion),
            **_given(parties={each.decision_maker: self.side(each) for each in roadmap.parties}),
            **_given(safeguards={each.id: self.safeguard(each) for each in roadmap.safeguards}),
        }

    def months(self, key: str, quantity: Quantity | None) -> dict[str, Any]:
        return {} if quantity is None else {key: self._number("months", quantity)}

    def reversion(self, reversion: Reversion | None) -> dict[str, Any]:
        if reversion is None:
            return {}
        literals = [str(literal) for literal in reversion.sets]
        data = _given(to=reversion.to, sets=literals, pivot=reversion.pivot)
        return {"reversion": data | self._reasons(reversion.note, reversion.evidence)}

    def side(self, side: SideStakes) -> dict[str, Any]:
        rate = side.discount_per_year
        payoffs = [
            {
                **self._number("per_year", payoff.amount),
                **_where("while", payoff.condition),
                **_given(type=payoff.type),
            }
            for payoff in side.payoffs
        ]
        discount = {} if rate is None else {"discount": self._number("per_year", rate)}
        return {**discount, **_given(payoffs=payoffs)}

    def safeguard(self, safeguard: Safeguard) -> dict[str, Any]:
        return {
            "label": safeguard.label,
            **_given(against=safeguard.against),
            **self.months("detection", safeguard.detection_months),
            **self.reversion(safeguard.reversion),
            **self._reasons(safeguard.note, safeguard.evidence),
        }


def _given(**values: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}


def _where(key: str, condition: Condition) -> dict[str, Any]:
    if condition is None:
        return {}
    return {key: condition.text if isinstance(condition, Statement) else list(condition)}


def _moved(sets: tuple[Literal, ...], to: str | None) -> dict[str, Any]:
    return {"to": to} if to is not None else {"sets": [str(literal) for literal in sets]}


def _log(log: LogStart | None) -> dict[str, Any]:
    if log is None:
        return {}
    state = log.state if isinstance(log.state, str) else sorted(log.state)
    return {"begins": log.begin.isoformat(), "state": state, **_given(stocks=dict(log.stocks))}


def _until(until: Until) -> Any:
    if until.at_once:
        return AT_ONCE
    return {**_reason(until), **_given(pivot=until.pivot)}


def _reason(until: Until) -> dict[str, Any]:
    if until.on is not None:
        return {"on": until.on.isoformat()}
    if until.belief_at_most is not None:
        return {"belief_at_most": Fraction(until.belief_at_most), "type": until.type}
    if until.stock is not None:
        return {"stock": until.stock, "at_least": until.at_least}
    return _where("while", until.condition)


def _trigger(trigger: Trigger) -> dict[str, Any]:
    if trigger.stock is not None:
        return {"stock": trigger.stock, "at_least": trigger.at_least}
    return {
        **_given(signal=trigger.signal, silence_months=trigger.silence_months),
        **_where("while", trigger.condition),
    }
