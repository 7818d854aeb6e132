"""The brief is checked by axe-core, and by hand where axe cannot tell."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.driving import NARROW, WIDE

DARK = {"color_scheme": "dark"}
SETTINGS = {
    "light": {"viewport": WIDE},
    "dark": {"viewport": WIDE, **DARK},
    "narrow": {"viewport": NARROW},
    "narrow and dark": {"viewport": NARROW, **DARK},
}
LEAST_CONTRAST = 4.5

# All text against what it stands on, from the colours that the page computes; in drawings against every ground.
CONTRASTS = """() => {
    const canvas = new OffscreenCanvas(1, 1).getContext("2d", {willReadFrequently: true});
    const light = (colour) => {
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        const linear = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3)
            .map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
    };
    const pairs = new Set();
    const fills = (what) => new Set([...document.querySelectorAll(`svg ${what}`)].map((each) => getComputedStyle(each).fill));
    const grounds = [...fills(".paper"), ...fills(".rim"), ...fills("rect.taken")].filter((each) => each !== "none");
    for (const text of fills("text")) for (const ground of grounds) pairs.add(text + " on " + ground);
    const clear = "rgba(0, 0, 0, 0)";
    for (const each of document.querySelectorAll("body *:not(svg *)")) {
        if (![...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim())) continue;
        let under = each;
        while (getComputedStyle(under).backgroundColor === clear) under = under.parentElement;
        pairs.add(getComputedStyle(each).color + " on " + getComputedStyle(under).backgroundColor);
    }
    return [...pairs].map((pair) => {
        const [low, high] = pair.split(" on ").map(light).sort((a, b) => a - b);
        return [pair, (high + 0.05) / (low + 0.05)];
    });
}"""


def violations(page: Any, *, contrast: bool = True) -> list[str]:
    """What axe finds wrong, and what it could not tell; of contrast, which is slow, only what is wrong.

    Axe cannot tell the contrast of text in drawings and in what is partly scrolled out of sight.
    """
    from axe_playwright_python.base import AXE_SCRIPT

    page.evaluate(AXE_SCRIPT)
    rules = {} if contrast else {"color-contrast": {"enabled": False}}
    found = page.evaluate(
        "settings => axe.run(settings)", {"resultTypes": ["violations", "incomplete"], "rules": rules}
    )
    told = [f"{rule['id']}: {node['html']}" for rule in found["violations"] for node in rule["nodes"]]
    unsure = [rule["id"] for rule in found["incomplete"] if rule["id"] != "color-contrast"]
    return told + [f"cannot tell: {rule}" for rule in unsure]


@pytest.mark.parametrize("setting", SETTINGS)
def test_axe_finds_nothing(opened, setting: str) -> None:
    assert violations(opened("small", **SETTINGS[setting]).page) == []


@pytest.mark.parametrize("name", ["large", "two by two", "graph form", "hostile"])
def test_axe_finds_nothing_in_other_models(opened, name: str) -> None:
    assert violations(opened(name, viewport=WIDE).page, contrast=False) == []


@pytest.mark.parametrize("setting", ["light", "narrow and dark"])
def test_axe_finds_nothing_when_a_state_is_selected(opened, setting: str) -> None:
    page = opened("small", **SETTINGS[setting]).page
    page.locator(".state-button").first.click()
    page.locator("select[name='concept']").select_option("nash")
    assert violations(page) == []


@pytest.mark.parametrize("setting", ["light", "narrow and dark"])
def test_axe_finds_nothing_when_moves_are_drawn_and_other_states_listed(opened, setting: str) -> None:
    page = opened("large", **SETTINGS[setting]).page
    page.locator("select[name='concept']").select_option("seq")
    page.locator("details.folded", has_text="The way to package").locator("summary").click()
    page.get_by_role("button", name="package", exact=True).first.click()
    assert page.locator("#chosen svg .arrow").count() > 0
    assert violations(page, contrast=False) == []


def test_axe_finds_nothing_when_a_listed_state_is_selected(opened) -> None:
    page = opened("graph form", viewport=WIDE).page
    page.get_by_role("button", name="convoy", exact=True).first.click()
    assert violations(page) == []


def test_axe_finds_nothing_without_the_script_of_the_page(chromium, pages, tmp_path) -> None:
    """Axe is a script itself, so the page is opened with its own taken out instead of scripts off."""
    text = pages["small"].read_text(encoding="utf-8")
    before, _, rest = text.partition("<script>")
    still = tmp_path / "still.html"
    still.write_text(before + rest.partition("</script>")[2], encoding="utf-8")
    context = chromium.new_context(offline=True, viewport=WIDE)
    page = context.new_page()
    page.goto(still.as_uri())
    assert page.locator("button >> visible=true").count() == 0
    assert violations(page) == []
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["large", "small"])
def test_all_text_has_contrast(opened, name: str, scheme: str) -> None:
    page = opened(name, viewport=WIDE, color_scheme=scheme).page
    page.locator(".state-button").first.click()
    found = page.evaluate(CONTRASTS)
    assert len(found) > 5
    assert [each for each in found if each[1] < LEAST_CONTRAST] == []


@pytest.mark.parametrize("name", ["small", "hostile"])
def test_every_control_has_a_name_and_a_drawing_is_told_in_words(opened, name: str) -> None:
    page = opened(name, viewport=WIDE).page
    for control in page.locator("button >> visible=true").all() + page.locator("svg .state").all():
        assert (control.get_attribute("aria-label") or control.text_content() or "").strip()
    for drawing in page.locator("svg.standoff-figure").all():
        assert (drawing.locator("> title").text_content() or "").strip()
        assert (drawing.locator("> desc").text_content() or "").strip()
