"""HTML is cut into messages and put together again. Cases: tests/cases/messages/html.txt and exercise_html.txt."""

import tarfile
import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from library.messages.cases import Case, cases
from library.messages.strategies import messy_html, targets_for
from polylect.messages import Target, html
from polylect.messages.markup import TokenKind, tokens
from polylect.messages.message import OPTIONAL_KINDS, check

CASES = [pytest.param(case, False, id=case.title) for case in cases("html.txt")] + [
    pytest.param(case, True, id=case.title) for case in cases("exercise_html.txt")
]


@pytest.mark.parametrize(("case", "has_variables"), CASES)
def test_html_is_cut_as_the_cases_say(case: Case, has_variables: bool) -> None:
    found = html.find("html", case.parts["html"], has_variables=has_variables)
    assert [[m.role, m.kind.value, m.text] for m in found] == case.lines("messages")
    assert all(m.optional == (m.kind in OPTIONAL_KINDS) for m in found)


@pytest.mark.parametrize(("case", "has_variables"), [case for case in CASES if "written" in case.values[0].parts])
def test_translations_are_put_back_as_the_cases_say(case: Case, has_variables: bool) -> None:
    targets = {role: Target(text, language) for role, language, text in case.lines("targets")}
    written = html.put_back(
        "html", case.parts["html"], targets, language="fr", source_language="en", has_variables=has_variables
    )
    assert written == case.parts["written"]


@settings(deadline=None)
@given(messy_html, st.booleans())
@example("<![CDATA[ a ]]> b < c <1>&amp;&copy=1", False)
@example('<a title="x', False)
@example("<b><p>x</b></p>\\(", True)
def test_source_texts_put_back_give_the_same_html(text: str, has_variables: bool) -> None:
    targets = {m.role: Target(m.text, "en") for m in html.find("html", text, has_variables=has_variables)}
    assert html.put_back("html", text, targets, has_variables=has_variables) == text
    assert html.put_back("html", text, {}, has_variables=has_variables) == text


@settings(deadline=None)
@given(messy_html)
def test_in_its_own_language_a_page_needs_no_marks(text: str) -> None:
    text = text.replace(" lang=", " x=").replace(" dir=", " x=")
    targets = {m.role: Target(m.text, "en") for m in html.find("html", text)}
    assert html.put_back("html", text, targets, language="en", source_language="en") == text


@settings(deadline=None)
@given(messy_html)
def test_written_anew_the_source_texts_are_found_again(text: str) -> None:
    messages = [m for m in html.find("html", text) if not m.optional]
    longer = {m.role: Target(f"{m.text} x", "en") for m in messages}
    again = html.put_back("html", html.put_back("html", text, longer), {})
    assert [m.text for m in html.find("html", again) if not m.optional] == [f"{m.text} x" for m in messages]


@settings(deadline=None)
@given(messy_html, st.data())
def test_a_translation_adds_no_tag_and_no_attribute(text: str, data: st.DataObject) -> None:
    messages = html.find("html", text)
    targets = data.draw(targets_for(messages))
    before = {_tag(token) for token in tokens(text) if token.name}
    written = html.put_back("html", text, targets)
    assert {_tag(token) for token in tokens(written) if token.name} <= before


@settings(deadline=None)
@given(messy_html, st.data())
def test_what_is_marked_is_only_marked(text: str, data: st.DataObject) -> None:
    """Taking the marks away again gives the page without marks."""
    targets = data.draw(targets_for(html.find("html", text)))
    marked = html.put_back("html", text, targets, language="qps", source_language="he")
    for mark in (' lang="he" dir="rtl"', ' lang="fr" dir="ltr"'):
        marked = marked.replace(f"<span{mark}>", "<span-mark>").replace(mark, "")
    plain = html.put_back("html", text, targets)
    assert marked.count("<span-mark>") <= marked.count("</span>")
    assert marked.replace("<span-mark>", "").replace("</span>", "") == plain.replace("</span>", "")


@pytest.mark.parametrize(
    "unit",
    [
        "<b>",
        "<i></b>",
        "<iframe/>",
        "<p lang=en>x",
        "<code>",
        "x<br>",
        "<pre></pre>",
        "<a title=1 x>",
        "\\(",
        "<!--",
        "<![CDATA[",
    ],
)
def test_a_long_page_takes_time_in_proportion(unit: str) -> None:
    def seconds(count: int) -> float:
        started = time.process_time()
        page = unit * count
        targets = {m.role: Target(m.text + "x", "fr") for m in html.find("html", page)}
        html.put_back("html", page, targets, language="fr", source_language="en")
        return time.process_time() - started

    seconds(100)
    # Of three times, since a busy machine can make one of them long; a square would make each a hundred times as long.
    assert any(seconds(2000) < 40 * max(seconds(200), 0.005) for _ in range(3))


def test_a_page_of_the_same_structure_gives_its_texts() -> None:
    source = '<p>Click <b>Save</b> on <a href="/a">this</a>.</p><img alt="A cat" src="/c.png">'
    translated = '<p>Sur <a href="/a">ceci</a>, cliquez <b>Garder</b>.</p><img alt="Un chat" src="/c.png">'
    matched = html.match(source, translated)
    assert matched == {
        "": "Sur <a2>ceci</a2>, cliquez <1>Garder</1>.",
        ".alt.1": "Un chat",
        ".src.1": "/c.png",
        ".href.1": None,
    }


def test_a_page_of_another_structure_gives_nothing() -> None:
    assert html.match("<p>One</p><p>Two</p>", "<p>Un. Deux.</p>") is None
    assert html.match("<p>One</p>", "<div>Un</div>") is None


def test_a_text_with_other_markup_than_its_source_is_not_taken() -> None:
    assert html.match("<p>One <b>two</b> x</p>", "<p>Un <b>deux</b> <u>x</u> y</p>") == {"": None}
    assert html.match('<p>A <a href="/a">b</a> c</p>', "<p>A b c</p>") is None


@settings(deadline=None)
@given(messy_html)
def test_a_page_matches_itself(text: str) -> None:
    matched = html.match(text, text)
    assert matched is not None
    texts = {m.role: m.text for m in html.find("", text)}
    assert all(text in (texts[role], None) for role, text in matched.items())
    assert matched.keys() == texts.keys()


@pytest.mark.shared
def test_every_page_of_the_real_exports_obeys_the_law(shared: Path) -> None:
    pages = 0
    for export in sorted((shared / "courses").glob("*.tar.gz")):
        for name, text in _files(export, (".html", ".xml")):
            messages = html.find("html", text)
            targets = {m.role: Target(m.text, "en") for m in messages}
            assert html.put_back("html", text, targets) == text, name
            assert not any(check(m.text, m.text, kind=m.kind) for m in messages if not m.optional), name
            pages += 1
    assert pages > 500


def _files(archive: Path, endings: tuple[str, ...]) -> list[tuple[str, str]]:
    with tarfile.open(archive) as tar:
        return [
            (member.name, handle.read().decode("utf-8", "replace"))
            for member in tar
            if member.name.endswith(endings) and (handle := tar.extractfile(member)) is not None
        ]


def _tag(token: object) -> tuple[object, ...]:
    return token.kind is TokenKind.START, token.name, tuple(attribute.name for attribute in token.attributes)
