"""Message bundles. Cases: tests/cases/messages/bundle.txt."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.messages.cases import Case, cases
from polylect.messages import bundle
from polylect.messages.bundle import Bundle, Metadata

keys = st.from_regex(r"[a-zA-Z_.][a-zA-Z0-9_.-]{0,60}", fullmatch=True)
texts = st.text(min_size=1).filter(lambda text: text.strip(" \t\n\r\0\x0b"))
codes = st.sampled_from(["en", "fr", "pt-br", "zh-hant"])
bundles = st.builds(
    Bundle,
    st.dictionaries(keys, texts, max_size=8),
    st.builds(
        Metadata,
        st.none() | codes,
        st.none() | st.lists(codes).map(tuple),
        st.none() | st.booleans(),
        st.none() | st.text(),
        st.none() | st.text(),
    ),
)


@pytest.mark.parametrize("case", cases("bundle.txt"), ids=str)
def test_a_page_is_read_as_its_case_says(case: Case) -> None:
    found, issues = bundle.read(case.parts["page"], "bundle.json")
    assert [[key, text] for key, text in found.messages.items()] == case.lines("messages")
    assert [[str(issue.place), issue.code] for issue in issues] == case.lines("issues")
    said = {name: str(value) for name, value in vars(found.metadata).items() if value is not None}
    assert [[name, value] for name, value in said.items()] == case.lines("metadata")


@given(bundles)
def test_what_is_written_is_read_again(written: Bundle) -> None:
    page, issues = bundle.write(written)
    assert not issues
    found, issues = bundle.read(page)
    assert not issues
    assert found == written
    assert list(found.messages) == list(written.messages)


@given(st.dictionaries(st.text(), st.text(), max_size=6))
def test_what_a_wiki_refuses_is_never_written(messages: dict[str, str]) -> None:
    page, issues = bundle.write(Bundle(messages))
    found, again = bundle.read(page)
    assert not again
    assert len(found.messages) + len({issue.params["key"] for issue in issues}) >= len(messages)
    assert found.messages.items() <= messages.items()
    assert bool(issues) == (found.messages != messages)


@given(
    st.text()
    | st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(), lambda v: st.lists(v) | st.dictionaries(st.text(), v)
    ).map(json.dumps)
)
def test_reading_never_fails(page: str) -> None:
    found, issues = bundle.read(page)
    assert all(str(issue) for issue in issues)
    assert not bundle.write(found)[1]


@pytest.mark.parametrize("page", ["[" * 100_000, '{"a":' * 100_000, "1" * 10_000, '{"a": ' + "1" * 10_000 + "}"])
def test_a_hostile_page_is_an_issue(page: str) -> None:
    found, issues = bundle.read(page)
    assert not found.messages
    assert issues[0].code in ("bundle-json", "bundle-object")


def test_a_bundle_too_large_for_a_wiki_page_is_an_issue() -> None:
    _, issues = bundle.write(Bundle({"a": "x" * bundle.LARGEST_PAGE_BYTES}))
    assert [issue.code for issue in issues] == ["bundle-size"]


@pytest.mark.shared
def test_the_real_bundle_goes_out_as_it_came(shared: Path) -> None:
    page = (shared / "bundles" / "what-is-a-partnership.json").read_text(encoding="utf-8")
    found, issues = bundle.read(page)
    assert (len(found.messages), issues) == (243, [])
    assert bundle.write(found) == (page, [])
