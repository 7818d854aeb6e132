"""The model inside a page: it comes back as it was, and a page made to harm does not."""

from __future__ import annotations

import json
import zlib
from base64 import b64encode
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff.cases import case_names
from standoff.errors import ModelError, RefusedError
from standoff.files.embedding import ENCODING, SCHEMA, embedded, read_embedded
from standoff.files.reading import read_text
from standoff.files.yaml_reading import MOST_BYTES
from standoff.model.fingerprint import fingerprint
from standoff.study import load
from tests.example import TEXT

OPENING = '<script type="application/json" id="standoff-model">'
EXAMPLE = read_text(TEXT).conflict


def page(element: str) -> str:
    return f"<!DOCTYPE html><html><head><title>x</title></head><body>{element}</body></html>"


def packed(text: str) -> str:
    return b64encode(zlib.compress(text.encode())).decode()


def element(**values) -> str:
    document = {"schema": SCHEMA, "encoding": ENCODING, "file": None, "variant": None}
    document |= {"fingerprint": fingerprint(EXAMPLE), "model": packed(TEXT)} | values
    return f"{OPENING}{json.dumps(document)}</script>"


def written(tmp_path, text: str | bytes):
    path = tmp_path / "page.html"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize("name", case_names())
def test_every_case_and_variant_comes_back(name, tmp_path):
    base = load(f"case:{name}")
    for variant in (None, *base.variants):
        conflict = load(f"case:{name}", variant).conflict
        read = read_embedded(written(tmp_path, page(embedded(conflict, f"case:{name}", variant))))
        assert read.conflict == conflict
        assert read.variant == variant


@given(st.text(max_size=60), st.text(max_size=20))
def test_nothing_in_a_model_ends_the_element_or_begins_another(name, file):
    conflict = replace(EXAMPLE, note=f"</script><script>alert(1)</script><!--{name}")
    text = embedded(conflict, file)
    assert text.count("<") == 2
    assert text.startswith(OPENING)
    assert text.endswith("</script>")


def test_markup_in_names_comes_back_as_it_was(tmp_path):
    odd = "</script><img src=x onerror=alert(1)> \u2028 한국 \u202eabc"
    conflict = read_text(TEXT.replace("name: United States", f"name: {json.dumps(odd)}")).conflict
    read = read_embedded(written(tmp_path, page(embedded(conflict))))
    assert read.conflict == conflict


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (page(""), "carries no model"),
        (b"", "carries no model"),
        (b"\xff\xfe\x00\x00", "carries no model"),
        (page(element() * 2), "several models"),
        (page(OPENING + "{"), "damaged"),
        (page(OPENING + "[" * 100_000 + "</script>"), "damaged"),
        (page(f"{OPENING}[]</script>"), "not in the form"),
        (page(element(schema="standoff.model/2")), "not in the form"),
        (page(element(encoding="yaml")), "not in the form"),
        (page(element(model=7)), "damaged"),
        (page(element(model="not base64!")), "damaged"),
        (page(element(model=b64encode(b"not zlib").decode())), "damaged"),
        (page(element(model=b64encode(zlib.compress(TEXT.encode())[:-9]).decode())), "cut off|damaged"),
        (page(element(model=b64encode(zlib.compress(b"\xff\xfe")).decode())), "damaged"),
        (page(element(model=packed("a" * (MOST_BYTES + 1)))), "too large"),
        (page(element(model=packed(TEXT.replace("us.relief", "us.exercises", 1)))), "not the one whose fingerprint"),
        (page(element(fingerprint="sha256:0")), "not the one whose fingerprint"),
        (page(element(model=packed("standoff: 1\nname: [\n"))), "yaml"),
        (page(element(model=packed("!!python/object/apply:os.system ['true']"))), "."),
    ],
)  # fmt: skip
def test_a_page_that_is_damaged_or_made_to_harm_is_a_fault(text, message, tmp_path):
    with pytest.raises(ModelError, match=message) as caught:
        read_embedded(written(tmp_path, text))
    assert all(fault.cure for fault in caught.value.faults)
    assert "page.html" in str(caught.value)


def test_a_small_page_that_unpacks_to_much_is_not_unpacked(tmp_path):
    bomb = b64encode(zlib.compress(b"\0" * (1 << 28), 9)).decode()
    assert len(bomb) < 1 << 20
    with pytest.raises(ModelError, match="too large"):
        read_embedded(written(tmp_path, page(element(model=bomb))))


def test_a_huge_page_and_a_missing_one_are_faults(tmp_path):
    with pytest.raises(ModelError, match="more than 8 MB"):
        read_embedded(written(tmp_path, b" " * ((1 << 23) + 1)))
    with pytest.raises(ModelError, match="no such file"):
        read_embedded(tmp_path / "none.html")
    with pytest.raises(ModelError, match="cannot be read"):
        read_embedded(tmp_path)


def test_a_model_too_large_to_be_read_again_is_not_carried():
    with pytest.raises(RefusedError, match="too large"):
        embedded(replace(EXAMPLE, note="a" * MOST_BYTES))
