"""The brief in a real browser: opened from disk with the network off, by mouse, by keyboard and without scripts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from standoff.report.selection import equilibrium_kind
from standoff.study import analyse
from tests.browser.driving import ARABIC, ATTACK, GRAPH_FORM, KOREAN, NARROW, WIDE
from tests.docs.examples import run_command

NAMES = ("large", "small", "two by two", "graph form", "hostile")


def printed(command: str, folder: Path) -> dict[str, Any]:
    """The JSON document that a command prints."""
    lines, code = run_command(command, str(folder))
    assert code == 0, lines
    return json.loads(lines[0])


def focused(page: Any) -> str:
    """What has the focus, by its words."""
    return page.evaluate(
        "(it => it.getAttribute('aria-label') || it.textContent)(document.activeElement)"
    ).strip()


def tab_to(page: Any, selector: str) -> None:
    """Press the Tab key until an element is reached."""
    for _ in range(200):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"the Tab key does not reach {selector}")


@pytest.mark.parametrize("name", NAMES)
def test_it_opens_from_disk_without_a_word(opened, name: str) -> None:
    page = opened(name).page
    assert page.locator("h1").count() == 1
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("svg.standoff-figure").first.is_visible()
    assert page.locator("table.states").is_visible()


# By mouse


def test_a_state_is_selected_in_the_table_and_told_for_each_side(opened, tmp_path) -> None:
    page = opened("small", viewport=WIDE).page
    page.get_by_role("button", name="s7", exact=True).first.click()
    panel = page.locator("#chosen")
    assert panel.is_visible()
    told = [each.strip() for each in panel.locator("li").all_inner_texts()]
    assert len(told) == len(printed("standoff show case:elmira-1991 --json", tmp_path)["decision_makers"])
    beside = page.locator(".reasons details[data-state='s7'] li")
    assert told == [each.strip() for each in beside.all_text_contents()]
    assert page.locator("tr[data-state='s7'].chosen").count() == 1
    page.locator("#chosen-close").click()
    assert panel.is_hidden()
    assert focused(page) == "s7"


def test_a_state_is_selected_in_a_drawing_and_its_moves_stand_out(opened) -> None:
    page = opened("small", viewport=WIDE).page
    drawing = page.locator("svg.standoff-figure", has=page.locator(".arrow")).first
    drawing.locator(".state[data-state='s2']").click()
    assert "s2" in page.locator("#chosen-title").inner_text()
    own = drawing.locator(".arrow[data-from='s2']")
    assert own.count() > 0
    assert drawing.locator(".arrow[data-from='s2'].dim").count() == 0
    assert drawing.locator(".arrow.dim").count() == drawing.locator(".arrow").count() - own.count()


def test_the_filter_shows_what_the_analysis_found(opened, tmp_path) -> None:
    page = opened("small", viewport=WIDE).page
    study = printed("standoff analyze case:elmira-1991 --json", tmp_path)
    shown = page.locator("table.states tbody tr:visible .state-label")
    page.locator("select[name='concept']").select_option("nash")
    assert sorted(shown.all_inner_texts()) == sorted(study["equilibria"]["nash"])
    page.locator("select[name='option']").first.select_option("1")
    options = {state["label"]: state["options"] for state in study["states"]}
    both = [label for label in study["equilibria"]["nash"] if "moe.modify" in options[label]]
    assert sorted(shown.all_inner_texts()) == sorted(both)
    assert page.locator("#told").inner_text().startswith(f"{len(both)} of 12 states")
    page.get_by_role("button", name="Show all").click()
    page.wait_for_function("document.querySelectorAll('table.states tbody tr:not([hidden])').length === 12")


def test_listed_states_without_options_are_selected_and_filtered(opened, tmp_path) -> None:
    page = opened("graph form", viewport=WIDE).page
    assert page.locator("select[data-option]").count() == 0
    drawing = page.locator("svg.standoff-figure", has=page.locator(".arrow")).first
    drawing.locator(".state[data-state='boarding']").click()
    assert page.locator("#chosen-title").inner_text() == "Why: boarding"
    assert page.locator("#chosen li").count() == 2
    assert (
        drawing.locator(".arrow:not(.dim)").count()
        == drawing.locator(".arrow[data-from='boarding']").count()
        > 0
    )
    study = studied("graph-form.yaml", GRAPH_FORM, tmp_path)
    page.locator("select[name='concept']").select_option("nash")
    shown = page.locator("table.states tbody tr:visible .state-label")
    assert sorted(shown.all_inner_texts()) == sorted(study["equilibria"]["nash"])


# In a model with more states than are told


def studied(name: str, text: str, folder: Path) -> dict[str, Any]:
    """What `analyze` prints of a model."""
    (folder / name).write_text(text, encoding="utf-8")
    return printed(f"standoff analyze {name} --json", folder)


def test_the_moves_of_a_selected_state_are_drawn(opened) -> None:
    page = opened("large", viewport=WIDE).page
    study = analyse("case:north-korea-2019")
    page.get_by_role("button", name="package", exact=True).first.click()
    state = study.space.index("package")
    ranks = study.graph.ranks
    wanted = [
        (f"colour{dm}", study.space.label(target), bool(ranks[dm][target] > ranks[dm][state]))
        for dm in range(5)
        for target in study.graph.moves(dm, state).tolist()
    ]
    found = [
        (classes[1], arrow.get_attribute("data-to"), "other" not in classes)
        for arrow in page.locator("#chosen svg .arrow").all()
        for classes in [(arrow.get_attribute("class") or "").split()]
    ]
    assert sorted(found) == sorted(wanted)
    assert len(wanted) == 30
    assert "takes exercises; SSEQ" in page.locator("#chosen svg text").all_text_contents()


def test_moves_are_drawn_with_the_same_lines_and_heads_as_in_the_pictures_of_the_page(opened) -> None:
    page = opened("large", viewport=WIDE).page
    page.get_by_role("button", name="today", exact=True).first.click()
    looks = """arrows => arrows.map(arrow => [arrow.dataset.from, arrow.dataset.to, arrow.querySelector("title").textContent,
        ...[...arrow.querySelectorAll("path")].map(path => path.getAttribute("class")),
        arrow.classList.contains("other"), arrow.querySelector(".head").getAttribute("d")].join("|"))"""
    drawn = page.locator("#chosen svg .arrow").evaluate_all(looks)
    still = page.locator("#stuck svg .arrow").evaluate_all(looks)
    assert drawn == still
    words = page.locator("#chosen svg text.mark").all_text_contents()
    assert words == page.locator("#stuck svg .state:not(.status-quo) .mark").all_text_contents()
    thick = page.locator("#chosen svg .equilibrium .rim").count()
    assert thick == page.locator("#stuck svg .equilibrium .rim").count() == 20


def test_the_moves_between_listed_states_are_drawn(opened) -> None:
    page = opened("long list", viewport=WIDE).page
    page.get_by_role("button", name="place-0", exact=True).first.click()
    assert page.locator("#chosen svg .arrow").count() == 40
    assert "Not drawn: 30 more." in page.locator("#chosen figcaption").inner_text()
    page.locator("select[name='concept']").select_option("nash")
    assert page.locator("#told").inner_text().endswith(" others below it.")


def test_each_way_told_is_drawn_and_every_step_has_its_reasons(opened) -> None:
    page = opened("large", viewport=WIDE).page
    for goal in ("package", "freeze-for-relief", "phased"):
        folded = page.locator("details.folded", has_text=f"The way to {goal},")
        folded.locator("summary").click()
        drawing = folded.locator("svg.standoff-figure")
        assert (drawing.locator("> title").text_content() or "").startswith(f"Path from today to {goal}: ")
        steps = folded.locator(".path li").all()
        for step in steps:
            folded.locator("button[data-step='1']").click()
            target = step.get_attribute("data-to")
            assert page.locator("#chosen-title").inner_text() == f"Why: {target}"
            assert page.locator("#chosen li").count() == 5
            (arrow,) = drawing.locator(".arrow:not(.dim)").all()
            assert arrow.get_attribute("data-to") == target
        assert drawing.locator(".arrow").count() == len(steps)


def test_what_the_page_does_not_tell_of_a_state_is_said_where_it_is_seen(opened) -> None:
    page = opened("large", viewport=WIDE).page
    folded = page.locator("details.folded", has_text="A shortest round of each kind")
    folded.locator("summary").click()
    folded.locator("button[data-step='1']").first.click()
    assert page.locator("#chosen .not-told").is_visible()
    notice = page.locator("#chosen .not-told").inner_text()
    assert "not on this page" in notice
    told = page.locator("#told").inner_text()
    assert told.startswith("Step 1 of 4: ")
    assert told.endswith(notice)
    assert "Options taken: rhetoric and hold_line." in page.locator("#chosen").inner_text()


def test_the_filter_searches_all_states_and_lists_them_by_keyboard(opened, tmp_path) -> None:
    page = opened("large", viewport=WIDE).page
    study = analyse("case:north-korea-2019")
    fits = set(map(study.space.label, study.equilibrium_states("seq").tolist()))
    tab_to(page, "select[name='concept']")
    page.keyboard.type("SEQ")
    in_table = set(page.locator("table.states tbody tr:visible .state-label").all_inner_texts())
    assert page.locator("#told").inner_text() == (
        f"{len(fits)} of 1,680 states: {len(in_table)} in the table, {len(fits - in_table)} others below it."
    )
    assert len(fits) == 520
    listed = page.locator("table.found tbody tr")
    assert listed.count() == 50
    tab_to(page, ".more")
    while page.locator(".more").is_visible():
        page.keyboard.press("Enter")
    assert {row.get_attribute("data-state") for row in listed.all()} == fits - in_table
    page.locator("select[data-option='0']").select_option("1")
    relief = {label for label in fits if "us.full_relief" in study.space.taken(study.space.index(label))}
    assert page.locator("#told").inner_text().startswith(f"{len(relief)} of 1,680 states: ")
    signs = [row.locator("td").all_inner_texts() for row in listed.all()]
    assert {sign[0] for sign in signs} == {"Y"}
    first = listed.first.get_attribute("data-state")
    kind = equilibrium_kind(study, study.space.index(first))
    assert signs[0][-1] == kind
    tab_to(page, "table.found .state-button")
    page.keyboard.press("Enter")
    assert page.locator("#chosen-title").inner_text() == f"Why: {first}"
    assert f"Equilibrium under: {kind}." in page.locator("#chosen").inner_text()
    page.keyboard.press("Escape")
    assert focused(page) == first
    page.get_by_role("button", name="Show all").click()
    page.wait_for_function("document.querySelector('.others').hidden")


def test_what_the_script_writes_is_only_text(opened) -> None:
    page = opened("hostile large", viewport=WIDE).page
    page.locator("select[data-option]").first.select_option("0")
    assert page.locator("table.found tbody tr").count() == 50
    assert ATTACK in page.locator("table.found thead th").all_inner_texts()
    page.get_by_role("button", name="s1", exact=True).first.click()
    assert ATTACK in page.locator("#chosen svg text").all_text_contents()
    assert page.locator("img").count() == 0
    assert page.locator("script:not([type])").count() == 1


# By keyboard


def test_the_first_stop_leads_past_the_contents(opened) -> None:
    page = opened("large", viewport=WIDE).page
    page.keyboard.press("Tab")
    assert focused(page) == "To the key judgements"
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")


def test_a_drawing_is_one_stop_and_arrows_go_from_state_to_state(opened) -> None:
    page = opened("small", viewport=WIDE).page
    tab_to(page, "svg .state")
    first = page.evaluate("document.activeElement.dataset.state")
    page.keyboard.press("ArrowRight")
    second = page.evaluate("document.activeElement.dataset.state")
    assert second != first
    page.keyboard.press("Enter")
    assert second in page.locator("#chosen-title").inner_text()
    assert page.locator("#told").inner_text().startswith(f"{second} selected")
    page.keyboard.press("Escape")
    assert page.locator("#chosen").is_hidden()
    assert page.evaluate("document.activeElement.dataset.state") == second
    page.keyboard.press("Tab")
    assert not page.evaluate("document.activeElement.matches('svg .state')")


def test_filters_and_rows_are_reached_and_used_by_keyboard(opened) -> None:
    page = opened("small", viewport=WIDE).page
    tab_to(page, "select[name='concept']")
    page.keyboard.press("n")
    page.wait_for_function("document.querySelectorAll('table.states tbody tr:not([hidden])').length < 12")
    tab_to(page, ".state-button")
    page.keyboard.press("Space")
    assert page.locator("#chosen").is_visible()


def test_a_path_is_followed_step_by_step(opened) -> None:
    page = opened("hostile", viewport=WIDE).page
    steps = page.locator(".path").first.locator("li")
    tab_to(page, ".path button[data-step='1']")
    for number in range(steps.count()):
        page.keyboard.press("Enter")
        current = page.locator(".path li[aria-current='step']")
        assert current.inner_text() == steps.nth(number).inner_text()
        assert page.locator("#told").inner_text().startswith(f"Step {number + 1} of {steps.count()}: ")
        assert current.get_attribute("data-to") in page.locator("#chosen-title").inner_text()


def test_a_way_out_is_unfolded_and_followed_by_keyboard(opened) -> None:
    page = opened("large", viewport=WIDE).page
    folded = page.locator("details.folded", has_text="The way to phased")
    assert folded.locator(".path").is_hidden()
    folded.locator("summary").focus()
    page.keyboard.press("Enter")
    assert folded.locator(".path").is_visible()
    folded.locator("button[data-step='1']").focus()
    for number in range(folded.locator(".path li").count()):
        page.keyboard.press("Enter")
        assert page.locator("#told").inner_text().startswith(f"Step {number + 1} of 2: ")
    assert page.locator("#chosen-title").inner_text() == "Why: phased"


# Without scripts, on paper, on a narrow screen


@pytest.mark.parametrize("name", NAMES)
def test_without_scripts_everything_is_there_and_nothing_is_dead(opened, name: str) -> None:
    with_scripts, without = opened(name).page, opened(name, java_script_enabled=False).page
    for what in ("table", "svg.standoff-figure", "[data-origin]", "details", "h2"):
        assert without.locator(what).count() > 0
        assert without.locator(f"{what} >> visible=true").count() == without.locator(what).count() - hidden(
            what, without
        )
        assert without.locator(what).count() >= with_scripts.locator(f"{what} >> visible=true").count()
    assert without.locator("button >> visible=true").count() == 0
    assert without.locator("select >> visible=true").count() == 0
    without.locator("details summary").first.click()
    assert without.locator("details li").first.is_visible()


def hidden(what: str, page: Any) -> int:
    """How many of them are out of sight for a reason: within closed details, or the heading of the empty panel."""
    inside = page.locator(f"details:not([open]) {what}").count()
    return inside + int(what == "h2")


@pytest.mark.parametrize("name", NAMES)
def test_on_paper_every_reason_is_printed_and_no_control(opened, name: str) -> None:
    page = opened(name, viewport=WIDE).page
    page.emulate_media(media="print")
    assert page.locator("details li >> visible=true").count() == page.locator("details li").count() > 0
    assert page.locator("select >> visible=true").count() == 0
    assert page.locator("nav").is_hidden()
    paper = page.pdf(format="A4")
    assert paper.startswith(b"%PDF-")
    assert len(paper) > 20_000


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("name", NAMES)
def test_at_360_pixels_the_page_does_not_scroll_sideways(opened, name: str, scripts: bool) -> None:
    page = opened(name, viewport=NARROW, java_script_enabled=scripts).page
    if scripts:
        page.locator(".state-button").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]
    assert page.evaluate("document.body.scrollWidth") <= NARROW["width"]


def test_at_360_pixels_long_text_in_a_table_has_room(opened) -> None:
    page = opened("large", viewport=NARROW).page
    cells = page.locator("#evidence table").nth(1).locator("tbody td:nth-last-child(4)").all()[:20]
    assert len(cells) == 20
    assert min(cell.bounding_box()["width"] for cell in cells) >= 11 * 16


# What comes from a model is only text


def test_names_that_look_like_markup_are_only_names(opened) -> None:
    page = opened("hostile", viewport=WIDE).page
    page.get_by_role("button", name="s1", exact=True).first.click()
    assert page.locator("img").count() == 0
    assert page.locator("script:not([type])").count() == 1
    assert page.locator("[onload], [onerror], [onfocus], [autofocus]").count() == 0
    assert page.locator("h1").inner_text() == "</title><script>alert(1)</script>"
    heads = page.locator("table.states thead th").all_inner_texts()
    assert [name for name in heads if not name.startswith("stable")][1:4] == [ATTACK, KOREAN, ARABIC]


@pytest.mark.parametrize("name", [KOREAN, ARABIC])
def test_other_scripts_stand_apart_from_the_words_around_them(opened, name: str) -> None:
    page = opened("hostile", viewport=WIDE).page
    cell = page.locator("table.states thead th", has_text=f"stable for {name}")
    assert cell.locator("bdi").inner_text() == name
    assert page.locator("svg text", has_text=name[:6]).count() > 0


def test_the_policy_of_the_page_runs_no_other_script_and_loads_nothing(chromium, pages) -> None:
    context = chromium.new_context(offline=True)
    page = context.new_page()
    page.goto(pages["small"].as_uri())
    page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.hit = 1";
            const picture = document.createElement("img");
            picture.setAttribute("onerror", "window.hit = 2");
            picture.src = "missing.png";
            document.body.append(script, picture);
        }"""
    )
    page.wait_for_timeout(200)
    assert page.evaluate("window.hit") is None
    assert page.evaluate("fetch(location.href).then(() => 'loaded', () => 'refused')") == "refused"
    context.close()
