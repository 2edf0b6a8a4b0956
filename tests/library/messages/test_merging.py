"""Merging a file with what is here: what becomes of each row, and the laws that keep work from being lost."""

from collections.abc import Sequence

import pytest
from hypothesis import example, given

from library.messages.exchange_strategies import returned_rows, standings
from polylect.messages.merging import LONGEST_TEXT, Merged, Outcome, Standing, Translation, counts, merge, taken_in
from polylect.messages.rows import Row, base_of

KEY = "00000000-0000-0000-0000-000000000001"
NOW = "The bridge"
BEFORE = "A bridge"


def standing(current: str = "", made_for: str = NOW, *, holds: bool | None = None, **fields: object) -> Standing:
    """The message, translated like this (empty: not at all)."""
    translation = Translation(current, made_for) if current else None
    settings: dict[str, object] = {"key": KEY, "place": "intro|title", "text": NOW, "current": translation} | fields
    return Standing(**{**settings, "holds": bool(current) and (made_for == NOW if holds is None else holds)})


def row(text: str, base: str | None = None, source: str = NOW, **fields: object) -> Row:
    """A row that left with this base ("" for none, None: it does not say)."""
    return Row(key=KEY, source=source, text=text, base=None if base is None else base_of(base), **fields)


def outcome(given_row: Row, here: Standing) -> Outcome:
    return merge([given_row], [here])[0].outcome


@pytest.mark.parametrize(
    ("given_row", "here", "expected"),
    [
        (row(""), standing("Pont"), Outcome.EMPTY),
        (row(" \n"), standing(), Outcome.EMPTY),
        (row("Pont", base="Pont"), standing("Pont"), Outcome.UNCHANGED),
        (row("Pont", base="Pont"), standing("Le pont"), Outcome.UNCHANGED),
        (row("Pont", base="Pont"), standing(), Outcome.UNCHANGED),
        (row("Pont", base="Autre"), standing("Pont"), Outcome.SAME),
        (row("Pont"), standing("Pont"), Outcome.SAME),
        (row("Pont"), standing(), Outcome.TAKEN),
        (row("Pont", base=""), standing(), Outcome.TAKEN),
        (row("Le pont", base="Pont"), standing("Pont"), Outcome.TAKEN),
        (row("Le pont", base="Pont"), standing("Un pont"), Outcome.CONFLICT),
        (row("Le pont", base=""), standing("Un pont"), Outcome.CONFLICT),
        (row("Le pont"), standing("Un pont"), Outcome.CONFLICT),
        (row("Le pont"), standing("Un pont", BEFORE), Outcome.TAKEN),
        (row("Le pont"), standing("Un pont", BEFORE, holds=True), Outcome.CONFLICT),
        (row("Le pont", base="Pont", source=BEFORE), standing("Pont"), Outcome.OUTDATED),
        (row("Le pont", source=BEFORE), standing(), Outcome.OUTDATED),
        (row("Le pont", base="Pont", source=BEFORE), standing("Pont", BEFORE), Outcome.OUTDATED),
        (row("Le pont", base="Pont", source=BEFORE), standing("Un pont", BEFORE), Outcome.CONFLICT),
        (row("Le pont <1>", base="Pont"), standing("Pont"), Outcome.REFUSED),
        (row("Le pont", is_unsure=True), standing("Pont"), Outcome.UNSURE),
        (row("Le pont", is_unsure=True), standing(), Outcome.UNSURE),
        (row("Le pont"), standing("Pont", others=frozenset({Translation("Le pont", NOW)})), Outcome.KNOWN),
        (row("Pont", base="Pont"), standing("Pont", BEFORE), Outcome.TAKEN),
        (row("Pont", base="Pont", made_for=BEFORE), standing("Pont", BEFORE), Outcome.UNCHANGED),
        (row("Pont", base="Pont", is_unsure=True), standing("Pont", BEFORE), Outcome.UNCHANGED),
        (row("Pont", source=""), standing("Pont", BEFORE), Outcome.SAME),
        (row("Pont\r\nici", base="x"), standing("Pont\nici"), Outcome.SAME),
    ],
)
def test_a_row_becomes_what_it_should(given_row: Row, here: Standing, expected: Outcome) -> None:
    assert outcome(given_row, here) is expected


def test_a_row_is_found_by_its_key_then_by_its_only_text_then_by_its_place() -> None:
    other = Standing("b", "intro|html", "Same")
    third = Standing("c", "intro|hint", "Same")
    rows = [
        Row(key=KEY, place="intro|html", text="un"),
        Row(key="gone", place="intro|html", source="Same", text="deux"),
        Row(source=NOW, text="trois"),
        Row(source="Same", text="quatre", line=7),
        Row(key="gone", source="Nothing", text="cinq", line=8),
        Row(key="gone"),
    ]
    merged = merge(rows, [standing(), other, third], "fr.csv")
    assert [one.standing.key if one.standing else None for one in merged] == [KEY, "b", KEY, None, None, None]
    assert [one.outcome for one in merged[3:]] == [Outcome.UNKNOWN, Outcome.UNKNOWN, Outcome.EMPTY]
    assert [str(issue) for one in merged for issue in one.issues] == [
        "fr.csv:7: 2 places of the course have the text “Same”, and the file does not say which is meant. "
        "Its translation is left out. Write the place, such as “intro|html”.",
        "fr.csv:8: The course has nothing with the key “gone”, and no text “Nothing”. Its translation is left out.",
    ]


