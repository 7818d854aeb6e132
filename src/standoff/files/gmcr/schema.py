"""The shape of a GMCR+ document, older files included, checked before anything is read from it."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field, StrictInt, ValidationError

from standoff.errors import Fault, ModelError, Path

MOST_BYTES = 4 << 20
_MOST_FAULTS = 50


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, int) else value


def _as_members(value: Any) -> Any:
    """Give a plain condition the form of a compound one: its alternatives."""
    if isinstance(value, dict):
        if "members" not in value:
            raise ValueError("a compound statement needs 'members'")
        return value["members"]
    return [value]


Condition = list[tuple[StrictInt, Literal["Y", "N"]]]
Alternatives = Annotated[list[Condition], BeforeValidator(_as_members)]
Numbers = Annotated[list[StrictInt], BeforeValidator(_as_list)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", populate_by_name=True, frozen=True)


class OptionPart(_Part):
    """An option and the direction in which it can be changed."""

    name: str
    direction: Literal["both", "fwd", "back"] = Field("both", alias="permittedDirection")


class DecisionMakerPart(_Part):
    """A decision maker; all numbers are places in the list of options, from 0."""

    name: str
    options: list[StrictInt] = []
    preferences: list[Alternatives] = []
    ranking: list[Numbers] = Field([], validation_alias=AliasChoices("preferenceRanking", "preferenceVector"))
    misperceptions: list[Any] = []


class Document(_Part):
    """A conflict as GMCR+ writes it; `ours` is what this program adds to the files it writes."""

    options: list[OptionPart]
    decision_makers: list[DecisionMakerPart] = Field(alias="decisionMakers", min_length=1)
    infeasibles: list[Condition] = []
    manual: bool | None = Field(
        None, validation_alias=AliasChoices("useManualPreferenceRanking", "useManualPreferenceVectors")
    )
    coalitions: list[Numbers] = []
    ours: Any = Field(None, alias="x-standoff")

    @property
    def is_manual(self) -> bool:
        """Whether rankings count; where an old file does not say, if there is nothing else."""
        if self.manual is not None:
            return self.manual
        return all(dm.ranking and not dm.preferences for dm in self.decision_makers)


class Ours(_Part):
    """What GMCR+ has no place for and is small: names, the status quo, named states, coalitions.

    Numbers are places in the document's lists of options and decision makers.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    name: str
    decision_makers: list[str]
    options: list[str]
    status_quo: list[StrictInt]
    states: dict[str, list[StrictInt]] = {}
    coalitions: dict[str, list[StrictInt]] = {}


def parse_gmcr(text: str | bytes) -> Any:
    """Return the JSON value in the text of a GMCR+ file.

    Raises
    ------
    ModelError
        If it is too long, not JSON, nested too deeply, or repeats a key.
    """
    if len(text) > MOST_BYTES:
        raise ModelError([_too_large(len(text))])
    try:
        if isinstance(text, bytes):
            text = text.decode("utf-8-sig")
        return json.loads(text, parse_constant=_no_constant, object_pairs_hook=_no_repeats)
    except json.JSONDecodeError as error:
        raise ModelError([_not_json(error.msg).at(error.lineno, error.colno)]) from None
    except RecursionError:
        raise ModelError([_not_json("it is nested too deeply")]) from None
    except UnicodeDecodeError:
        raise ModelError([_not_json("it is not UTF-8 text")]) from None
    except ValueError as error:
        raise ModelError([_not_json(str(error).split(":")[0])]) from None


def document(value: Any) -> Document:
    """Return a JSON value as a GMCR+ document.

    Raises
    ------
    ModelError
        With a fault for every part that has the wrong shape.
    """
    try:
        return Document.model_validate(value)
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
        faults = [_shape(detail["loc"], detail["msg"]) for detail in found[:_MOST_FAULTS]]
        if len(found) > _MOST_FAULTS:
            faults.append(_shape((), f"{len(found) - _MOST_FAULTS} more faults like these"))
        raise ModelError(faults) from None


def place(path: Path) -> str:
    """Return a path as people write it: `decisionMakers[1].options[0]`."""
    steps = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return steps.removeprefix(".") or "the document"


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a JSON number")


def _no_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice in one object")
    return found


def _too_large(size: int) -> Fault:
    return Fault(
        code="gmcr-too-large",
        message=f"The file has {size:,} characters; a GMCR+ file may have {MOST_BYTES:,}.",
        cure="Check that this is a GMCR+ file.",
    )


def _not_json(why: str) -> Fault:
    return Fault(
        code="gmcr-not-json",
        message=f"This is not a GMCR+ file, for it is not JSON: {why[:200]}.",
        cure="Save it again from GMCR+, or give a model file in YAML another ending than .gmcr.",
    )


def _shape(path: Path, message: str) -> Fault:
    return Fault(
        code="gmcr-shape",
        message=f"At {place(path)}: {message[:1].lower()}{message[1:200]}.",
        cure="Compare with a file that GMCR+ has saved.",
        path=path,
    )
