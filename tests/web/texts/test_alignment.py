"""Which message lives on as which."""

from hypothesis import given
from hypothesis import strategies as st

from polylect_web.texts.alignment import Standing, align


def at(text: str, role: str = "html.1", block: str = "b", kind: str = "text") -> Standing:
    return Standing(block, role, kind, text)


LONG = "A bridge joins two sides of a river."
EDITED = "A bridge joins the two sides of a river."


def test_what_stays_is_the_same() -> None:
    assert align([at("One"), at("Two", "html.2")], [at("One"), at("Two", "html.2")]) == [0, 1]


def test_what_moved_within_its_block_is_the_same() -> None:
    assert align([at("One", "html.1"), at("Two", "html.2")], [at("Two", "html.1"), at("One", "html.2")]) == [1, 0]


def test_a_paragraph_put_before_the_others_is_the_only_new_one() -> None:
    known = [at("One", "html.1"), at("Two", "html.2")]
    assert align(known, [at("Zero", "html.1"), at("One", "html.2"), at("Two", "html.3")]) == [None, 0, 1]


def test_a_text_that_is_unique_may_move_to_another_block() -> None:
    assert align([at(LONG)], [at(LONG, block="c")]) == [0]


def test_a_text_that_is_not_unique_stays_in_its_block() -> None:
    assert align([at("Yes"), at("Yes", block="c")], [at("Yes", block="d")]) == [None]
    assert align([at("Yes")], [at("Yes", block="c"), at("Yes", block="d")]) == [None, None]


def test_an_edited_text_in_its_place_is_the_same_message() -> None:
    assert align([at(LONG)], [at(EDITED)]) == [0]


def test_another_text_in_the_same_place_is_a_new_message() -> None:
    assert align([at(LONG)], [at("Something else altogether?")]) == [None]


def test_an_edited_text_that_also_moved_is_a_new_message() -> None:
    assert align([at(LONG)], [at(EDITED, "html.9")]) == [None]


def test_two_kinds_of_text_are_never_one_message() -> None:
    assert align([at("Yes", kind="choice")], [at("Yes", kind="title")]) == [None]


def test_of_equals_the_first_known_is_taken() -> None:
    assert align([at("Yes", "html.5"), at("Yes", "html.6")], [at("Yes", "html.1")]) == [0]


standings = st.lists(
    st.builds(
        Standing,
        st.sampled_from("ab"),
        st.sampled_from(["html.1", "html.2", "title"]),
        st.sampled_from(["text", "title"]),
        st.sampled_from(["Yes", "No", LONG, EDITED]),
    ),
    max_size=12,
)


@given(standings, standings)
def test_no_message_is_given_to_two_and_kinds_agree(known: list[Standing], found: list[Standing]) -> None:
    numbers = align(known, found)
    taken = [number for number in numbers if number is not None]
    assert len(numbers) == len(found)
    assert len(taken) == len(set(taken))
    assert all(known[n].kind == one.kind for n, one in zip(numbers, found, strict=True) if n is not None)


@given(standings)
def test_nothing_changed_means_that_everything_is_the_same(known: list[Standing]) -> None:
    numbers = align(known, known)
    assert all(number is not None and known[number] == one for number, one in zip(numbers, known, strict=True))


@given(standings, standings)
def test_a_text_that_stayed_in_its_place_is_never_new(known: list[Standing], found: list[Standing]) -> None:
    """As often as it stands there in both."""
    numbers = align(known, found)
    for one in set(known) & set(found):
        new = sum(1 for n, other in zip(numbers, found, strict=True) if other == one and n is None)
        assert new <= max(0, found.count(one) - known.count(one))