def test_a_row_from_before_its_place_shifted_goes_with_its_text() -> None:
    welcome = Standing("a", "intro|html.part.1", "Welcome")
    bridge = Standing("b", "intro|html.part.2", NOW)
    (merged,) = merge([Row(place="intro|html.part.1", source=NOW, text="Le pont")], [welcome, bridge])
    assert (merged.standing, merged.outcome) == (bridge, Outcome.TAKEN)


def test_a_refusal_says_where_and_why() -> None:
    (merged,) = merge([row("Le <1>pont", line=3)], [standing()], "fr.po")
    assert {str(issue.place) for issue in merged.issues} == {"fr.po:3 (intro)"}
    assert merged.translation is None


def test_a_second_row_of_a_text_is_kept_as_a_suggestion() -> None:
    merged = merge([row("Le pont", base=""), row("Un pont", base="")], [standing()])
    assert [one.outcome for one in merged] == [Outcome.TAKEN, Outcome.CONFLICT]
    assert merged[1].is_suggestion


def test_cuts_stay_where_the_text_stays() -> None:
    here = standing(current="", holds=True)
    here = Standing(here.key, here.place, here.text, current=Translation("un deux", NOW, (3,)), holds=True)
    left = {"base": base_of("un deux", (3,)), "cuts": (3,)}
    assert outcome(Row(key=KEY, source=NOW, text="un deux"), here) is Outcome.SAME
    assert outcome(Row(key=KEY, source=NOW, text="un deux", cuts=()), here) is Outcome.SAME
    (moved,) = merge([Row(key=KEY, source=NOW, text="un deux", **(left | {"cuts": (4,)}))], [here])
    assert moved.translation == Translation("un deux", NOW, (4,))
    (reworded,) = merge([Row(key=KEY, source=NOW, text="deux un", **left)], [here])
    assert reworded.translation == Translation("deux un", NOW, ())
    (both,) = merge([Row(key=KEY, source=NOW, text="deux un", **(left | {"cuts": (5,)}))], [here])
    assert both.translation == Translation("deux un", NOW, (5,))


def test_a_confirmed_translation_keeps_its_cuts() -> None:
    here = Standing(KEY, "intro|title", NOW, current=Translation("un deux", BEFORE, (3,)))
    (merged,) = merge([row("un deux", base="un deux")], [here])
    assert merged.translation == Translation("un deux", NOW, (3,))


def test_what_no_page_can_hold_is_left_out_of_a_translation() -> None:
    (merged,) = merge([row("Le\x00 pont\x07")], [standing()])
    assert merged.translation == Translation("Le pont", NOW)


def test_a_translation_has_a_length_at_most() -> None:
    (merged,) = merge([row("a" * (LONGEST_TEXT + 1))], [standing()])
    assert [issue.code for issue in merged.issues] == ["merging-too-long"]


def test_a_key_that_a_spreadsheet_made_upper_case_is_the_same() -> None:
    here = Standing("00000000-0000-0000-0000-00000000000a", "b|c", NOW)
    assert outcome(Row(key=here.key.upper(), source=NOW, text="Pont"), here) is Outcome.TAKEN


def test_outcomes_are_counted_in_their_order() -> None:
    merged = merge([row("Le pont"), row(""), row("")], [standing()])
    assert list(counts(merged).items()) == [(Outcome.EMPTY, 2), (Outcome.TAKEN, 1)]


def after(merged: Sequence[Merged], here: Sequence[Standing]) -> list[Standing]:
    """What there is of each message when all of it was taken in."""
    now = {one.key: one for one in here}
    for one in merged:
        if one.standing is not None:
            now[one.standing.key] = taken_in(now[one.standing.key], one)
    return list(now.values())


@given(standings(), returned_rows())
def test_merging_twice_is_merging_once(here: list[Standing], rows: list[Row]) -> None:
    once = after(merge(rows, here), here)
    again = merge(rows, once)
    assert after(again, once) == once
    assert all(one.translation is None for one in again)


@given(standings(), returned_rows())
def test_no_text_is_lost(here: list[Standing], rows: list[Row]) -> None:
    merged = merge(rows, here)
    now = {one.key: {each.text for each in {one.current, *one.others} if each} for one in after(merged, here)}
    for one in here:
        assert {each.text for each in {one.current, *one.others} if each} <= now[one.key]
    for row_merged in merged:
        is_read = row_merged.outcome not in (Outcome.EMPTY, Outcome.UNKNOWN, Outcome.REFUSED, Outcome.UNCHANGED)
        if is_read and row_merged.standing is not None:
            assert row_merged.row.text in now[row_merged.standing.key]


@given(standings(), returned_rows())
@example([standing("Un pont")], [row("Le pont")])
def test_nothing_newer_is_overwritten(here: list[Standing], rows: list[Row]) -> None:
    """The current translation changes only where the file left with it, or where it does not hold any more."""
    for one in merge(rows, here):
        if one.translation is None or one.is_suggestion or one.standing is None:
            continue
        before = one.standing.current
        is_known_to_file = (
            before is not None and one.row.base is not None and one.row.base == base_of(before.text, one.row.base.cuts)
        )
        assert before is None or is_known_to_file or not one.standing.holds
