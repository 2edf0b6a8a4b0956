"""The exchange forms: what goes out comes back, and what comes from elsewhere is read as far as it goes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from library.messages import cases
from library.messages.exchange_strategies import rows
from polylect.messages import exchange
from polylect.messages.exchange import Form
from polylect.messages.message import join, split, without_controls
from polylect.messages.rows import Head, Read, Row, State, base_of, comparable, notes, parse_base

HEAD = Head("Test+Bridges", "en", "pt-BR")
FORMS_WITH_CUTS = (Form.XLIFF, Form.TABLE)


def there_and_back(form: Form, given_rows: list[Row], head: Head = HEAD) -> Read:
    written = "".join(exchange.write(form, head, given_rows))
    return exchange.read(written.encode(), exchange.name_of(head, form))


def in_one_spelling(text: str) -> str:
    """A text without control characters, its placeholders in one spelling, its ends of lines as they are."""
    return join(split(without_controls(text)))


def controls_of(text: str) -> list[str]:
    return [character for character in text if character < " "]


def told(row: Row, *names: str) -> list[str]:
    return [str(getattr(row, name)) for name in names]


@settings(deadline=None)
@given(rows())
def test_a_table_gives_back_every_character(given_rows: list[Row]) -> None:
    read = there_and_back(Form.TABLE, given_rows)
    assert read.issues == ()
    names = ("key", "place", "source", "text", "made_for", "cuts", "base")
    assert [told(row, *names) for row in read.rows] == [told(row, *names) for row in given_rows]


@settings(deadline=None)
@given(rows())
def test_xliff_gives_back_every_character(given_rows: list[Row]) -> None:
    read = there_and_back(Form.XLIFF, given_rows)
    assert read.issues == ()
    assert len(read.rows) == len(given_rows)
    for row, given_row in zip(read.rows, given_rows, strict=True):
        assert told(row, "key", "place", "cuts", "base") == told(given_row, "key", "place", "cuts", "base")
        assert without_controls(row.source) == in_one_spelling(given_row.source)
        assert without_controls(row.text) == in_one_spelling(given_row.text)
        assert controls_of(row.text) == controls_of(given_row.text)
        assert comparable(row.made_for) == comparable(given_row.made_for)


@settings(deadline=None)
@given(rows())
def test_a_catalog_gives_back_all_but_control_characters_and_cuts(given_rows: list[Row]) -> None:
    read = there_and_back(Form.PO, given_rows)
    assert read.issues == ()
    for row, given_row in zip(read.rows, given_rows, strict=True):
        assert told(row, "key", "place") == told(given_row, "key", "place")
        assert row.text == without_controls(given_row.text)
        assert without_controls(row.source) == without_controls(given_row.source)
        assert without_controls(row.made_for) == without_controls(given_row.made_for)
        assert row.base == base_of(given_row.text)
        assert row.cuts is None


@settings(deadline=None)
@given(rows())
def test_a_bundle_gives_back_the_translated_texts(given_rows: list[Row]) -> None:
    read = there_and_back(Form.BUNDLE, given_rows)
    kept = [row for row in given_rows if row.text.strip(" \t\n\r\0\x0b")]
    assert read.issues == ()
    assert [told(row, "key", "text") for row in read.rows] == [told(row, "key", "text") for row in kept]


@settings(deadline=None)
@given(rows())
def test_what_is_read_of_a_file_as_it_left_is_known_to_be_so(given_rows: list[Row]) -> None:
    for form in (Form.PO, Form.XLIFF, Form.TABLE):
        assert all(row.is_as_it_left for row in there_and_back(form, given_rows).rows)


_PIECES = """
<unit id='u'> </unit> <segment> <source> </source> <target> </target> <ph id='1'/> <cp hex='D800'/> <cp hex='110000'/>
<ec startRef='9'/> &x; ]]> key,target " , ; '= { } : [ msgid msgstr "a" #, fuzzy #. polylect: é
"""
_pieces = st.lists(st.sampled_from([*_PIECES.split(), " ", "\n", "\x00", "\ufeff"])).map("".join)


@given(st.binary() | _pieces.map(str.encode) | _pieces.map(lambda text: text.encode("utf-16")), st.sampled_from(Form))
def test_reading_never_fails(content: bytes, form: Form) -> None:
    for name in ("a", "a.fr.xlf", "a.csv"):
        for asked in (form, None):
            read = exchange.read(content, name, asked)
            assert all(issue.sentence for issue in read.issues)
            assert all(row.text.encode() is not None for row in read.rows)


@given(_pieces)
def test_reading_what_is_nearly_xliff_never_fails(inside: str) -> None:
    namespace = 'xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="fr"'
    for content in (f"<xliff {namespace}><file id='f'>{inside}</file></xliff>", f"<xliff {namespace}>{inside}"):
        assert all(row.text.encode() is not None for row in exchange.read(content.encode(), "a.xlf").rows)


@pytest.mark.parametrize("form", Form)
def test_each_form_knows_its_language_and_itself(form: Form) -> None:
    row = Row(key="m-1", place="intro|title", source="Bridges", text="Pontes", base=base_of("Pontes"))
    name = exchange.name_of(HEAD, form)
    written = "".join(exchange.write(form, HEAD, [row])).encode()
    assert exchange.form_of(written, name) is form
    assert exchange.form_of(written, "renamed") in (form, None)
    assert exchange.read(written, name).head.language == "pt-BR"


@pytest.mark.parametrize("form", [Form.PO, Form.XLIFF, Form.TABLE])
def test_a_translator_reads_what_must_be_kept_in_mind(form: Form) -> None:
    row = Row(place="ask|hint", source="One", note="Shown last.", reveals=True, optional=True)
    written = "".join(exchange.write(form, HEAD, [row]))
    assert "gives an answer away" in written
    assert "leave it empty where the source's is right" in written
    assert "Shown last." in written
    assert notes(row) == ["Shown last."]


def test_a_bundle_of_the_source_language_has_the_source() -> None:
    row = Row(key="m-1", source="Bridges")
    written = "".join(exchange.write(Form.BUNDLE, Head("", "en", "en"), [row]))
    assert '"m-1": "Bridges"' in written


def test_a_bundle_says_what_a_wiki_would_refuse() -> None:
    row = Row(key="bad key", source="Bridges", text="Pontes")
    assert [one.code for one in exchange.issues_of_writing(Form.BUNDLE, HEAD, [row])] == ["bundle-key"]
    assert exchange.issues_of_writing(Form.PO, HEAD, [row]) == []


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.po", "exchange-empty"),
        (b" \n", "a.xlf", "exchange-empty"),
        (b"words", "a.doc", "exchange-form"),
        (b"\xff\xfe\xff", "a.csv", "table-encoding"),
        (b"key,target\n\xe9,x\n", "a.csv", "table-encoding"),
        (b'{"m-1": "\xe9"}', "fr.json", "exchange-encoding"),
    ],
)
def test_what_is_no_file_of_translations_is_an_issue(content: bytes, name: str, code: str) -> None:
    assert [issue.code for issue in exchange.read(content, name).issues] == [code]


@pytest.mark.parametrize("case", cases.cases("exchange.txt"), ids=str)
def test_a_file_from_elsewhere_is_read(case: cases.Case) -> None:
    name = case.parts["name"]
    read = exchange.read(case.parts["file"].replace("\\t", "\t").encode(), name)
    assert read.head.language == case.parts.get("language", "")
    found = [
        f"{row.key} | {row.place} | {row.source} | {row.text} | {_flags(row)}".replace("\n", "\\n").rstrip()
        for row in read.rows
    ]
    assert "\n".join(found) == case.parts.get("rows", "")
    assert [f"{issue.place.line} {issue.code}" for issue in read.issues] == case.parts.get("issues", "").splitlines()


def _flags(row: Row) -> str:
    said = [f"made for {row.made_for}"] if row.made_for else []
    said += ["unsure"] if row.is_unsure else []
    said += [f"cuts {row.cuts}"] if row.cuts else []
    return ", ".join(said)


def test_a_state_is_no_more_than_a_word_for_its_reader() -> None:
    row = Row(key="m-1", source="Bridges", text="Pontes", state=State.APPROVED)
    assert there_and_back(Form.TABLE, [row]).rows[0].state is State.MISSING


@pytest.mark.parametrize("written", ["", "none:", "b12", "b123456789abc:x", "B123456789ABC", "b123456789abc:1  2"])
def test_a_base_that_was_written_otherwise_is_none(written: str) -> None:
    assert parse_base(written) is None
