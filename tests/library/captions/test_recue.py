"""Cutting a translated sentence for the cues of its source."""

import unicodedata
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylect.captions import associations, evidence, recue, scripts
from polylect.captions.recue import CHOOSE, Piece


def _pieces(*texts: str) -> list[Piece]:
    return [Piece(text, number * 1000, (number + 1) * 1000) for number, text in enumerate(texts)]


def _cut(text: str, cuts: tuple[int, ...]) -> list[str]:
    return [text[start:end] for start, end in pairwise((0, *cuts, len(text)))]


@pytest.mark.parametrize(
    ("language", "source", "target", "expected"),
    [
        ("fr", ["I want", "to go home."], "Je veux rentrer à la maison.", ["Je veux rentrer ", "à la maison."]),
        ("fr", ["one"], "un seul", ["un seul"]),
        ("fr", ["a long first part", "short"], "trois petits mots", ["trois petits ", "mots"]),
        ("es", ["They paid", "a lot for it"], "Pagaron 1 000 000 euros", ["Pagaron ", "1 000 000 euros"]),
        (
            "fr",
            ["It was", "in those days, they say"],
            "C’était en 2010, à ce qu’on dit",
            ["C’était ", "en 2010, à ce qu’on dit"],
        ),
        ("de", ["see", "the page now"], "Siehe https://example.org/a b", ["Siehe ", "https://example.org/a b"]),
        ("zh", ["Today we talk", "about partners."], "今天我们来谈谈伙伴关系。", ["今天我们来", "谈谈伙伴关系。"]),
        ("ja", ["The weather", "is good today."], "今日は天気がいいですね。", ["今日は", "天気がいいですね。"]),
        ("fr", ["one", "two", "three"], "Oui", ["Oui", "", ""]),
        ("fr", ["one", "two", "three"], "Oui oui", ["Oui ", "", "oui"]),
        ("my", ["one", "two"], "ကျေးဇူးတင်", ["ကျေး", "ဇူးတင်"]),
    ],
)
def test_a_sentence_is_cut_at_good_places_near_the_shares_of_its_source(
    language: str, source: list[str], target: str, expected: list[str]
) -> None:
    assert _cut(target, recue.recue(target, _pieces(*source), language)) == expected


def test_kept_cuts_stay_and_the_others_are_chosen_around_them() -> None:
    target = "un deux trois quatre cinq six"
    pieces = _pieces("aaaa", "aaaa", "aaaa")
    assert recue.recue(target, pieces, "fr", kept_cuts=(3, 8)) == (3, 8)
    free = recue.recue(target, pieces, "fr", kept_cuts=(CHOOSE, 8))
    assert _cut(target, free) == ["un ", "deux ", "trois quatre cinq six"]
    assert recue.recue(target, pieces, "fr", kept_cuts=(0, 29)) == (0, 29)


@pytest.mark.parametrize("kept", [(8, 3), (3,), (3, 8, 14), (4, 100)])
def test_cuts_that_do_not_fit_any_more_are_chosen_anew(kept: tuple[int, ...]) -> None:
    target = "un deux trois quatre cinq six"
    pieces = _pieces("aaaa", "aaaa", "aaaa")
    assert recue.recue(target, pieces, "fr", kept_cuts=kept) == recue.recue(target, pieces, "fr")


def test_a_kept_cut_inside_a_word_moves() -> None:
    assert recue.recue("un deux", _pieces("a", "b"), "fr", kept_cuts=(5,)) == (3,)


@pytest.mark.parametrize(
    "text",
    [
        "1 000 000 $",
        "３３００",
        "www.例え.jp/漢字",
        "<1>",
        "{名前}",
        "か\u3099",
        "กำ",
        "က္က",
        "👩‍👩‍👧",
        "🇫🇷",
        "👍🏽",
    ],
)
def test_what_belongs_together_is_never_cut(text: str) -> None:
    assert scripts.cuts_allowed(text) == []


@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [
        ("a", "b", "a b"),
        ("a ", "b", "a b"),
        ("", "b", "b"),
        ("a", "", "a"),
        ("漢", "字", "漢字"),
        ("漢 ", "字", "漢 字"),
        ("。", "「", "。「"),
        ("Python", "漢", "Python 漢"),
        ("한국", "어", "한국 어"),
        ("ไทย", "ไทย", "ไทยไทย"),
    ],
)
def test_pieces_are_joined_as_their_scripts_are_written(left: str, right: str, joined: str) -> None:
    assert scripts.join([left, right]) == joined


