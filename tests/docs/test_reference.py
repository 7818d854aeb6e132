"""The reference pages list what the code has, no more and no less."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from standoff.cli.app import app
from standoff.evidence import DIRECTNESS, STANCES
from standoff.files.codes import CODES
from standoff.files.grammar import KEYWORDS
from standoff.files.schema import RESERVED, keys
from standoff.stability.concepts import CONCEPTS
from tests.docs.examples import ROOT, run_command

REFERENCE = ROOT / "docs" / "reference"
SECTIONS = re.findall(r"^## (.+)$", (REFERENCE / "cli.md").read_text(encoding="utf-8"), re.MULTILINE)
ABOUT_SEVERAL = {"legal-sequences", "foresight", "coalitions"}
"""Pages of docs/concepts that are not about one concept of `analyze`."""
_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")
_REPORTING = re.compile(r".*(fault|fail).*|_at", re.IGNORECASE)


def section(page: Path, heading: str) -> str:
    """The text from a heading to the next one of the same or a higher level."""
    text = page.read_text(encoding="utf-8")
    start = re.search(rf"^(#+) {re.escape(heading)}$", text, re.MULTILINE)
    assert start is not None, f"{page.name} has no section '{heading}'"
    rest = text[start.end() :]
    end = re.search(rf"^#{{1,{len(start[1])}}} ", rest, re.MULTILINE)
    return rest[: end.start()] if end else rest


def first_cells(text: str) -> list[str]:
    """The code words in the first column of the tables in a text."""
    cells = re.findall(r"^\| ([^|]*) \|", text, re.MULTILINE)
    return [word for cell in cells for word in re.findall(r"`([^`]+)`", cell)]


def codes_in_the_sources() -> set[str]:
    """All codes of faults: constants given to what reports faults, or to a variable called code."""
    return {
        code
        for path in (ROOT / "src" / "standoff").rglob("*.py")
        for code in _codes(ast.parse(path.read_text(encoding="utf-8")))
    }


def _codes(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        constants: list[ast.AST] = []
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if _REPORTING.fullmatch(called):
                constants = [
                    *node.args,
                    *(keyword.value for keyword in node.keywords if keyword.arg == "code"),
                ]
        elif isinstance(node, ast.Assign) and "code" in ast.unparse(node.targets[0]).strip("()").split(", "):
            constants = list(ast.walk(node.value))
        for constant in constants:
            if isinstance(constant, ast.Constant) and _CODE.fullmatch(str(constant.value)):
                yield str(constant.value)


def test_the_table_of_fault_codes_says_what_the_sources_say() -> None:
    text = section(REFERENCE / "file-format.md", "Fault codes").partition("\n### ")[0]
    rows = re.findall(r"^\| `([^`]+)` \| (.*) \|$", text, re.MULTILINE)
    assert dict(rows) == CODES
    assert len(rows) == len(CODES)


def test_every_code_in_use_is_listed_and_every_one_listed_is_in_use() -> None:
    page = REFERENCE / "file-format.md"
    gmcr = first_cells(section(page, "In GMCR+ files"))
    assert gmcr == sorted(set(gmcr) - set(CODES))
    assert {*gmcr, *CODES} == codes_in_the_sources()


@pytest.mark.parametrize(
    ("heading", "record"), [("Top level", "model"), ("A decision maker", "decision_maker")]
)
def test_the_keys_of_a_record_are_listed(heading: str, record: str) -> None:
    page = REFERENCE / "file-format.md"
    text = section(page, heading)
    assert set(first_cells(text.partition("\n### ")[0])) == set(keys(record))


@pytest.mark.parametrize("record", ["citation", "source"])
def test_the_keys_of_evidence_are_listed(record: str) -> None:
    cells = first_cells(section(REFERENCE / "file-format.md", "Reasons: `note` and `evidence`"))
    assert set(keys(record)) <= set(cells)
    assert set(cells) == {*keys("citation"), *keys("source")}


def test_the_words_of_the_format_are_listed() -> None:
    text = (REFERENCE / "file-format.md").read_text(encoding="utf-8")
    for word in (*RESERVED, *STANCES, *DIRECTNESS):
        assert f"`{word}`" in text
    statements = section(REFERENCE / "file-format.md", "Statements")
    for word in KEYWORDS:
        assert re.search(rf"`[^`]*\b{word}\b[^`]*`", statements), word


def test_every_command_has_a_section_and_every_section_a_command() -> None:
    commands = [
        command.name or command.callback.__name__ for command in app.registered_commands if command.callback
    ]
    assert sorted(SECTIONS) == sorted(commands)


@pytest.mark.parametrize("command", SECTIONS)
def test_the_options_of_a_command_are_listed(command: str, tmp_path: Path) -> None:
    tables = " ".join(re.findall(r"^\| .*$", section(REFERENCE / "cli.md", command), re.MULTILINE))
    printed, code = run_command(f"standoff {command} --help", str(tmp_path))
    assert code == 0
    offered = set(re.findall(r"^ *(--[a-z][a-z-]*)", "\n".join(printed), re.MULTILINE)) - {"--help"}
    assert set(re.findall(r"`(--[a-z][a-z-]*)", tables)) == offered


def test_every_concept_has_a_page_and_a_place_in_the_index() -> None:
    pages = {page.stem for page in (ROOT / "docs" / "concepts").glob("*.md")}
    assert pages - ABOUT_SEVERAL == set(CONCEPTS)
    index = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    assert all(f"(concepts/{page}.md)" in index for page in ABOUT_SEVERAL)
    references = (ROOT / "docs" / "references.bib").read_text(encoding="utf-8")
    for key, concept in CONCEPTS.items():
        assert f"(concepts/{key}.md)" in index
        assert f"{{{concept.reference}," in references
        text = (ROOT / "docs" / "concepts" / f"{key}.md").read_text(encoding="utf-8")
        assert f"[@{concept.reference}]" in text
        for heading in ("Definition", "Ties", "Relations", "What it does not tell", "Source"):
            assert f"\n## {heading}\n" in text, (key, heading)
