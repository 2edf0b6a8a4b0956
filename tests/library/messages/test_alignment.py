"""Which message lives on as which."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylect.messages.alignment import Standing, Way, align, likeness, way


def at(text: str, role: str = "html.part.1", block: str = "b", kind: str = "text", **more: object) -> Standing:
    return Standing(block, role, kind, text, **more)


def row(*texts: str, block: str = "b", kind: str = "text", role: str = "html.part") -> list[Standing]:
    """Texts one after another, as paragraphs or captions stand."""
    return [Standing(block, f"{role}.{number}", kind, text) for number, text in enumerate(texts, start=1)]


LONG = "A bridge joins two sides of a river."
EDITED = "A bridge joins the two sides of a river."
RIVER = "The river stays as it is, whoever crosses it."
BOAT = "Before there was a bridge, people took a boat."


def test_what_stays_is_the_same() -> None:
    assert align(row("One", "Two"), row("One", "Two")) == [0, 1]


def test_what_moved_within_its_block_is_the_same() -> None:
    assert align(row("One", "Two"), row("Two", "One")) == [1, 0]


def test_a_paragraph_put_before_the_others_is_the_only_new_one() -> None:
    assert align(row("One", "Two"), row("Zero", "One", "Two")) == [None, 0, 1]


def test_a_paragraph_put_before_keeps_equal_texts_apart_by_their_neighbors() -> None:
    """By their roles, the second “Yes” would become the first."""
    known = row("Is it?", "Yes", "Was it?", "Yes")
    assert align(known, row("New", "New too", *(one.text for one in known))) == [None, None, 0, 1, 2, 3]


def test_a_choice_is_known_by_its_code_whatever_stands_around_it() -> None:
    known = [at("Yes", "question.q1.choice.c1"), at("Yes", "question.q1.choice.c2")]
    assert align(known, [known[1], known[0]]) == [1, 0]


def test_a_text_that_is_unique_may_move_to_another_block() -> None:
    assert align([at(LONG)], [at(LONG, block="c")]) == [0]


def test_a_text_that_is_not_unique_stays_in_its_block() -> None:
    long = at(RIVER, "html.part.2")
    assert align([at("Yes"), long, at("Yes", block="c")], [at("Yes", block="d")]) == [None]
    assert align([at("Yes"), long], [at("Yes", block="c"), at("Yes", block="d")]) == [None, None]


def test_a_text_that_also_stands_where_nothing_changed_is_not_unique() -> None:
    known, found = [at("Yes"), at(RIVER, "html.part.2")], [at("Yes", block="c"), at(BOAT, "html.part.2", block="c")]
    assert align(known, found) == [0, None]
    assert align(known, found, elsewhere={("text", "Yes")}) == [None, None]


def test_an_edited_text_in_its_place_is_the_same_message() -> None:
    assert align([at(LONG)], [at(EDITED)]) == [0]


def test_another_text_in_the_same_place_is_a_new_message() -> None:
    assert align([at(LONG)], [at("Something else altogether?")]) == [None]


def test_an_edited_text_that_also_moved_lives_on_if_it_is_much_alike() -> None:
    known = row(LONG, RIVER, BOAT, "One", "Two", "Three")
    found = row(RIVER, "Two", BOAT, "One", "Three", EDITED)
    assert align(known, found) == [1, 4, 2, 3, 5, 0]


def test_an_edited_text_in_another_block_is_memory() -> None:
    known, found = [at(LONG), at("Three boats are here.", "html.part.2")], [at(EDITED, block="c")]
    assert align(known, found) == [None]


def test_a_reworded_paragraph_between_neighbors_that_stayed_lives_on_though_little_is_left() -> None:
    reworded = "Bridges are what joins the banks of any river, on two sides."
    assert 0.4 <= likeness(LONG, reworded) < 0.65
    assert align(row("First", LONG, "Last"), row("New", "Newer", "First", reworded, "Last")) == [None, None, 0, 1, 2]
    assert align(row(LONG, "Last", "End"), row("Last", "New", reworded, "End")) == [1, None, None, 2]


def test_a_sentence_cut_in_two_lives_on_as_its_larger_part() -> None:
    whole = "We work together because we share goals, and both of us gain."
    known = row("Hello.", whole, "Goodbye.", kind="caption")
    found = row(
        "Hello.", "We work together because we share goals.", "And both of us gain.", "Goodbye.", kind="caption"
    )
    assert align(known, found) == [0, 1, None, 2]


def test_of_two_that_were_joined_the_larger_lives_on() -> None:
    known = row("Hello.", "We work together because we share goals.", "Both gain.", "Goodbye.", kind="caption")
    found = row("Hello.", "We work together because we share goals, and both gain.", "Goodbye.", kind="caption")
    assert align(known, found) == [0, 1, 3]


def test_a_block_under_another_code_is_the_same_block() -> None:
    """Also for texts that the course has everywhere, and those that were edited on the way."""
    known = [*row("Yes", "No", LONG, RIVER), *row("Yes", "No", BOAT, "Another.", block="c")]
    found = row("Yes", "No", EDITED, RIVER, block="renamed")
    assert align(known, found, elsewhere={("text", "No")}) == [0, 1, 2, 3]


def test_twins_that_are_renamed_at_once_live_on_in_their_order() -> None:
    known = [*row("Yes", LONG, RIVER), *row("Yes", LONG, RIVER, block="c"), *row("Yes", BOAT, block="d")]
    found = [*row("Yes", LONG, RIVER, block="x"), *row("Yes", BOAT, block="d"), *row("Yes", LONG, RIVER, block="y")]
    assert align(known, found) == [0, 1, 2, 6, 7, 3, 4, 5]


@pytest.mark.parametrize(
    ("now", "elsewhere"),
    [
        ("x", ()),  # one of them is gone: nobody can say which
        ("xyz", ()),
        ("cx", ()),
        ("xy", (("text", LONG), ("text", RIVER))),  # a third one stands where nothing changed
    ],
)
def test_of_twins_that_are_not_all_renamed_none_is_taken_for_another(
    now: str, elsewhere: tuple[tuple[str, str], ...]
) -> None:
    known = [*row(LONG, RIVER), *row(LONG, RIVER, block="c")]
    found = [one for block in now for one in row(LONG, RIVER, block=block)]
    stayed = {"c": [2, 3]}
    assert align(known, found, elsewhere) == [at for block in now for at in stayed.get(block, [None, None])]


def test_blocks_that_say_what_others_say_are_no_twins() -> None:
    known = [*row("Yes"), *row("Yes", block="c"), *row("Yes", LONG, block="d")]
    assert align(known, [*row("Yes", block="x"), *row("Yes", block="y")]) == [None, None]


def test_a_block_with_a_few_texts_of_another_is_another_block() -> None:
    known = row("Yes", "No", LONG, RIVER)
    assert align(known, row("Yes", BOAT, "Something else altogether.", block="c"), {("text", "Yes")}) == [None] * 3


def test_two_kinds_of_text_are_never_one_message() -> None:
    assert align([at("Yes", kind="choice")], [at("Yes", kind="title")]) == [None]


def test_another_address_is_another_thing() -> None:
    known, found = (
        at("/static/chart-1.png", "html.src.1", kind="media"),
        at("/static/chart-2.png", "html.src.1", kind="media"),
    )
    assert align([known], [found]) == [None]


def test_of_equals_the_first_known_is_taken() -> None:
    assert align([at("Yes", "html.5"), at("Yes", "html.6")], [at("Yes", "html.1")]) == [0]


def test_a_wording_that_was_translated_once_and_is_back_is_that_message() -> None:
    drifted = at("Nothing of it is left.", former=(LONG,))
    assert align([drifted], [at(LONG, "html.part.7")]) == [0]
    assert align([drifted], [at(LONG, "html.part.7"), at(drifted.text)]) == [None, 0]


def test_what_is_gone_comes_back_after_what_is_still_there() -> None:
    known = [at(LONG, "html.part.2"), at(LONG, "html.part.1", is_gone=True)]
    assert align(known, [at(LONG, "html.part.2"), at(LONG, "html.part.9")]) == [0, 1]


@pytest.mark.parametrize(
    ("before", "after", "is_alike"),
    [
        ("Concret", "Concrete", True),
        ("tomato", "potato", False),
        ("8.5", "5.8", False),
        ("8.5", "8.51", False),
        ("Yes", "Yes!", True),
        ("Click <1>Save</1> now.", "Click Save now.", True),
        ("伙伴关系是什么", "什么是伙伴关系呢", True),
        ("伙伴关系是什么", "水是液体", False),
        ("ความร่วมมือคืออะไร", "ความร่วมมือนั้นคืออะไร", True),
        ("…", "!", False),
    ],
)
def test_short_texts_and_any_script_are_compared(before: str, after: str, is_alike: bool) -> None:
    assert (likeness(before, after) >= 0.5) is is_alike


def test_the_way_of_a_message_is_told() -> None:
    assert way(at("Yes"), at("Yes")) is Way.SAME
    assert way(at("Yes"), at("Yes", "html.part.2")) is Way.MOVED
    assert way(at("Yes"), at("Yes.")) is Way.EDITED


standings = st.lists(
    st.builds(
        Standing,
        st.sampled_from("abc"),
        st.sampled_from(["html.1", "html.2", "html.3", "title", "question.q1.choice.c1"]),
        st.sampled_from(["text", "title", "media"]),
        st.sampled_from(["Yes", "No", LONG, EDITED, RIVER, BOAT, "…"]),
        st.sampled_from([(), (LONG,), ("Yes", "No")]),
    ),
    max_size=14,
)


@given(standings, standings)
def test_no_message_is_given_to_two_and_kinds_agree(known: list[Standing], found: list[Standing]) -> None:
    numbers = align(known, found)
    taken = [number for number in numbers if number is not None]
    assert len(numbers) == len(found)
    assert len(taken) == len(set(taken))
    assert all(known[n].kind == one.kind for n, one in zip(numbers, found, strict=True) if n is not None)


@given(standings)
def test_aligning_a_course_with_itself_is_the_identity(known: list[Standing]) -> None:
    assert align(known, known) == list(range(len(known)))


@given(standings, standings)
def test_aligning_is_the_same_each_time(known: list[Standing], found: list[Standing]) -> None:
    assert align(known, found) == align(list(known), list(found))


@given(standings, standings)
def test_a_text_that_stayed_in_its_block_is_never_new(known: list[Standing], found: list[Standing]) -> None:
    """As often as it stands there in both."""
    numbers = align(known, found)

    def place(one: Standing) -> tuple[str, str, str]:
        return one.block_code, one.kind, one.text

    before, now = [place(one) for one in known], [place(one) for one in found]
    for one in set(before) & set(now):
        new = sum(1 for n, other in zip(numbers, now, strict=True) if other == one and n is None)
        assert new <= max(0, now.count(one) - before.count(one))
