"""Cuts that somebody moves, and what becomes of them while the text is written on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylect.captions import cutting, recue, scripts
from polylect.captions.recue import CHOOSE, Piece

TEXT = "Il était tard, et il faisait froid."
texts = st.text("ab ,.é中文\u0301<1>", max_size=40).map(scripts.one_line)


@pytest.mark.parametrize(
    ("pieces", "places"),
    [
        (["It was", "late, and it was", "cold."], (7, 24)),
        (["今天我们", "谈谈"], (4,)),
        (["one"], ()),
        ([], ()),
        (["one", "", "two"], (3, 4)),
    ],
)
def test_pieces_begin_where_the_joined_sentence_has_them(pieces: list[str], places: tuple[int, ...]) -> None:
    assert cutting.source_places(pieces) == places


def test_a_cut_moves_by_words_and_never_past_the_one_beside_it() -> None:
    cuts = (3, 15)
    assert cutting.later(TEXT, cuts, 0, "fr") == 9
    assert cutting.later(TEXT, (9, 15), 0, "fr") == 9
    assert cutting.earlier(TEXT, cuts, 0, "fr") == 3
    assert cutting.earlier(TEXT, cuts, 1, "fr") == 9
    assert cutting.later(TEXT, (3, 29), 1, "fr") == 29


def test_a_cut_moves_by_phrases_where_no_spaces_are_written() -> None:
    text = "今日は天気がいいですね。"
    assert text[: cutting.later(text, (3,), 0, "ja")] == "今日は天気が"
    assert cutting.earlier(text, (3,), 0, "ja") == 3


def test_a_dragged_cut_goes_to_the_nearest_place_between_its_neighbors() -> None:
    assert cutting.nearest(TEXT, (3, 15), 0, 8) == 9
    assert cutting.nearest(TEXT, (3, 15), 0, 33) == 9
    assert cutting.nearest(TEXT, (9, 15), 1, 0) == 15
    assert cutting.nearest(TEXT, (3, 9), 1, 1000) == 29
    assert cutting.nearest("Oui", (3,), 0, 1) == 3


@pytest.mark.parametrize(
    ("after", "cuts"),
    [
        (TEXT, (9, 15)),
        ("Mais il était tard, et il faisait froid.", (14, 20)),
        ("Il était tard, et il faisait très froid.", (9, 15)),
        ("Il était déjà tard, et il faisait froid.", (9, 20)),
        ("Il était tôt, mais il faisait froid.", (9, CHOOSE)),
        ("Mais il était tard, et il faisait très froid.", (14, 20)),
        ("Mais il était très tard, et il faisait très froid.", (CHOOSE, 25)),
        ("Mais il était tard, et il était tard, et il dort.", (CHOOSE, CHOOSE)),
        ("Oui.", (CHOOSE, CHOOSE)),
        ("", (CHOOSE, CHOOSE)),
    ],
)
def test_moved_cuts_go_with_the_words_around_them(after: str, cuts: tuple[int, ...]) -> None:
    assert cutting.followed(TEXT, after, (9, 15)) == cuts


def test_what_was_saved_counts_while_the_source_is_cut_as_it_was() -> None:
    pieces = ["It was", "late, and it was", "cold."]
    saved = cutting.borders(pieces, (9, 29))
    assert saved == ((7, 9), (24, 29))
    assert cutting.kept((), saved, pieces) == (9, 29)
    assert cutting.kept((CHOOSE, 15), saved, pieces) == (9, 15)
    assert cutting.kept((), saved, ["It was late,", "and it was", "cold."]) == ()
    assert cutting.kept((CHOOSE, 15), saved, ["It was late,", "and it was", "cold."]) == (CHOOSE, 15)
    assert cutting.kept((9,), (), pieces) == ()
    assert cutting.kept((9,), saved, pieces) == (9, 29)
    assert cutting.kept((30, CHOOSE), saved, pieces) == (30, CHOOSE)


@pytest.mark.parametrize(
    ("pieces", "cuts"),
    [
        (["It was", "late,", "and it was", "cold."], (9, CHOOSE, 29)),
        (["It", "was", "late, and it was", "cold."], (CHOOSE, 9, 29)),
        (["It was late, and it was", "cold."], (29,)),
        (["It was", "late, and it was cold."], (9,)),
        (["It was late, and", "it was cold."], ()),
        (["It was late, and it was cold."], ()),
    ],
)
def test_cuts_stay_at_borders_that_are_still_there_when_cues_are_split_or_merged(
    pieces: list[str], cuts: tuple[int, ...]
) -> None:
    saved = cutting.borders(["It was", "late, and it was", "cold."], (9, 29))
    assert cutting.kept((9, 29), saved, pieces) == cuts
    assert cutting.kept((), saved, pieces) == cuts


@given(texts, texts, st.data())
def test_cuts_that_followed_an_edit_are_allowed_and_in_order(before: str, after: str, data: st.DataObject) -> None:
    places = [0, *scripts.cuts_allowed(before), len(before)]
    cuts = sorted(data.draw(st.lists(st.sampled_from(places), max_size=4)))
    moved = cutting.followed(before, after, cuts)
    assert len(moved) == len(cuts)
    chosen = [cut for cut in moved if cut != CHOOSE]
    assert chosen == sorted(chosen)
    assert set(chosen) <= {0, *scripts.cuts_allowed(after), len(after)}
    assert cutting.followed(before, before, cuts) == tuple(cuts)


@given(texts, st.integers(2, 4), st.data())
def test_a_moved_cut_leaves_the_others_where_they_are(text: str, count: int, data: st.DataObject) -> None:
    pieces = [Piece("word word", 1000 * number, 1000 * number + 900) for number in range(count)]
    cuts = list(recue.recue(text, pieces, "zh"))
    number = data.draw(st.integers(0, count - 2))
    ways = (cutting.earlier(text, cuts, number, "zh"), cutting.later(text, cuts, number, "zh"))
    for place in (*ways, cutting.nearest(text, cuts, number, data.draw(st.integers(-5, 50)))):
        moved = (*cuts[:number], place, *cuts[number + 1 :])
        assert recue.recue(text, pieces, "zh", kept_cuts=moved) == moved
