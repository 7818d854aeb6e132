"""Every example in README.md and docs/ does what the page says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.examples import ROOT, Result, matches, pages, run_page


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_the_examples_of_a_page_do_what_it_says(page: Path) -> None:
    wrong = [result for result in run_page(page.read_text(encoding="utf-8")) if not result.agrees]
    if wrong:
        pytest.fail("\n\n".join(told(page, result) for result in wrong), pytrace=False)


def told(page: Path, result: Result) -> str:
    """What went wrong with one example."""
    lines = [f"{page.relative_to(ROOT)}:{result.first + 1}: {result.example}", result.complaint]
    lines += [f"  expected | {line}" for line in result.expected]
    lines += [f"  printed  | {line}" for line in result.printed]
    return "\n".join(line for line in lines if line)


@pytest.mark.parametrize(
    ("expected", "printed", "agree"),
    [
        ([], [], True),
        ([], ["more"], False),
        (["a"], ["a"], True),
        (["a"], ["b"], False),
        (["a", "..."], ["a"], True),
        (["a", "...", "d"], ["a", "b", "c", "d"], True),
        (["a", "...", "d"], ["a", "b", "c"], False),
        (["a ... c"], ["a b c"], True),
        (["a ... c"], ["a b", "c"], False),
        (["(s1)"], ["(s1)"], True),
    ],
)
def test_output_is_compared_line_by_line(expected: list[str], printed: list[str], agree: bool) -> None:
    assert matches(expected, printed) is agree


def test_the_runner_notices_wrong_examples() -> None:
    page = """
```python
print(1 + 1)
```

```text
3
```

```python
1 / 0
```

```console
$ rm file
```

<!-- exit: 2 -->

```console
$ standoff --version
...
```
"""
    assert [result.agrees for result in run_page(page)] == [False, False, False, False]
