"""What the YAML parser says is wrong, in plain words."""

from __future__ import annotations

from ruamel.yaml.error import MarkedYAMLError

from standoff.errors import Fault


def yaml_fault(code: str, message: str, cure: str, line: int = 1, column: int = 1) -> Fault:
    """Return a fault at a place in the text."""
    return Fault(code=code, message=message, cure=cure, line=line, column=column)


_PROBLEMS = (
    ("found '<stream end>'", "The file ends inside a list or a mapping.", "Close it with ']' or '}'."),
    ("mapping values are not allowed", "A ': ' cannot stand here.",
     "Put text that contains ': ' in quotes; otherwise check the indentation."),
    ("'\\t' that cannot start", "A tab cannot stand here.", "Indent with spaces."),
    ("could not find expected ':'", "A ':' is missing after this key.", "Write 'key: value'."),
    ("cannot start any token", "No value can begin with this character.", "Put the text in quotes."),
    ("end of stream", "A quotation mark is not closed.", "Close it."),
    ("'<block end>'", "The indentation does not fit what stands above.",
     "Give the keys or items of one block the same indentation."),
    ("<block end>", "This does not fit what stands above.",
     "Give the keys or items of one block the same indentation."),
    ("expected ',' or ']'", "A ',' or ']' is missing in this list.", "Add it."),
    ("expected ',' or '}'", "A ',' or '}' is missing in this mapping.", "Add it."),
    ("escape", "In double quotes '\\' cannot stand here.", "Use single quotes, or write '\\\\'."),
    ("special characters", "The text contains a control character.", "Take it out."),
)  # fmt: skip


def not_yaml(error: Exception, text: str) -> Fault:
    """Translate an error of the YAML parser."""
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read")
    line, column = 1, 1
    mark = None
    if isinstance(error, MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
    if mark is not None:
        line, column = mark.line + 1, mark.column + 1
    elif isinstance(position := getattr(error, "position", None), int):
        line, column = text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position)
    for known, message, cure in _PROBLEMS:
        if known in problem:
            return yaml_fault("not-yaml", message, cure, line, column)
    return yaml_fault(
        "not-yaml", f"This is not YAML: {problem[:100]}.", "Check the punctuation.", line, column
    )
