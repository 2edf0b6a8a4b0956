"""What the memory finds for a text, and in which order; what it keeps to itself."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries
from sentences import Writer

from polylect_web.accounts.models import Person, PersonRole, Role
from polylect_web.memory.likeness import LONGEST_COMPARED, folded, likeness
from polylect_web.memory.queries import matches, search, secrets_open_to, source_languages
from web.memory.memories import course, kept, pair

pytestmark = pytest.mark.django_db


def found(text: str, source_language: str = "en", language: str = "fr", **options: object) -> list[tuple[str, int]]:
    """The translations and how good they are."""
    some = matches(source_language, language, text, **options)  # type: ignore[arg-type]
    return [(match.text, match.percent) for match in some]


def test_the_same_text_is_a_hundred_and_says_where_it_comes_from() -> None:
    kept(pair("Save", "Enregistrer"))
    (match,) = matches("en", "fr", "Save")
    assert (match.source_text, match.text, match.percent) == ("Save", "Enregistrer", 100)
    assert (match.course_id, match.course_key) == (course().pk, "Test+Bridges")


@pytest.mark.parametrize(
    "asked", ["save your <1>work</1>", "Save  your <1>work</1>", "Save your <2>work</2>", "Save your <a1>work</a1>"]
)
def test_case_spaces_and_placeholders_make_it_ninety_nine(asked: str) -> None:
    kept(pair("Save your <1>work</1>", "Enregistrez votre <1>travail</1>"))
    assert found(asked) == [("Enregistrez votre <1>travail</1>", 99)]


def test_a_text_like_it_is_as_good_as_the_characters_that_stay() -> None:
    kept(pair("The bridge is 100 meters long.", "Le pont fait 100 mètres."))
    assert found("The bridge is 250 meters long.") == [("Le pont fait 100 mètres.", 93)]


def test_the_best_comes_first_and_no_more_than_asked_for() -> None:
    for word in ("four", "nine", "seven", "seventy"):
        kept(pair(f"The bridge has {word} arches.", word))
    assert [text for text, _percent in found("The bridge has seven arches.", limit=2)] == ["seven", "seventy"]


def test_of_equally_good_ones_the_last_used_comes_first() -> None:
    for text in ("Sauver", "Enregistrer", "Garder"):
        kept(pair("Save", text))
    kept(pair("Save", "Sauver"))
    assert [text for text, _percent in found("Save")] == ["Sauver", "Garder", "Enregistrer"]


def test_a_translation_is_there_once_with_its_best_source() -> None:
    kept(pair("Save it", "Enregistrer"), pair("Save", "Enregistrer"), pair("Save", "Enregistrer", of=course("Other")))
    assert found("Save") == [("Enregistrer", 100)]


def test_less_than_the_least_is_left_out() -> None:
    kept(pair("The bridge is 100 meters long.", "Le pont fait 100 mètres."))
    assert not found("The bridge is 250 meters long.", least_percent=94)
    assert found("The bridge is 250 meters long.", least_percent=93)


@pytest.mark.parametrize(("language", "percent"), [("pt-BR", 100), ("pt", 98)])
def test_a_variant_falls_back_on_its_language(language: str, percent: int) -> None:
    kept(pair("Save", "Salvar", language=language))
    assert found("Save", language="pt-BR") == [("Salvar", percent)]


def test_other_languages_and_other_variants_are_left_out() -> None:
    kept(pair("Save", "Guardar", language="pt-PT"), pair("Save", "Guardar", language="es"))
    kept(pair("Save", "Bewaar", source_language="nl"))
    assert not found("Save", language="pt-BR")
    assert not found("Save", language="fr")


def test_the_source_falls_back_as_well() -> None:
    kept(pair("Save your work", "Enregistrez"))
    assert found("Save your work", source_language="en-GB") == [("Enregistrez", 98)]
    assert found("Save our work", source_language="en-GB") == [("Enregistrez", 90)]


@pytest.mark.parametrize(
    ("language", "kept_text", "asked"),
    [
        ("zh", "首先，我们要重新对齐输入的架构。", "首先，我们要对齐输入的架构。"),
        ("ja", "この橋の長さは百メートルです。", "この橋の長さは二百メートルです。"),
        ("th", "สะพานนี้ยาวหนึ่งร้อยเมตร", "สะพานนี้ยาวสองร้อยเมตร"),
        ("ar", "طول هذا الجسر مئة متر.", "طول ذلك الجسر مئة متر."),
        ("hi", "यह पुल सौ मीटर लंबा है।", "यह पुल दो सौ मीटर लंबा है।"),
        ("ko", "이 다리는 길이가 백 미터입니다.", "이 다리는 길이가 이백 미터입니다."),
        ("am", "ይህ ድልድይ መቶ ሜትር ርዝመት አለው።", "ያ ድልድይ መቶ ሜትር ርዝመት አለው።"),
        ("tr", "Köprülerimizin uzunluğu", "Köprülerinizin uzunluğu"),
        ("en", "x", "X"),
        ("zh", "桥", "桥"),
    ],
)
def test_near_matches_are_found_in_any_script(language: str, kept_text: str, asked: str) -> None:
    kept(pair(kept_text, "Le pont", source_language=language))
    assert found(asked, source_language=language)[0][1] >= 75


def test_secrets_are_for_those_who_may_see_them() -> None:
    ours, theirs = course(), course("Other")
    kept(pair("Concrete", "Béton", is_secret=True), pair("Concrete", "Ciment", of=theirs, is_secret=True))
    assert not found("Concrete")
    assert not found("Concretes")
    assert [text for text, _ in found("Concrete", secrets_of={ours.pk})] == ["Béton"]
    assert [text for text, _ in found("Concretes", secrets_of={ours.pk})] == ["Béton"]
    assert not search("fr", "concrete").entries
    assert len(search("fr", "concrete", secrets_of={ours.pk, theirs.pk}).entries) == 2


def test_a_long_text_is_found_by_itself_only() -> None:
    text = "bridge " * (LONGEST_COMPARED // 7 + 2)
    kept(pair(text, "pont"))
    assert found(text) == [("pont", 100)]
    assert not found(f"{text} and more")


def test_it_asks_the_same_however_much_is_remembered(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for size in (1, 300):
        kept(*(pair(f"The bridge is {number} meters long.", f"Le pont : {number}") for number in range(size)))
        with django_assert_max_num_queries(3):
            assert matches("en", "fr", "The bridge is 7 meters long.")


def test_nothing_to_read_asks_nothing(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert matches("en", "fr", " \n") == ()
        assert matches("en", "fr", "Save", limit=0) == ()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(st.text(max_size=300), st.integers(-5, 120))
def test_any_text_can_be_asked_for(text: str, least: int) -> None:
    kept(pair("The bridge is 100 meters long.", "Le pont"), pair("桥", "pont"), pair("%_\\", "signes"))
    assert all(least <= match.percent <= 100 for match in matches("en", "fr", text, least_percent=least))
    search("fr", text)


@pytest.mark.parametrize("language", ["en", "zh", "th", "ar", "hi"])
def test_the_best_match_is_found_nearly_always(language: str) -> None:
    """As comparing with every text finds it, of matches that are 75 % alike or more."""
    writer = Writer(language, random.Random(3))
    sentences = [writer.sentence() for _ in range(1500)]
    kept(*(pair(one.text, f"→ {number}", source_language=language) for number, one in enumerate(sentences)))
    texts = dict(enumerate(folded(one.text) for one in sentences))
    sure = good = 0
    for sentence in sentences[:120]:
        asked = writer.edited(sentence).text
        best = max(likeness(folded(asked), texts, 75).values(), default=0)
        if best >= 75:
            sure += 1
            ours = matches(language, "fr", asked)
            good += bool(ours) and ours[0].percent >= min(best, 99)
    assert sure > 60
    assert good >= 0.98 * sure


def test_searching_takes_every_word_on_either_side_and_parts_of_words() -> None:
    kept(pair("The old bridge", "Le vieux pont"), pair("The new bridge", "Le nouveau pont"))
    kept(pair("The <1>oldest</1> road", "La <1>plus ancienne</1> route", of=course("Other")))
    assert [entry.text for entry in search("fr", "OLD pont").entries] == ["Le vieux pont"]
    assert {entry.course_key for entry in search("fr", "old").entries} == {"Test+Bridges", "Test+Other"}
    assert len(search("fr", "").entries) == 3
    assert not search("fr", "old new").entries
    assert not search("es", "old").entries


def test_signs_that_mean_something_to_the_database_are_just_signs() -> None:
    kept(pair("100 % sure", "sûr à 100 %"), pair("a_b", "a_b"))
    assert len(search("fr", "%").entries) == 1
    assert len(search("fr", "_").entries) == 1


def test_what_is_found_comes_in_pages(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    kept(*(pair(f"Bridge {number}", f"Pont {number}") for number in range(7)))
    with django_assert_num_queries(1):
        first = search("fr", "pont", page_size=5)
    second = search("fr", "pont", page=2, page_size=5)
    assert (len(first.entries), first.has_more) == (5, True)
    assert (len(second.entries), second.has_more) == (2, False)
    assert not {entry.text for entry in first.entries} & {entry.text for entry in second.entries}


def test_answers_are_open_to_translators_of_the_course_and_language() -> None:
    ours, other = course(), course("Other")
    someone = Person.objects.create(username="someone")
    assert secrets_open_to(someone, "fr") == frozenset()
    PersonRole.objects.create(person=someone, role=Role.TRANSLATOR, course_key="Test+Bridges", language="fr")
    someone = Person.objects.get(pk=someone.pk)
    assert secrets_open_to(someone, "fr") == {ours.pk}
    assert secrets_open_to(someone, "es") == frozenset()
    assert other.pk not in secrets_open_to(someone, "fr")


def test_the_languages_that_courses_are_written_in() -> None:
    course(), course("Other"), course("Third", "ar")
    assert source_languages() == ["ar", "en"]
