"""The section on waiting: rough figures, and a word on what it does not tell."""

from standoff.files.reading import read_text
from standoff.report.brief import Asked, brief
from standoff.report.brief.sections import waiting
from standoff.study import analyse, prepare
from standoff.study.waiting import wait
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


def test_a_key_judgement_says_what_to_do_now_and_until_when():
    made = brief(analyse(read_text(TEXT)))
    sections = {part.key: part for chapter in made.chapters for part in chapter.sections}
    (judged,) = (item for item in sections["judgements"].blocks[0].items if item.key == "waiting")
    told = [sentence.text for sentence in sections["how-long"].sentences]
    assert judged.sentence.text == f"{told[0]} {told[2]}"
    assert {each.text for each in judged.rests_on} <= set(told)
    assert [each.text for each in judged.overturned_by] == [waiting.ROUGHLY]
    assert 3 <= len(sections["judgements"].blocks[0].items) <= 5


def test_the_figures_are_found_once(monkeypatch):
    asked = []

    def counting(*arguments, **given):
        asked.append(given)
        return wait(*arguments, **given)

    monkeypatch.setattr(waiting, "wait", counting)
    brief(analyse(read_text(TEXT)))
    assert len(asked) == 1
