"""Template tags of a learner's pages: the parts of an exercise, and author HTML."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from babel.lists import format_list
from django import template
from django.template import Context
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from polylect import languages
from polylect.exercises import Field, Group, Html, QuestionView, Words
from polylect_web.foundation.templatetags.kept import drawn, kept
from polylect_web.foundation.templatetags.words import lang_dir
from polylect_web.learn import arrangement_page
from polylect_web.learn import author_html as author
from polylect_web.learn.arrangement_page import DRAWN, ShownFinding, shown_arrangement
from polylect_web.learn.exercise_page import ExercisePage, ShownChoice, ShownField

register = template.Library()

_LONGEST_KEPT_CHARS = 1000
"""Of what a learner typed and read in a field: with more, it is not kept for others, who would hardly type the same."""
_RESERVED = re.compile("[\ue000\ue001]")  # private-use characters, which cleaning lets through
_MARK = "\ue000{}\ue001"
_TAG_OR_MARK = re.compile("<[^>]*>|\ue000([^\ue000\ue001]*)\ue001")  # cleaning escapes > in attributes


@register.simple_tag(takes_context=True)
def author_html(context: Context, words: Words) -> SafeString:
    """A text of an exercise where blocks may stand."""
    return author.words_html(_marked(context, words))


@register.simple_tag(takes_context=True)
def author_inline(context: Context, words: Words) -> SafeString:
    """A text of an exercise where only inline markup may stand."""
    return author.inline_html(_marked(context, words))


@register.simple_tag(takes_context=True)
def choice_words(context: Context, choice: ShownChoice) -> SafeString:
    """The words of a choice, with the fields that sit inside them."""
    words = choice.choice.words
    if not choice.inner:
        return author_inline(context, words)
    draws = {
        inner.field.code: partial(_render, context, "learn/_field_number.html", shown=inner, number=number)
        for number, inner in enumerate(choice.inner, start=1)
    }
    return _put_inside(context, words, draws, author.inline_html)


@register.simple_tag(takes_context=True)
def reading_lang(context: Context) -> SafeString:
    """` lang="…" dir="…"` for an element with the course's text, where the page around it is in another language."""
    language = context["reading_language"]
    return format_html(" {}", lang_dir(language)) if language != context["interface_language"] else mark_safe("")


@register.simple_tag(takes_context=True)
def exercise_part(context: Context, page: ExercisePage, part: Html | QuestionView) -> SafeString:
    """One part of an exercise: text, with questions and fields inside it; or a question."""
    if isinstance(part, QuestionView):
        return _question(context, page, part)
    return format_html('<div class="prose">{}</div>', _html(context, page, part, None))


@register.simple_tag
def names(people: Sequence[str]) -> SafeString:
    """Names one after another, as the interface's language puts them: “Ada, Bo and Chi”."""
    told = [format_html("<bdi>{}</bdi>", name) for name in people]
    return mark_safe(format_list(told, "standard", languages.locale(get_language() or "en")))


@register.simple_tag
def findings(page: ExercisePage) -> list[ShownFinding]:
    """What the judge of partnerships says of the answer on view; mostly nothing."""
    return list(arrangement_page.findings(page))


@register.simple_tag(takes_context=True)
def question_text(context: Context, page: ExercisePage, part: Html) -> SafeString:
    """A text of a question that is drawn in its own way."""
    return format_html('<div class="prose">{}</div>', _html(context, page, part, None))


def _question(context: Context, page: ExercisePage, question: QuestionView) -> SafeString:
    """A question with one field is that field; one with several is a group of them."""
    if question.drawn_as in DRAWN:
        return _render(context, "learn/_arrangement.html", shown=shown_arrangement(page, question))
    inner = mark_safe("".join(_question_part(context, page, part, question) for part in question.parts))
    return _render(context, "learn/_question.html", question=question, inner=inner)


def _question_part(
    context: Context, page: ExercisePage, part: Html | Field | Group, question: QuestionView
) -> SafeString:
    if isinstance(part, Field):
        return _field(context, page, part, question)
    if isinstance(part, Group):
        fields = mark_safe("".join(_field(context, page, field, question) for field in part.fields))
        return _render(context, "learn/_group.html", group=part, fields=fields)
    return format_html('<div class="prose">{}</div>', _html(context, page, part, question))


def _html(context: Context, page: ExercisePage, part: Html, question: QuestionView | None) -> SafeString:
    """Author HTML with what sits inside it in its places, put there after the cleaning, which takes fields out.

    What has no place, because somebody's text has it in an attribute, comes at the end: no field may be lost.
    """

    def draw(inner: Field | QuestionView) -> str:
        if isinstance(inner, QuestionView):
            return _question(context, page, inner)
        return _field(context, page, inner, question, inline=True)

    places = {inner.code: partial(draw, inner) for inner in part.inner}
    return _put_inside(context, part.words, places, author.words_html)


def _put_inside(
    context: Context,
    words: Words,
    places: Mapping[str, Callable[[], str]],
    html_of: Callable[[Words], SafeString],
) -> SafeString:
    text = _RESERVED.sub("", words.text)
    for code in places:
        text = text.replace(f'<span data-place="{code}"></span>', _MARK.format(code))
    html = str(html_of(_marked(context, Words(text, words.language))))
    left = dict(places)

    def put(found: re.Match[str]) -> str:
        draw = left.pop(found[1], None) if found[1] else None
        return _RESERVED.sub("", found[0]) if draw is None else draw()

    return mark_safe(_TAG_OR_MARK.sub(put, html) + "".join(draw() for draw in left.values()))


def _marked(context: Context, words: Words) -> Words:
    """The text with its language said: unmarked texts are in the language that is read, the page may not be."""
    reading = context["reading_language"]
    if words.sentence is not None or words.language is not None or reading == context["interface_language"]:
        return words
    return Words(words.text, reading)


def _field(
    context: Context, page: ExercisePage, field: Field, question: QuestionView | None, *, inline: bool = False
) -> SafeString:
    name = "learn/_field_inline.html" if inline else "learn/_field.html"
    shown = page.shown(field, question)
    return (kept if _given_chars(shown) <= _LONGEST_KEPT_CHARS else drawn)(context, name, shown=shown)


def _given_chars(shown: ShownField) -> int:
    """How much of a field is one learner's: what they typed, and what was said to it."""
    said = sum(len(part.words.text) for part in shown.result.feedback) if shown.result else 0
    return said + sum(map(len, shown.typed)) + sum(map(_given_chars, shown.inner))


def _render(context: Context, name: str, **names: Any) -> SafeString:
    """A template with the names around it, as `{% include %}` has them; unlike `render_to_string`, no new context."""
    with context.push(**names):
        html: SafeString = get_template(name).template.render(context)  # type: ignore[attr-defined]
        return html
