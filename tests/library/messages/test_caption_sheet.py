"""The sentences of a caption file as a sheet, and translations taken back from one."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylect.captions import groups, plain
from polylect.captions.compose import SentenceTarget
from polylect.captions.track import Cue, Track
from polylect.messages import caption_sheet, exchange
from polylect.messages.message import escape
from polylect.messages.rows import Head, Row

TRACK = Track((Cue(0, 2000, "We met on a train. It was"), Cue(2000, 4000, "late."), Cue(5000, 6000, "We talked.")))
GROUPS = groups.group(TRACK, "en")
SOURCES = [groups.text(TRACK, group) for group in GROUPS]


def texts(targets: tuple[SentenceTarget | None, ...]) -> list[str]:
    return [target.text if target else "" for target in targets]


def codes(issues: object) -> list[str]:
    return [issue.code for issue in issues]  # type: ignore[attr-defined]


def test_a_row_says_when_a_sentence_is_said_and_where_its_cues_part() -> None:
    found = list(caption_sheet.rows(TRACK, GROUPS))
    assert [(row.key, row.place, row.source) for row in found][1] == ("sentence-2", "captions|2", "It was late.")
    assert found[1].note == "00:00:00.000 – 00:00:04.000: It was | late."
    assert found[2].note == "00:00:05.000 – 00:00:06.000"


@pytest.mark.parametrize("form", list(exchange.Form))
def test_a_sheet_of_every_form_comes_back_translated(form: exchange.Form) -> None:
    rows = [
        replace(row, text=escape(f"<fr> {number} & Cie"))
        for number, row in enumerate(caption_sheet.rows(TRACK, GROUPS))
    ]
    written = "".join(exchange.write(form, Head("", "en", "fr"), rows))
    read = exchange.read(written.encode(), f"captions.fr{form.suffix}")
    targets, issues = caption_sheet.take_rows(read.rows, SOURCES, "fr")
    assert texts(targets) == ["<fr> 0 & Cie", "<fr> 1 & Cie", "<fr> 2 & Cie"]
    assert issues == ()


def test_a_row_goes_with_its_source_text_when_sentences_moved() -> None:
    rows = [Row(key="sentence-1", source="We talked.", text="On a parlé.")]
    assert texts(caption_sheet.take_rows(rows, SOURCES, "fr")[0]) == ["", "", "On a parlé."]


def test_a_row_for_another_text_is_left_out_and_said() -> None:
    rows = [
        Row(key="sentence-1", source="We met on a boat.", text="…", line=4),
        Row(key="sentence-9", text="…"),
        Row(source="Nobody says this.", text="…"),
        Row(key="sentence-2", text="peut-être", is_unsure=True),
    ]
    targets, issues = caption_sheet.take_rows(rows, SOURCES, "fr", "fr.csv")
    assert targets == (None, None, None)
    assert codes(issues) == ["sheet-other-source", "sheet-unknown", "sheet-unknown", "sheet-unsure"]
    assert str(issues[0]) == (
        "fr.csv:4: This translation was left out: sentence 1 is “We met on a train.” now, and it was made for "
        "“We met on a boat.”."
    )


def test_cuts_that_a_sheet_has_are_kept() -> None:
    rows = [Row(key="sentence-2", text="Il était tard.", cuts=(3,))]
    assert caption_sheet.take_rows(rows, SOURCES, "fr")[0][1] == SentenceTarget("Il était tard.", "fr", (3,))


def test_lines_are_sentences_and_a_blank_one_is_not_translated() -> None:
    targets, issues = caption_sheet.take_lines("\ufeffUn.\r\n\r\nTrois.\r\n\r\n", SOURCES, "fr")
    assert (texts(targets), issues) == (["Un.", "", "Trois."], ())
    (lacking,) = caption_sheet.missing(targets, SOURCES, "fr.txt")
    assert str(lacking) == (
        "fr.txt: 1 of 3 sentences have no translation, the first of them sentence 2: “It was late.”."
    )


def test_another_number_of_lines_is_refused_as_a_whole() -> None:
    targets, (issue,) = caption_sheet.take_lines("Un.\nDeux.\n", SOURCES, "fr")
    assert targets == (None, None, None)
    assert "Lines in the file: 2; sentences in the captions: 3." in issue.sentence


@given(
    st.lists(st.text(alphabet="ab ,.漢か<>&1/\\\u2028", min_size=1, max_size=30), min_size=1, max_size=4),
    st.sampled_from([form for form in exchange.Form if form is not exchange.Form.BUNDLE]),
)
def test_no_sheet_attaches_a_text_to_another_sentence(said: list[str], form: exchange.Form) -> None:
    track = Track(tuple(Cue(2000 * n, 2000 * n + 1000, plain.escaped(text)) for n, text in enumerate(said)))
    found = groups.group(track, "en")
    sources = [groups.text(track, group) for group in found]
    rows = [replace(row, text=escape(f"{n} fr")) for n, row in enumerate(caption_sheet.rows(track, found))]
    written = "".join(exchange.write(form, Head("", "en", "fr"), rows))
    read = exchange.read(written.encode(), "a.fr", form)
    targets, _ = caption_sheet.take_rows(read.rows, sources, "fr")
    assert texts(targets) == [f"{n} fr" for n in range(len(sources))]