def test_lines_become_one() -> None:
    assert scripts.one_line(" a \t b\n  c\n\n漢\n字 \n") == "a b c 漢字"
    assert scripts.one_line("dix\u00a0%") == "dix\u00a0%"


_MIXED = st.text(alphabet="ab é,.1 2漢字かไทก\u0e33\u3099👍🏽{}<>/", min_size=1, max_size=40)
_SENTENCE = (_MIXED | st.text(min_size=1, max_size=30)).map(scripts.one_line)
_SOURCE = st.lists(st.text(min_size=1, max_size=20), min_size=1, max_size=14).map(lambda texts: _pieces(*texts))
_LANGUAGE = st.sampled_from(["fr", "ja", "zh-TW", "th", "km", "yue"])


@given(_SENTENCE, _SOURCE, _LANGUAGE, st.lists(st.integers(-1, 41), max_size=14))
def test_pieces_joined_give_the_translation_again(
    target: str, pieces: list[Piece], language: str, kept: list[int]
) -> None:
    cuts = recue.recue(target, pieces, language, kept_cuts=kept)
    assert len(cuts) == len(pieces) - 1
    assert list(cuts) == sorted(cuts)
    held = _cut(target, cuts)
    assert "".join(held) == target
    assert set(cuts) <= {0, len(target), *scripts.cuts_allowed(target)}
    assert cuts == recue.recue(target, pieces, language, kept_cuts=cuts)


@given(_SENTENCE, _SOURCE, _LANGUAGE)
def test_no_cue_stays_empty_while_there_are_places_to_cut(target: str, pieces: list[Piece], language: str) -> None:
    cuts = recue.recue(target, pieces, language, associations=associations.seed("en", language))
    empty = sum(not piece for piece in _cut(target, cuts))
    if target:
        assert empty == max(0, len(pieces) - 1 - len(scripts.cuts_allowed(target)))


def test_words_go_where_the_words_of_the_source_are() -> None:
    target = "Man sieht die blaue Tür des roten Hauses"
    pieces = _pieces("the red house has a blue door", "that one sees")
    lesson = [("blue door", "blaue Tür"), ("one sees", "man sieht"), ("red house", "rotes Haus")] * 3
    course = associations.learned(lesson, "de", "en")
    links = course.links(["red", "house", "blue", "door"], ["blaue", "tür"])
    assert [max(row, key=lambda link: link[1])[0] for row in links] == [2, 3]
    assert recue.recue(target, pieces, "de", associations=course) != ()


def test_associations_grow_with_each_translation_and_leave_the_seed_alone() -> None:
    seed = associations.seed("en", "de")
    assert seed is not None
    course = seed.copy()
    before = course.links(["zorp"], ["quarx"])
    for _ in range(3):
        course.add("zorp", "Quarx")
    assert before == [[]]
    assert course.links(["zorp"], ["quarx"])[0][0][1] > 0.5
    assert seed.links(["zorp"], ["quarx"]) == [[]]


@pytest.mark.parametrize("language", ["tlh", "..", "x/y", ""])
def test_languages_that_nothing_was_learned_of_have_no_seed(language: str) -> None:
    assert associations.seed("en", language) is None


def test_the_work_grows_with_the_length_of_a_sentence_and_no_faster(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = 0
    at = evidence.Reader.at

    def counted(self: evidence.Reader, border: int, place: int) -> Iterator[evidence.Evidence]:
        nonlocal asked
        asked += 1
        return at(self, border, place)

    monkeypatch.setattr(evidence.Reader, "at", counted)
    recue.recue("mot " * 2000, _pieces(*["some words"] * 12), "fr")
    assert asked <= 11 * 48


@given(_SENTENCE)
def test_wherever_a_cut_is_allowed_joining_brings_the_text_back(text: str) -> None:
    for cut in scripts.cuts_allowed(text):
        left, right = text[:cut], text[cut:]
        assert scripts.join([left, right]) == text
        assert not unicodedata.combining(right[0])
