"""LibreTranslate and MinT, asked over HTTP: what they answer, and every way in which they do not."""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.utils import translation

from polylect_web.machine.libretranslate import LibreTranslate
from polylect_web.machine.mint import MinT
from polylect_web.machine.provider import Codes, Provider, Unavailable
from web.machine.services import Service, Trouble, libretranslate, mint

EN_ES = Codes("en", "es")
Kind = tuple[Callable[..., AbstractContextManager[Service]], Callable[[str], Provider]]
KINDS: list[Kind] = [
    (libretranslate, LibreTranslate),
    (mint, MinT),
]


@pytest.fixture(params=KINDS, ids=["libretranslate", "mint"])
def kind(request: pytest.FixtureRequest) -> Kind:
    found: Kind = request.param
    return found


def test_libretranslate_lists_its_pairs() -> None:
    with libretranslate() as service:
        assert LibreTranslate(service.address).pairs() == {
            ("en", "es"): EN_ES,
            ("en", "zh-Hant"): Codes("en", "zt"),
            ("es", "en"): Codes("es", "en"),
            ("zh-Hant", "en"): Codes("zt", "en"),
        }


def test_an_old_libretranslate_has_each_language_for_each() -> None:
    with libretranslate(languages=[{"code": "en", "name": "English"}, {"code": "es", "name": "Spanish"}]) as service:
        assert set(LibreTranslate(service.address).pairs()) == {("en", "es"), ("es", "en")}


def test_mint_lists_its_pairs() -> None:
    with mint() as service:
        pairs = MinT(service.address).pairs()
    assert pairs == {("en", "es"): EN_ES, ("en", "nb"): Codes("en", "no"), ("en", "ig"): Codes("en", "ig")}


def test_texts_come_back_in_order(kind: Kind) -> None:
    texts = ["one", 'two <b id="1">three</b> &lt;', "four"]
    with kind[0]() as service:
        assert kind[1](service.address).translate(texts, EN_ES) == ["eno", 'owt <b id="1">eerht</b> &lt;', "ruof"]
        assert len(service.asked) == 1


def test_many_texts_are_asked_for_in_portions(kind: Kind) -> None:
    texts = [f"text {number}" for number in range(60)] + ["long " * 1000, "short"]
    with kind[0]() as service:
        found = kind[1](service.address).translate(texts, EN_ES)
        assert len(service.asked) == 5
    assert found[0] == "txet 0"
    assert found[59] == "txet 95"
    assert found[61] == "trohs"


def test_nothing_is_asked_for_no_texts(kind: Kind) -> None:
    with kind[0]() as service:
        assert kind[1](service.address).translate([], EN_ES) == []
        assert not service.asked


def test_a_service_that_takes_less_at_once_is_asked_one_by_one() -> None:
    with libretranslate(most_at_once=2) as service:
        assert LibreTranslate(service.address).translate(["one", "two", "three"], EN_ES) == ["eno", "owt", "eerht"]
        assert len(service.asked) == 4


def test_a_key_goes_along_where_there_is_one() -> None:
    with libretranslate(key="opensesame") as service:
        assert LibreTranslate(service.address, "opensesame").translate(["one"], EN_ES) == ["eno"]
        with pytest.raises(Unavailable, match="LibreTranslate does not serve this site"):
            LibreTranslate(service.address, "mistyped").translate(["one"], EN_ES)
        with pytest.raises(Unavailable, match="did not take the text: Please contact the server operator"):
            LibreTranslate(service.address).translate(["one"], EN_ES)
    assert "opensesame" not in repr(LibreTranslate("http://x", "opensesame"))


@pytest.mark.parametrize(
    ("trouble", "sentence"),
    [
        (Trouble.SLOW, "took too long"),
        (Trouble.CUT_OFF, "cannot be reached"),
        (Trouble.NO_JSON, "gave an answer that cannot be read"),
        (Trouble.ODD, "gave an answer that cannot be read"),
        (Trouble.BUSY, "was asked too often"),
        (Trouble.BROKEN, "answered with the error 500"),
        (Trouble.BROKEN_PAGE, "answered with the error 502"),
    ],
)
def test_a_service_in_trouble_is_told_in_a_sentence(
    kind: Kind,
    trouble: Trouble,
    sentence: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with kind[0](trouble=trouble) as service, caplog.at_level(logging.WARNING), pytest.raises(Unavailable) as refusal:
        kind[1](service.address).translate(["one"], EN_ES, seconds=0.3 if trouble is Trouble.SLOW else 8)
    assert sentence in refusal.value.sentence
    assert (service.address in caplog.text) != (trouble is Trouble.ODD)


def test_a_language_that_it_does_not_have_is_told_in_its_own_words() -> None:
    with (
        mint() as service,
        pytest.raises(Unavailable, match="MinT did not take the text: Language pair is not supported"),
    ):
        MinT(service.address).translate(["one"], Codes("en", "tlh"))
    with libretranslate() as service, pytest.raises(Unavailable, match="did not take the text: tlh is not supported"):
        LibreTranslate(service.address).translate(["one"], Codes("en", "tlh"))


@pytest.mark.parametrize("listed", [{"en": "es"}, 7, ["en"], None])
def test_a_list_of_languages_that_is_none_is_told(listed: object) -> None:
    with libretranslate(languages=listed) as service, pytest.raises(Unavailable):
        LibreTranslate(service.address).pairs()


@pytest.mark.parametrize("listed", [["en"], 7, None])
def test_a_map_of_languages_that_is_none_is_told(listed: object) -> None:
    with mint(languages=listed) as service, pytest.raises(Unavailable):
        MinT(service.address).pairs()


def test_languages_that_are_none_are_left_out() -> None:
    odd = [
        {"code": 7, "targets": ["en"]},
        {"code": "??", "targets": ["en", 7]},
        {"targets": 7},
        {"code": "en", "targets": ["es", []]},
    ]
    with libretranslate(languages=odd) as service:
        assert set(LibreTranslate(service.address).pairs()) == {("en", "es")}
    with mint(languages={"en": {"es": [], "??": []}, "fr": 7}) as service:
        assert set(MinT(service.address).pairs()) == {("en", "es")}


def test_a_translator_is_told_in_their_language() -> None:
    with (
        libretranslate(trouble=Trouble.BUSY) as service,
        translation.override("fr"),
        pytest.raises(Unavailable) as refusal,
    ):
        LibreTranslate(service.address).translate(["one"], EN_ES)
    assert "LibreTranslate" in refusal.value.sentence
    assert "asked" not in refusal.value.sentence
