"""Cutting a translated sentence for the cues of its source."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylect.captions import associations, evidence, norms, recue, scripts, sounds
from polylect.captions.associations import Associations, Translated
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
            ["We were on a train", "in those days, they say"],
            "Nous étions dans un train en 2010, à ce qu’on dit",
            ["Nous étions dans un train ", "en 2010, à ce qu’on dit"],
        ),
        ("de", ["see", "the page now"], "Siehe https://example.org/a b", ["Siehe ", "https://example.org/a b"]),
        ("zh", ["Today we", "talk about partners."], "今天我们来谈谈伙伴关系。", ["今天我们", "来谈谈伙伴关系。"]),
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


def test_a_word_that_is_written_with_a_space_is_not_cut() -> None:
    target = "chúng ta sẽ bắt đầu với ứng dụng mới của chúng tôi"
    for left in range(1, 30):
        cut = recue.recue(target, _pieces("a" * left, "b" * (30 - left)), "vi")[0]
        assert target[cut:].split()[0] not in ("ta", "đầu", "dụng", "tôi")


def test_a_cut_comes_before_a_capital_as_in_the_source() -> None:
    target = "Podemos crear un grupo nuevo Observe que hay un triángulo"
    assert _cut(
        target, recue.recue(target, _pieces("We can create a new group", "Notice the triangle there"), "es")
    ) == [
        "Podemos crear un grupo nuevo ",
        "Observe que hay un triángulo",
    ]


def test_norms_move_a_cut_so_that_both_cues_can_be_read() -> None:
    target = "C’est assez long, pour une seconde, et voici ce qui vient après."
    pieces = [Piece("That is rather long, for a second,", 0, 500), Piece("and here is what follows.", 500, 5000)]
    limits = norms.norms("fr")
    free, within = (
        _cut(target, recue.recue(target, pieces, "fr", norms=given))[0].rstrip() for given in (None, limits)
    )
    assert norms.shown(free) > norms.shown(within)
    kept = (target.index("et voici"),)
    assert recue.recue(target, pieces, "fr", norms=limits, kept_cuts=kept) == kept


@given(_SENTENCE, _SOURCE, _LANGUAGE, st.lists(st.integers(-1, 41), max_size=14))
def test_norms_take_nothing_away(target: str, pieces: list[Piece], language: str, kept: list[int]) -> None:
    free = _cut(target, recue.recue(target, pieces, language, kept_cuts=kept))
    cuts = recue.recue(target, pieces, language, kept_cuts=kept, norms=norms.norms(language))
    assert list(cuts) == sorted(cuts)
    assert set(cuts) <= {0, len(target), *scripts.cuts_allowed(target)}
    assert _cut(target, cuts).count("") <= free.count("")


def test_words_go_where_the_words_of_the_source_are() -> None:
    target = "Man sieht die blaue Tür des roten Hauses"
    pieces = _pieces("the red house has a blue door", "that one sees")
    lesson = [("blue door", "blaue Tür"), ("one sees", "man sieht"), ("red house", "rotes Haus")] * 3
    course = associations.learned(lesson, "de", "en")
    links = course.links(["red", "house", "blue", "door"], ["blaue", "tür"]).agreed()
    assert [max(row, key=lambda link: link[1])[0] for row in links] == [2, 3]
    assert recue.recue(target, pieces, "de", associations=course) != ()


def _sure(course: Associations, source: str, target: str) -> float:
    """How surely two words go together."""
    return sum(sure for row in course.links([source], [target]).agreed() for _, sure in row)


def test_associations_grow_with_each_translation_and_leave_the_seed_alone() -> None:
    seed = associations.seed("en", "de")
    assert seed is not None
    course = seed.copy()
    assert _sure(course, "zorp", "quarx") == 0
    for _ in range(3):
        course.add("zorp", "Quarx")
    assert _sure(course, "zorp", "quarx") > 0.5
    assert _sure(seed, "zorp", "quarx") == 0


def test_a_translation_that_is_taken_back_teaches_nothing_more() -> None:
    course = associations.learned([("the blue door", "die blaue Tür")], "de", "en")
    before = _sure(course, "door", "tür")
    course.add("zorp", "Quarx")
    course.remove("zorp", "Quarx")
    course.remove("never", "gelernt")
    assert _sure(course, "zorp", "quarx") < 0.01
    assert _sure(course, "door", "tür") == pytest.approx(before, abs=1e-3)


@given(st.lists(st.tuples(st.text("ab ", max_size=8), st.text("cd 字", max_size=8), st.booleans()), max_size=8))
def test_no_count_falls_below_nothing(changes: list[tuple[str, str, bool]]) -> None:
    course = associations.learned([("a b", "c d")], "ja", "en")
    for source, target, is_added in changes:
        (course.add if is_added else course.remove)(source, target)
    rows = [*course.forward.values(), *course.backward.values()]
    assert all(count >= 0 for row in rows for count in row.values())
    assert all(total >= 0 for total in (*course.forward_totals.values(), *course.backward_totals.values()))


def test_a_cut_that_a_person_made_teaches_which_words_go_together() -> None:
    source, target = ("alpha beta", "gamma delta"), "drei vier eins zwei"
    cut = associations.learned([Translated(source, target, (10,))], "de", "en")
    uncut = associations.learned([Translated(source, target)], "de", "en")
    assert _sure(cut, "alpha", "drei") > _sure(uncut, "alpha", "drei")
    assert _sure(cut, "gamma", "drei") < _sure(uncut, "gamma", "drei")


@pytest.mark.parametrize(
    ("word", "other", "is_alike"),
    [
        ("calendar", "カレンダー", True),
        ("document", "документ", True),
        ("computer", "컴퓨터", True),
        ("television", "טלוויזיה", True),
        ("programme", "πρόγραμμα", True),
        ("video", "वीडियो", True),
        ("then", "тогда", False),
        ("a", "а", False),
        ("word", "字", False),
        ("same", "same", False),
    ],
)
def test_words_of_other_scripts_are_known_by_their_sound(word: str, other: str, is_alike: bool) -> None:
    assert sounds.are_alike(word, other) == sounds.are_alike(other, word) == is_alike


@given(st.text(max_size=8), st.text(max_size=8))
def test_any_two_words_can_be_compared(word: str, other: str) -> None:
    assert sounds.are_alike(word, other) == sounds.are_alike(other, word)


@pytest.mark.parametrize("language", ["tlh", "..", "x/y", ""])
def test_languages_that_nothing_was_learned_of_have_no_seed(language: str) -> None:
    assert associations.seed("en", language) is None


def test_the_work_grows_with_the_length_of_a_sentence_and_no_faster(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: Counter[str] = Counter()

    def counted(name: str) -> Callable[..., Iterator[evidence.Evidence]]:
        method = getattr(evidence.Reader, name)

        def count(self: evidence.Reader, *where: int) -> Iterator[evidence.Evidence]:
            asked[name] += 1
            found: Iterator[evidence.Evidence] = method(self, *where)
            return found

        return count

    for name in ("at", "of_part"):
        monkeypatch.setattr(evidence.Reader, name, counted(name))
    recue.recue("mot " * 2000, _pieces(*["some words"] * 12), "fr")
    tried = recue.PLACES_IN_PAIRS + 1
    assert 0 < asked["at"] <= 11 * 48
    assert 0 < asked["of_part"] <= 12 * tried * tried


def test_a_cue_has_the_marks_that_its_source_has_and_about_its_length() -> None:
    pieces = _pieces("Then I wait for", "hours on end, day after day. So", "it goes.")
    target = "Puis, j’attends des heures et des heures, chaque jour. Voilà comment ça va."
    parts = _cut(target, recue.recue(target, pieces, "fr"))
    assert "." not in parts[0]
    assert parts[1].endswith(("jour. ", "Voilà "))


@given(_SENTENCE)
def test_wherever_a_cut_is_allowed_joining_brings_the_text_back(text: str) -> None:
    for cut in scripts.cuts_allowed(text):
        left, right = text[:cut], text[cut:]
        assert scripts.join([left, right]) == text
        assert not unicodedata.combining(right[0])
