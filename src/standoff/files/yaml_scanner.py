"""A faster scanner for ruamel.yaml: it reads text on one line by words instead of by characters.

Most of a model file is such text, and ruamel.yaml spends most of its time there. All else, and
whatever is unclear, is left to its own scanner; a test compares the two event by event.
"""

from __future__ import annotations

import re
from typing import Any

from ruamel.yaml.scanner import Scanner
from ruamel.yaml.tokens import ScalarToken

_BREAK = r"\x00\n\r\x85\u2028\u2029"


def _words(ending: str) -> re.Pattern[str]:
    """Return the pattern of plain text on one line; `ending` are characters that end a word."""
    word = rf"(?:[^{_BREAK} \t:{ending}]|:(?![{_BREAK} \t]))+"
    return re.compile(rf"{word}(?: +(?!#){word})*")


_IN_BLOCK = _words("")
_IN_FLOW = _words(r",\[\]{}")
_QUOTED = {"'": re.compile(rf"'[^'{_BREAK}]*'(?!')"), '"': re.compile(rf'"[^"\\{_BREAK}]*"')}
_BLANK_IN_BLOCK = re.compile(rf" *(?:#[^{_BREAK}]*)?")
_BLANK_IN_FLOW = re.compile(rf"[ \t]*(?:#[^{_BREAK}]*)?")


class WordScanner(Scanner):
    """Scanner of ruamel.yaml that takes blanks, and scalars on one line, in one step each."""

    _sure = -1

    def scan_plain(self) -> Any:
        """Return the token of the plain scalar that begins here."""
        reader = self.reader
        match = (_IN_FLOW if self.flow_level else _IN_BLOCK).match(reader.buffer, reader.pointer)
        if match is None:
            return super().scan_plain()
        before = reader.pointer, reader.index, reader.line, reader.column, self.allow_simple_key
        start = reader.get_mark()
        self._step(match)
        end = reader.get_mark()
        self.allow_simple_key = False
        spaces = self.scan_plain_spaces(self.indent + 1, start)
        if spaces and reader.peek() != "#" and (self.flow_level or reader.column > self.indent):
            reader.pointer, reader.index, reader.line, reader.column, self.allow_simple_key = before
            return super().scan_plain()
        return ScalarToken(match[0], plain=True, start_mark=start, end_mark=end)

    def scan_flow_scalar(self, style: Any) -> Any:
        """Return the token of the scalar in quotes that begins here."""
        reader = self.reader
        match = _QUOTED[style].match(reader.buffer, reader.pointer)
        if match is None:
            return super().scan_flow_scalar(style)
        start = reader.get_mark()
        self._step(match)
        return ScalarToken(match[0][1:-1], plain=False, start_mark=start, end_mark=reader.get_mark(), style=style)

    def scan_to_next_token(self) -> Any:
        """Step over blanks, comments and line breaks."""
        reader = self.reader
        if reader.index == 0:
            return super().scan_to_next_token()
        while True:
            blank = _BLANK_IN_FLOW if self.flow_level else _BLANK_IN_BLOCK
            self._step(blank.match(reader.buffer, reader.pointer))
            if not self.scan_line_break():
                return None
            if not self.flow_level:
                self.allow_simple_key = True

    def need_more_tokens(self) -> bool:
        """Return whether more has to be scanned before the next token is sure.

        The parser asks several times for each token; the answer no holds until one is taken.
        """
        if self._sure == self.tokens_taken:
            return False
        more = bool(super().need_more_tokens())
        if not more and self.tokens:
            self._sure = self.tokens_taken
        return more

    def check_token(self, *choices: Any) -> bool:
        """Return whether the next token is of one of these kinds."""
        while self.need_more_tokens():
            self.fetch_more_tokens()
        return bool(self.tokens) and (not choices or isinstance(self.tokens[0], choices))

    def _step(self, match: re.Match[str] | None) -> None:
        length = match.end() - match.start() if match else 0
        reader = self.reader
        reader.pointer, reader.index, reader.column = (
            reader.pointer + length,
            reader.index + length,
            reader.column + length,
        )
