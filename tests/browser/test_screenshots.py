"""The pictures of the brief in the documentation are taken here.

They are written only if asked, STANDOFF_SCREENSHOTS=write (make docs does), since fonts differ from machine to
machine. Otherwise each is taken all the same, and the one that is stored must be there and of the same size;
whether it shows the brief of today is for the eye.
"""

from __future__ import annotations

import os
import struct
from pathlib import Path

import pytest

from tests.browser.driving import NARROW, WIDE
from tests.docs.examples import ROOT

IMAGES = ROOT / "docs" / "images"
SHOTS = {
    "brief-wide": {"viewport": WIDE},
    "brief-narrow": {"viewport": NARROW},
    "brief-dark": {"viewport": WIDE, "color_scheme": "dark"},
}


@pytest.mark.parametrize("name", SHOTS)
def test_the_picture_is_taken(opened, name: str) -> None:
    page = opened("large", **SHOTS[name]).page
    if name == "brief-dark":
        page.locator("svg:has(.arrow) .state.status-quo").first.click()
    picture = page.screenshot(animations="disabled")
    stored = IMAGES / f"{name}.png"
    if os.environ.get("STANDOFF_SCREENSHOTS") == "write":
        stored.write_bytes(picture)
    assert size(stored) == size_of(picture) == tuple(SHOTS[name]["viewport"].values())
    assert stored.stat().st_size < 400_000


def size(path: Path) -> tuple[int, int]:
    assert path.is_file(), f"{path.name} is not there; write it with: make docs"
    return size_of(path.read_bytes())


def size_of(png: bytes) -> tuple[int, int]:
    """Width and height, from the header of a PNG file."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height
