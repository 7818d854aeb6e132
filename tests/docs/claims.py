"""Claims of a source that stand in a page as ```yaml blocks, and the verdicts that follow from what is run.

A block that begins with `claim:` says what is claimed, where, and how it is tried:

    claim: small-deal          a name
    anchors: {source: [[start, end], ...]}    code points, end exclusive
    run: standoff ... --json   one command that prints one JSON document
    in: [base, a-variant]      it is run once for each reading; `base` is the model without a variant
    holds: ["patterns.0.equilibria.nash == 0"]      true of the document where the claim holds
    fails: [...]               true where it does not; if left out, wherever `holds` is false
    verdict: supported         what must follow

From the readings follows the verdict: `supported` if the claim holds in each, `contradicted` if it fails in
each, `depends on A, B` if A and B come out otherwise than the first reading, `cannot tell` if in some reading
neither `holds` nor `fails` is true. With `for: A` and `against: B` in the place of `in`, the claim is about
which of two readings is right: it is supported if what `holds` describes is seen under A and not under B,
contradicted if under B and not under A; if both or neither would show it, the model cannot tell. A reading
that begins with `--` is no variant but an option of the command, such as `--level pressure=2`.

A condition is `PATH OPERATOR VALUE`. A path goes down by keys and numbers, `*` means each; a value is JSON, a
path, or a word. In a list, a step such as `what/signal=visit` goes to the entry of which that is true. `events: {kind, from, to}` adds to the document how many `facts` of the page are of that kind
and time (`events`), and whether the record has a hole there (`hole`).
"""

from __future__ import annotations

import json
import operator
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ruamel.yaml import YAML

from tests.docs.examples import ROOT, blocks, run_command

PAGE = ROOT / "docs" / "tutorials" / "two-columns.md"
VERDICTS = re.compile(r"supported|contradicted|cannot tell|not yet|depends on [a-z0-9-]+(, [a-z0-9-]+)*")
_CONDITION = re.compile(r"(\S+) (==|!=|<=|>=|<|>|contains|lacks) (.+)")
_OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le,
    ">": operator.gt, ">=": operator.ge,
    "contains": lambda whole, part: part in whole, "lacks": lambda whole, part: part not in whole,
}  # fmt: skip


def documents(key: str, page: Path = PAGE) -> list[dict[str, Any]]:
    """The yaml blocks of a page that begin with a key, in order."""
    yaml = YAML(typ="safe")
    found = [block for block in blocks(page.read_text(encoding="utf-8")) if block.language == "yaml"]
    return [yaml.load("\n".join(b.lines)) for b in found if b.lines and b.lines[0].startswith(f"{key}:")]


def verdict(claim: dict[str, Any]) -> str:
    """What follows for a claim from running its command."""
    if "for" in claim:
        hoped, other = (outcome(claim, reading) for reading in (claim["for"], claim["against"]))
        return "cannot tell" if hoped == other else "supported" if hoped else "contradicted"
    readings = claim["in"]
    outcomes = [outcome(claim, reading) for reading in readings]
    if None in outcomes:
        return "cannot tell"
    others = [name for name, found in zip(readings, outcomes, strict=True) if found != outcomes[0]]
    if others:
        return f"depends on {', '.join(others)}"
    return "supported" if outcomes[0] else "contradicted"


def outcome(claim: dict[str, Any], reading: str) -> bool | None:
    """Whether a claim holds in a reading of the model; none if that is left open."""
    option = reading if reading.startswith("--") else f"--variant {reading}"
    document = printed(claim["run"] if reading == "base" else f"{claim['run']} {option}")
    if "events" in claim:
        document = {**document, **recorded(claim["events"])}
    if all(true(condition, document) for condition in claim["holds"]):
        return True
    if "fails" in claim and not all(true(condition, document) for condition in claim["fails"]):
        return None
    return False


@cache
def printed(command: str) -> dict[str, Any]:
    """The JSON document that a command prints."""
    with TemporaryDirectory() as folder:
        lines, code = run_command(command, folder)
    if code != 0 or len(lines) != 1:
        raise ValueError(f"{command}: exit code {code}, {len(lines)} lines: {lines[:3]}")
    return json.loads(lines[0])


def recorded(window: dict[str, Any]) -> dict[str, Any]:
    """How many dated facts of the page lie in a window, and whether the record has a hole there."""
    record = documents("facts")[0]
    first, last, kind = str(window["from"]), str(window["to"]), window["kind"]
    dates = [str(fact["date"]) for fact in record["facts"] if fact["kind"] == kind]
    holes = [hole for hole in record["holes"] if hole["kind"] == kind]
    return {
        "events": sum(first <= date <= last for date in dates),
        "hole": any(str(hole["from"]) <= last and first <= str(hole["to"]) for hole in holes),
    }


def true(condition: str, document: dict[str, Any]) -> bool:
    """Whether a condition is true of a document; with `*` in its path, of each thing found."""
    parts = _CONDITION.fullmatch(condition)
    if parts is None:
        raise ValueError(f"not a condition: {condition}")
    path, sign, value = parts.groups()
    found = list(at(document, path.split(".")))
    wanted = _value(value, document)
    return bool(found) and all(_OPERATORS[sign](one, wanted) for one in found)


def at(document: Any, path: list[str]) -> Iterator[Any]:
    """What stands at a path; `*` stands for every key or number."""
    if not path:
        yield document
        return
    step, rest = path[0], path[1:]
    if step == "*":
        for one in document.values() if isinstance(document, dict) else document:
            yield from at(one, rest)
    elif "=" in step:
        keys, _, name = step.partition("=")
        for one in document:
            if next(at(one, keys.split("/"))) == name:
                yield from at(one, rest)
    else:
        yield from at(document[int(step)] if isinstance(document, list) else document[step], rest)


def _value(text: str, document: dict[str, Any]) -> Any:
    if text.split(".")[0] in document:
        return next(at(document, text.split(".")))
    try:
        return json.loads(text)
    except ValueError:
        return text
