"""Languages by what they are called."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylect import languages


@pytest.mark.parametrize(
    ("name", "reader", "tag"),
    [
        ("Swahili", "en", "sw"),
        ("Peul", "fr", "ff"),
        ("Swahili", "fr", "sw"),
        ("KISWAHILI", "fr", "sw"),
        ("اردو", "en", "ur"),
        ("português", "en", "pt"),
        (" Brazilian  Portuguese ", "en", "pt-BR"),
        ("Simplified Chinese", "en", "zh-Hans"),
        ("Klingonish", "en", None),
        ("", "en", None),
    ],
)
def test_a_language_is_found_by_its_name(name: str, reader: str, tag: str | None) -> None:
    assert languages.named(name, reader) == tag


@given(st.text(max_size=60), st.sampled_from(["en", "fr", "ar", "xx-nothing"]))
def test_any_name_finds_a_tag_or_nothing(name: str, reader: str) -> None:
    found = languages.named(name, reader)
    assert found is None or languages.canonical(found) == found
