"""Parts of pages that are drawn once for all who are shown the same."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.template import Context, Template
from django.utils import translation
from pytest_django.fixtures import Settings

from polylect_web.foundation.templatetags import kept

PAGE = Template('{% load kept %}{% kept "part.html" shown=shown %}')


@dataclass(frozen=True)
class Shown:
    """A value that counts how often it was drawn."""

    name: str
    drawn: list[str] = field(default_factory=list, compare=False)

    def __str__(self) -> str:
        self.drawn.append(self.name)
        return self.name


@pytest.fixture(autouse=True)
def _part(settings: Settings, tmp_path: Path) -> Iterator[None]:
    part = "{{ shown }} {{ secret }} {{ reading_language }} {% translate 'Monday' %}"
    (tmp_path / "part.html").write_text(part)
    (options,) = settings.TEMPLATES
    settings.TEMPLATES = [{**options, "DIRS": [tmp_path]}]
    kept.forget()
    yield
    kept.forget()


def page(shown: Shown, reading: str = "en", interface: str = "en") -> str:
    names = {"shown": shown, "reading_language": reading, "interface_language": interface, "secret": "of one learner"}
    with translation.override(interface):
        return PAGE.render(Context(names))


def test_equal_values_are_drawn_once() -> None:
    first, second = Shown("ada"), Shown("ada")
    assert page(first) == page(second)
    assert (first.drawn, second.drawn) == (["ada"], [])


def test_another_value_is_another_part() -> None:
    assert page(Shown("ada")) != page(Shown("ben"))


def test_each_pair_of_languages_has_its_own() -> None:
    assert page(Shown("ada"), "sw", "en").split() == ["ada", "sw", "Monday"]
    assert page(Shown("ada"), "sw", "fr").split() == ["ada", "sw", "lundi"]
    assert page(Shown("ada"), "fr", "fr").split() == ["ada", "fr", "lundi"]


def test_nothing_else_of_the_page_gets_in() -> None:
    assert "of one learner" not in page(Shown("ada"))


def test_what_is_drawn_is_escaped() -> None:
    assert page(Shown("<b>")).startswith("&lt;b&gt;")
