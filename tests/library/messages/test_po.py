"""Translations of a course as PO."""

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from library.messages import builders
from library.messages.strategies import targets_for
from polylect.messages import Target, check, find_all, po
from polylect.messages.message import without_controls

COURSE = builders.course()
MESSAGES = {(code, message.role): message for code, message in find_all(COURSE)}


def entry(context: str | None, source: str, text: str, before: str = "") -> str:
    lines = [f'msgctxt "{context}"'] if context is not None else []
    return before + "\n".join([*lines, f'msgid "{source}"', f'msgstr "{text}"']) + "\n\n"


HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def read(*entries: str, file: str = "translations/fr.po") -> tuple[dict[po.Key, Target], list[str]]:
    targets, issues = po.read("".join(entries), COURSE, file)
    return targets, [f"{issue.place.line} {issue.code}" for issue in issues]


def test_a_file_has_every_message_with_its_place_and_its_kind() -> None:
    written = po.write(COURSE, "fr", {})
    assert written.count("msgctxt") == len(MESSAGES)
    assert "#. feedback; gives an answer away\n" in written
    assert 'msgctxt "text|html"\nmsgid "Hello <1>world</1>"\nmsgstr ""\n' in written
    assert '"Language: fr\\n"' in written


def test_addresses_are_written_where_they_are_translated_or_wanted() -> None:
    course = builders.course(builders.text('<a href="/a">A</a> b'))
    key = ("text", "html.href.1")
    assert "html.href.1" not in po.write(course, "fr", {})
    assert "html.href.1" in po.write(course, "fr", {}, include_optional=True)
    assert po.read(po.write(course, "fr", {key: Target("/b", "fr")}), course, "fr.po")[0][key].text == "/b"


def test_an_entry_goes_where_its_context_says() -> None:
    targets, issues = read(entry("text|html", "Hello <1>world</1>", "Salut <1>monde</1>"))
    assert targets == {("text", "html"): Target("Salut <1>monde</1>", "fr", made_for="Hello <1>world</1>")}
    assert issues == []


def test_a_translation_of_another_source_text_says_so() -> None:
    targets, issues = read(entry("text|html", "Hi", "Salut"))
    assert targets == {("text", "html"): Target("Salut", "fr", made_for="Hi")}
    assert issues == []


def test_entries_go_with_their_texts_where_the_course_was_edited_since() -> None:
    before = builders.course(builders.text("<p>One bridge is old.</p><p>Two cases.</p><p>A third bridge is new.</p>"))
    after = builders.course(
        builders.text("<p>Welcome.</p><p>One bridge is old.</p><p>Two cases.</p><p>A third bridge is quite new.</p>")
    )
    wording = {message.text: f"Fr {message.text}" for _, message in find_all(before)}
    written = po.write(
        before, "fr", {(code, one.role): Target(wording[one.text], "fr") for code, one in find_all(before)}
    )
    targets, issues = po.read(written, after, "fr.po")
    now = {message.text: targets.get((code, message.role)) for code, message in find_all(after)}
    assert not issues
    assert now["Welcome."] is None
    assert now["Two cases."] == Target("Fr Two cases.", "fr", made_for="Two cases.")
    edited = now["A third bridge is quite new."]
    assert edited == Target("Fr A third bridge is new.", "fr", made_for="A third bridge is new.")


def test_an_entry_without_its_place_goes_to_the_only_equal_text() -> None:
    targets, issues = read(entry(None, "Homework", "Devoirs"), entry("gone|title", "A unit", "Unité"))
    assert {key: target.text for key, target in targets.items()} == {
        ("course", "category.homework.name"): "Devoirs",
        ("unit", "title"): "Unité",
    }
    assert issues == []


def test_an_entry_that_fits_several_texts_or_none_is_left_out() -> None:
    course = builders.course(builders.text("<p>Same</p><p>Same</p>"))
    text = HEADER + entry(None, "Same", "Pareil") + entry(None, "Nowhere", "Nulle part")
    _, issues = po.read(text, course, "fr.po")
    assert [(issue.place.line, issue.code) for issue in issues] == [(5, "po-ambiguous"), (8, "po-unknown")]


