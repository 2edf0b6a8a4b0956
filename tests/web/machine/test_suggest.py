"""What others ask of machines, whichever are connected."""

import threading
from collections.abc import Callable

import pytest
from pytest_django.fixtures import Settings

from polylect.messages import Kind
from polylect_web.foundation.database import write
from polylect_web.machine import queries
from polylect_web.machine.queries import Asked, Suggestion, Unavailable
from web.machine.services import Trouble, libretranslate, mint

Connect = Callable[..., None]


def test_without_a_machine_nobody_is_asked() -> None:
    assert not queries.is_connected("en", "es")
    assert queries.machine_names() == ()
    assert queries.suggest("en", "es", "house") is None


def test_placeholders_come_back(connect: Connect) -> None:
    with libretranslate() as service:
        connect(("libretranslate", service.address))
        suggestion = queries.suggest("en", "es", "Click <1>Save</1> or <math2/> at a@b.example, Wiki", terms=["Wiki"])
    assert suggestion == Suggestion("kcilC <1>evaS</1> ro <math2/> ta a@b.example, Wiki", "LibreTranslate")


def test_what_a_page_asks_asks_nobody(connect: Connect) -> None:
    with libretranslate() as service:
        connect(("libretranslate", service.address))
        assert queries.is_connected("en", "es")
        assert queries.is_connected("en", "tlh"), "it may have it: nobody asked yet"
        assert not service.asked
        queries.suggest("en", "es", "house")
        service.asked.clear()
        assert queries.is_connected("en", "es")
        assert not queries.is_connected("en", "tlh")
        assert queries.suggest("en", "tlh", "house") is None
        assert not service.asked


def test_the_same_text_is_asked_for_once(connect: Connect) -> None:
    with mint() as service:
        connect(("mint", service.address))
        first = queries.suggest("en", "es", "house")
        assert queries.suggest("en", "es", "house") == first
        assert [path for path, _ in service.asked] == ["/api/languages", "/api/translate"]


@pytest.mark.parametrize(
    ("source_language", "language", "is_there"),
    [
        ("en", "es", True),
        ("en-GB", "es-419", True),
        ("en", "zh-Hant", True),
        ("en", "zh-TW", False),  # the tag does not lead to zh-Hant
        ("en", "zh", False),
        ("es", "zh-Hant", False),
        ("en", "en", False),
    ],
)
def test_a_language_stands_for_its_regions_and_no_script_for_another(
    source_language: str, language: str, is_there: bool, connect: Connect
) -> None:
    with libretranslate() as service:
        connect(("libretranslate", service.address))
        assert (queries.suggest(source_language, language, "house") is not None) is is_there
        assert queries.is_connected(source_language, language) is is_there


@pytest.mark.parametrize(
    ("text", "kind"),
    [("https://example.org/", Kind.ADDRESS), ("/static/a.png", Kind.MEDIA), ("<math1/>", Kind.TEXT), ("42", Kind.TEXT)],
)
def test_what_has_no_words_goes_nowhere(text: str, kind: Kind, connect: Connect) -> None:
    with libretranslate() as service:
        connect(("libretranslate", service.address))
        assert queries.suggest("en", "es", text, kind=kind) is None
        assert not service.asked


def test_another_machine_is_asked_where_the_first_cannot(connect: Connect) -> None:
    with libretranslate(trouble=Trouble.BROKEN) as broken, mint() as service:
        connect(("libretranslate", broken.address), ("mint", service.address))
        assert queries.suggest("en", "es", "house") == Suggestion("esuoh", "MinT")
        assert queries.suggest("en", "ig", "house") == Suggestion("esuoh", "MinT")
        with pytest.raises(Unavailable, match="LibreTranslate answered with the error 500"):
            queries.suggest("en", "fr", "house")


def test_several_are_asked_for_at_once(connect: Connect) -> None:
    with libretranslate() as service:
        connect(("libretranslate", service.address))
        asked = [Asked("house"), Asked("/a", Kind.ADDRESS), Asked("tree"), Asked("house")]
        found = queries.suggest_many("en", "es", asked)
        assert [one and one.text for one in found] == ["esuoh", None, "eert", "esuoh"]
        assert service.asked[-1][1]["q"] == ["house", "tree"]


def test_few_wait_for_machines_at_once(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "_WAIT_SECONDS", 0.01)
    monkeypatch.setattr(queries, "_at_once", threading.BoundedSemaphore(1))
    with mint() as service, queries._at_once:
        connect(("mint", service.address))
        with pytest.raises(Unavailable, match="Others are waiting for MinT"):
            queries.suggest("en", "es", "house")


def test_machines_are_named(connect: Connect, settings: Settings) -> None:
    connect(("apertium", ""), ("mint", "http://x"))
    assert queries.machine_names() == ("Apertium", "MinT")


@pytest.mark.django_db
def test_nobody_is_asked_inside_a_write(connect: Connect) -> None:
    with libretranslate() as service:
        connect(("libretranslate", service.address))
        with pytest.raises(RuntimeError), write():
            queries.suggest("en", "es", "house")
        assert not service.asked
        assert queries.suggest("en", "es", "house") is not None
