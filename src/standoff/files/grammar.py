"""Text of a statement -> its meaning. Written by hand: it loads and reads in a few milliseconds.

Loosest to tightest, `name` being `decision_maker.option`, or `option` where that is unique:

    statement   := choice [("implies" | "if" | "iff") choice]
    choice      := exclusive ("or" exclusive)*
    exclusive   := both ("xor" both)*
    both        := unit ("and" unit)*
    unit        := "not" unit | name | "(" statement ")" | function "(" statement ("," statement)* ")"
                 | "count" "(" statement ("," statement)* ")" (">=" | "<=" | "==") number
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from typing import NamedTuple, NoReturn

from standoff.errors import Fault, ModelError
from standoff.files.wording import quoted, suggestion
from standoff.model.statement import And, Count, Expression, Iff, Implies, Not, Or, Statement, Taken, Xor

MOST_CHARACTERS = 4_000
MOST_NESTED = 40
_MOST_COMPARED = 500

_FUNCTIONS: dict[str, Callable[[tuple[Expression, ...]], Expression]] = {
    "exactly_one": lambda parts: Count(parts, "==", 1),
    "at_most_one": lambda parts: Count(parts, "<=", 1),
    "at_least_one": Or,
    "all_of": And,
    "none_of": lambda parts: Not(Or(parts)),
}
_CONDITIONALS: dict[str, Callable[[Expression, Expression], Expression]] = {
    "implies": Implies,
    "if": lambda left, right: Implies(right, left),
    "iff": Iff,
}
_JOINING = ("and", "or", "xor", *_CONDITIONALS)
_CALLED = (*_FUNCTIONS, "count")
KEYWORDS = ("not", *_JOINING, *_CALLED)
"""Words that no decision maker and no option may be called by."""

_SYMBOLS = {
    "&": "and", "&&": "and", "*": "and", "+": "and", "|": "or", "||": "or", "!": "not", "~": "not",
    "-": "not", "->": "implies", "=>": "implies", "<-": "if", "<->": "iff", "<=>": "iff", "^": "xor",
    "!=": "xor", "=": "iff", ">": ">=", "<": "<=", "[": "(", "]": ")", "{": "(", "}": ")",
}  # fmt: skip
_TOKEN = re.compile(
    r"\s*(?:(?P<relation>>=|<=(?!>)|==)|(?P<mark>[(),])|(?P<number>[0-9]+(?![\w.]))"
    r"|(?P<word>[\w.]+)|(?P<stray><?[=-]>|<-|!=|[\[\]{}!~-]|[^\w\s.(),\[\]{}!~-]+))"
)
_NAME = re.compile(r"[A-Za-z_]\w*(\.\w+)?", re.ASCII)
_OPERAND = "an option, 'not', a function or '('"


class _Token(NamedTuple):
    kind: str  # word, relation, number, mark, stray or end
    text: str
    offset: int


class OptionNames:
    """The options of a conflict by full name, and by bare name where that is unique."""

    def __init__(self, options: Sequence[str], decision_makers: Iterable[str] = ()) -> None:
        self.full = tuple(options)
        self.makers = (*dict.fromkeys([*decision_makers, *(option.partition(".")[0] for option in options)]),)
        self.by_name: dict[str, list[str]] = {option: [option] for option in options}
        for option in options:
            self.by_name.setdefault(option.partition(".")[2], []).append(option)

    def find(self, name: str, offset: int = 0) -> str | Fault:
        """Return the full name of an option, or what is wrong with the name."""
        found = self.by_name.get(name, [])
        if len(found) == 1:
            return found[0]
        if found:
            message = f"Option {quoted(name)} is ambiguous: {' and '.join(found[:5])}."
            return _fault("ambiguous-option", message, "Write the decision maker in front.", offset)
        maker, dot, _ = name.partition(".")
        if dot and maker not in self.makers:
            message = f"Unknown decision maker {quoted(maker)} in {quoted(name)}."
            return _fault("unknown-decision-maker", message, suggestion(maker, self.makers), offset)
        bare = [option.partition(".")[2] for option in self.full[:_MOST_COMPARED]]
        known = self.full if dot or not get_close_matches(name[:60], bare) else bare
        return _fault("unknown-option", f"Unknown option {quoted(name)}.", suggestion(name, known), offset)


def parse_statement(text: str, options: Sequence[str] | OptionNames) -> Statement:
    """Read a statement over the options given by their full names.

    Raises
    ------
    ModelError
        If it is no statement, or names an option that does not exist. The columns of the
        faults count from 1 within `text`.
    """
    if len(text) > MOST_CHARACTERS:
        message = f"The statement has {len(text):,} characters; at most {MOST_CHARACTERS:,} are read."
        raise ModelError([_fault("statement-too-long", message, "Write it as several statements.", 0)])
    parser = _Parser(_tokens(text), _names(options))
    expression = parser.whole()
    if parser.unknown:
        raise ModelError(parser.unknown)
    return Statement(" ".join(text.split()), expression)


def resolve_option(name: str, options: Sequence[str] | OptionNames) -> str:
    """Return the full name of an option that is given in full or, where unique, bare.

    Raises
    ------
    ModelError
        If no option, or more than one, has the name.
    """
    found = _names(options).find(name)
    if isinstance(found, Fault):
        raise ModelError([found])
    return found


def _names(options: Sequence[str] | OptionNames) -> OptionNames:
    return options if isinstance(options, OptionNames) else OptionNames(options)


def _fault(code: str, message: str, cure: str, offset: int) -> Fault:
    return Fault(code=code, message=message, cure=cure, line=1, column=offset + 1)


def _tokens(text: str) -> list[_Token]:
    found = []
    for match in _TOKEN.finditer(text):
        kind = str(match.lastgroup)
        found.append(_Token(kind, match[kind], match.start(kind)))
    return [*found, _Token("end", "", len(text.rstrip()))]


class _Parser:
    """One pass from left to right; unknown names are collected, the first other fault is raised."""

    def __init__(self, tokens: list[_Token], names: OptionNames) -> None:
        self.tokens = tokens
        self.names = names
        self.place = 0
        self.nested = 0
        self.unknown: list[Fault] = []

    @property
    def here(self) -> _Token:
        return self.tokens[self.place]

    def accept(self, *texts: str) -> str | None:
        """Step over the next token if it is one of these."""
        token = self.here
        if token.kind in ("end", "stray") or token.text not in texts:
            return None
        self.place += 1
        return token.text

    def whole(self) -> Expression:
        if self.here.kind == "end":
            self.fail("statement-empty", "The statement is empty.", f"Write {_OPERAND}.")
        expression = self.statement()
        if self.here.kind != "end":
            self.fail_after_operand()
        return expression

    def statement(self) -> Expression:
        left = self.choice()
        word = self.accept(*_CONDITIONALS)
        if word is None:
            return left
        expression = _CONDITIONALS[word](left, self.choice())
        if self.here.text in _CONDITIONALS:
            message = f"'{word}' and '{self.here.text}' follow each other without parentheses."
            cure = f"Put one of the two into parentheses, as in (a {word} b) {self.here.text} c."
            self.fail("statement-chained", message, cure)
        return expression

    def choice(self) -> Expression:
        parts = [self.exclusive()]
        while self.accept("or"):
            parts.append(self.exclusive())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def exclusive(self) -> Expression:
        parts = [self.both()]
        while self.accept("xor"):
            parts.append(self.both())
        return _balanced_xor(parts)

    def both(self) -> Expression:
        parts = [self.unit()]
        while self.accept("and"):
            parts.append(self.unit())
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def unit(self) -> Expression:
        token = self.here
        if self.nested >= MOST_NESTED:
            message = f"The statement is nested more than {MOST_NESTED} deep."
            self.fail("statement-too-deep", message, "Write it as several statements.")
        self.nested += 1
        expression = self.unit_at(token)
        self.nested -= 1
        return expression

    def unit_at(self, token: _Token) -> Expression:
        if token.kind == "word" and token.text not in KEYWORDS:
            return self.option()
        if self.accept("not"):
            return Not(self.unit())
        if self.accept("("):
            expression = self.statement()
            self.close(token)
            return expression
        called = self.accept(*_CALLED)
        if called is None:
            self.fail_at_operand()
        return self.call(token)

    def option(self) -> Expression:
        token = self.here
        self.place += 1
        if self.here.text == "(":
            self.fail(
                "statement-syntax",
                f"Unknown function {quoted(token.text)}.",
                suggestion(token.text, _CALLED),
                token,
            )
        if token.text not in self.names.by_name:
            if token.text.lower() in KEYWORDS:
                self.place -= 1
                self.fail_at_operand()
            if not _NAME.fullmatch(token.text):
                message = f"{quoted(token.text)} is not a name of the form decision_maker.option."
                self.fail("statement-syntax", message, suggestion(token.text, self.names.full), token)
        found = self.names.find(token.text, token.offset)
        if isinstance(found, Fault):
            self.unknown.append(found)
            return Taken(token.text)
        return Taken(found)

    def call(self, function: _Token) -> Expression:
        opening = self.here
        if not self.accept("("):
            cure = f"Write {function.text}(a, b)" + (" >= 2." if function.text == "count" else ".")
            self.fail_if_cut_off(cure)
            self.fail("statement-syntax", f"'{function.text}' needs its statements in parentheses.", cure)
        parts = [self.statement()]
        while self.accept(","):
            parts.append(self.statement())
        self.close(opening)
        if function.text != "count":
            return _FUNCTIONS[function.text](tuple(parts))
        relation = self.accept(">=", "<=", "==")
        number = self.here
        if relation is None or number.kind != "number":
            cure = "Write '>=', '<=' or '==' and a number behind it, as in count(a, b, c) >= 2."
            self.fail_if_cut_off(cure)
            self.fail("statement-syntax", "'count' has no number to compare with.", cure)
        self.place += 1
        return Count(tuple(parts), relation, int(number.text[:9]))

    def close(self, opening: _Token) -> None:
        if self.accept(")"):
            return
        if self.here.kind == "end":
            self.fail("statement-cut-off", "This parenthesis is not closed.", "Add ')'.", opening)
        self.fail_after_operand()

    def fail(self, code: str, message: str, cure: str, token: _Token | None = None) -> NoReturn:
        raise ModelError([*self.unknown, _fault(code, message, cure, (token or self.here).offset)])

    def fail_if_cut_off(self, cure: str = "") -> None:
        """Raise if the statement ends here, where it has to go on."""
        if self.here.kind == "end":
            before = self.tokens[self.place - 1].text
            message = f"The statement breaks off after {quoted(before)}."
            self.fail("statement-cut-off", message, cure or f"Go on with {_OPERAND}, or drop '{before}'.")

    def fail_at_operand(self) -> NoReturn:
        """Raise: something else stands where an option is due."""
        self.fail_if_cut_off()
        token = self.here
        cure = _cure_of_symbol(token) or f"Expected {_OPERAND}."
        if token.text in _JOINING:
            cure = f"'{token.text}' needs {_OPERAND} in front of it."
        self.fail("statement-syntax", f"{quoted(token.text)} cannot stand here.", cure)

    def fail_after_operand(self) -> NoReturn:
        """Raise: a statement is complete here, and something that cannot follow does."""
        token = self.here
        if token.text == ")":
            self.fail("statement-syntax", "There is no '(' for this ')'.", "Drop it, or add '('.")
        if token.text == ",":
            cure = "Commas stand only between the parts of a function; write 'and' or 'or'."
            self.fail("statement-syntax", "',' cannot stand here.", cure)
        cure = _cure_of_symbol(token)
        close = get_close_matches(token.text, _JOINING, n=1, cutoff=0.6)
        if not cure and close and token.text not in self.names.by_name:
            cure = f"Did you mean '{close[0]}'?"
        if token.text in ("-", "!", "~"):
            cure = (
                "Names are written with '_', not '-'." if token.text == "-" else "Put 'and' or 'or' in front."
            )
        if token.kind == "relation":
            cure = "Only count(...) is compared with a number, as in count(a, b, c) >= 2."
        if not cure:
            cure = f"Put 'and', 'or', 'xor', 'if', 'implies' or 'iff' before {quoted(token.text)}."
        self.fail("statement-syntax", f"{quoted(token.text)} cannot stand here.", cure)


def _cure_of_symbol(token: _Token) -> str:
    word = _SYMBOLS.get(token.text) or token.text.lower()
    if token.kind == "stray" and word != token.text:
        return f"Write '{word}'."
    if token.kind == "word" and word != token.text and word in KEYWORDS:
        return f"Write '{word}', in small letters."
    return ""


def _balanced_xor(parts: list[Expression]) -> Expression:
    """Join by `xor`, which is associative, so that a long chain does not nest deeply."""
    if len(parts) == 1:
        return parts[0]
    middle = (len(parts) + 1) // 2
    return Xor(_balanced_xor(parts[:middle]), _balanced_xor(parts[middle:]))