def test_a_broken_translation_is_left_out_and_a_doubtful_one_taken() -> None:
    targets, issues = read(
        HEADER,
        entry("text|html", "Hello <1>world</1>", "Salut"),
        entry("unit|title", "A unit", "Une <1>unité</1>"),
        entry("section|title", "A section", "Une", before="#, python-format\n"),
    )
    assert targets.keys() == {("text", "html"), ("section", "title")}
    assert issues == ["5 message-emphasis-lost", "9 message-placeholder-unknown", "9 message-placeholder-unknown"]


def test_a_second_translation_of_a_place_is_left_out() -> None:
    targets, issues = read(HEADER, entry("unit|title", "A unit", "Un"), entry(None, "A unit", "Deux"))
    assert targets[("unit", "title")].text == "Un"
    assert issues == ["9 po-twice"]


@pytest.mark.parametrize("character", ["\x85", "\u2028", "\u2029", "\u00a0", "\t", "\n", "\r", "\\", '"', "\\n"])
def test_every_character_of_a_translation_is_kept(character: str) -> None:
    targets = {("unit", "title"): Target(f"Une{character}unité", "fr", made_for="A unit")}
    assert po.read(po.write(COURSE, "fr", targets), COURSE, "fr.po") == (targets, [])


def test_fuzzy_says_what_it_was_made_for_or_is_left_out() -> None:
    targets, issues = read(
        entry("unit|title", "A unit", "Un", before='#, fuzzy\n#| msgid "Old unit"\n'),
        entry("section|title", "A section", "Une", before="#, fuzzy\n"),
    )
    assert targets == {("unit", "title"): Target("Un", "fr", made_for="Old unit")}
    assert [issue.split()[1] for issue in issues] == ["po-fuzzy"]


def test_the_name_of_the_file_is_its_language_before_the_header() -> None:
    header = 'msgid ""\nmsgstr ""\n"Language: es\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    one = entry("unit|title", "A unit", "Un")
    assert read(header, one, file="pt_BR.po")[0][("unit", "title")].language == "pt-BR"
    assert read(header, one, file="pt_BR.po")[1] == ["0 po-other-language"]
    assert read(header, one, file="some words.po")[0][("unit", "title")].language == "es"
    assert read(one, file="some words.po") == ({}, ["0 po-language"])


@pytest.mark.parametrize("text", ["not a catalog", "/etc/hostname", "msgstr", 'msgid "a"\nmsgid "b"'])
def test_what_is_no_catalog_is_an_issue(text: str) -> None:
    targets, issues = read(text)
    assert targets == {}
    assert [issue.split()[1] for issue in issues] == ["po-unreadable"]


@given(
    st.text()
    | st.lists(
        st.sampled_from(["msgid ", "msgstr ", "msgctxt ", '"a"', '"\\', "\n", "#", "#, fuzzy", "#| ", "[0]", "~"])
    ).map("".join)
)
def test_reading_never_fails(text: str) -> None:
    _, issues = po.read(text, COURSE, "fr.po")
    assert all(issue.sentence for issue in issues)


@settings(deadline=None)
@given(st.data())
def test_what_is_written_is_read_again(data: st.DataObject) -> None:
    key, message = data.draw(st.sampled_from(sorted(MESSAGES.items(), key=str)))
    drawn = data.draw(targets_for([message])).get(message.role)
    old = data.draw(st.sampled_from(["", "An older text"]))
    assume(drawn is not None and drawn.text.strip())
    target = replace(drawn, text=without_controls(drawn.text), made_for=old or message.text)
    found, _ = po.read(po.write(COURSE, "fr", {key: target}), COURSE, "fr.po")
    if any(issue.severity.value == "error" for issue in check(target.made_for, target.text, kind=message.kind)):
        assert found == {}
    else:
        assert found == {key: target}
