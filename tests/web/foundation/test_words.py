"""Words that know their language, and texts with placeholders, in templates."""

import pytest
from django.template import Context, Template
from django.utils import translation

from polylect.exercises.texts import Words

PAGE = Template("{% words text %}")


def shown(text: Words, *, reading: str | None = "fr", interface: str = "fr", page: Template = PAGE) -> str:
    with translation.override(interface):
        return page.render(Context({"text": text, "reading_language": reading}))


def test_words_in_the_interfaces_language_stand_alone() -> None:
    assert shown(Words("Un <pont>", "fr")) == "Un &lt;pont&gt;"


def test_words_without_a_language_belong_to_their_place() -> None:
    assert shown(Words("Un pont")) == "Un pont"


def test_words_in_what_the_learner_reads_are_marked_and_nothing_more() -> None:
    assert shown(Words("جسر", "ar"), reading="ar-EG", interface="en") == '<span lang="ar" dir="rtl">جسر</span>'


def test_words_in_another_language_say_which() -> None:
    assert shown(Words("Un <puente>", "es"), interface="en") == (
        '<span lang="es" dir="ltr">Un &lt;puente&gt;</span> '
        '<small class="language-label">in <bdi lang="es" dir="ltr">español</bdi></small>'
    )


def test_the_label_can_be_left_to_the_place() -> None:
    page = Template("{% words text label=False %}")
    assert shown(Words("A bridge", "en"), page=page) == '<span lang="en" dir="ltr">A bridge</span>'


@pytest.mark.parametrize(
    ("language", "attributes"), [("ar", 'lang="ar" dir="rtl"'), ("zh-Hant", 'lang="zh-Hant" dir="ltr"')]
)
def test_an_element_can_be_marked_with_its_language(language: str, attributes: str) -> None:
    assert Template("{% lang_dir language %}").render(Context({"language": language})) == attributes


def test_placeholders_are_set_apart_and_the_rest_is_escaped() -> None:
    page = Template("{{ text|chips }}")
    assert page.render(Context({"text": "A <1>bridge</1> & <img2/>"})) == (
        'A <bdi class="chip" dir="ltr">&lt;1&gt;</bdi>bridge<bdi class="chip chip-close" dir="ltr">&lt;/1&gt;</bdi>'
        ' &amp; <bdi class="chip" dir="ltr">&lt;img2/&gt;</bdi>'
    )
