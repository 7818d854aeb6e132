"""The section on waiting: rough figures, and a word on what it does not tell."""

from standoff.files.reading import read_text
from standoff.report.brief import Asked
from standoff.report.brief.sections import waiting
from standoff.study import prepare
from tests.timing.example import TEXT


def test_it_says_what_it_leaves_out_and_which_command_tells_it():
    *_, last = waiting.section(prepare(read_text(TEXT)), Asked()).sentences
    assert last.text == waiting.ROUGHLY
    assert "hang is not told here" in last.text
    assert "the command standoff wait tells it" in last.text
    assert last.origin[0].name == "wait"


def test_where_the_model_does_not_say_what_waiting_is_worth_there_is_no_section():
    no_payoffs = TEXT[: TEXT.index("  payoffs:")] + TEXT[TEXT.index("  pivots:") :]
    assert waiting.section(prepare(read_text(no_payoffs)), Asked()) is None
