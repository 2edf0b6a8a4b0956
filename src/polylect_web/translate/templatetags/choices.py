"""What a course decided for a language, and where those go who decide or review: for the workbench's templates."""

from collections.abc import Iterable

from django import template
from django.template import Context

from polylect import languages
from polylect.keys import RunKey
from polylect_web.accounts.context import account_of
from polylect_web.accounts.rights import Act, may
from polylect_web.courses.models import Course
from polylect_web.texts import wishes
from polylect_web.texts.choices import Choice
from polylect_web.translate import choice_page
from polylect_web.translate.matrix_page import Offered

register = template.Library()


@register.filter
def choice_said(choice: Choice) -> str:
    """What holds for a language, in sentences."""
    return " ".join(choice_page.said(choice))


@register.simple_tag(takes_context=True)
def may_publish(context: Context, key: RunKey) -> bool:
    """Whether the visitor publishes this course, and so decides for it. At most one query."""
    return may(account_of(context["request"]), Act.PUBLISH, str(key.course))


@register.simple_tag
def wishes_waiting(course: Course) -> int:
    """How often translators ask for sentences of this course to be joined or parted. One query."""
    return wishes.count(course)


@register.simple_tag(takes_context=True)
def languages_reviewed(context: Context, courses: Iterable[Offered]) -> list[tuple[str, str]]:
    """The languages, by tag and name, that the visitor reviews in any of these courses: of those that were begun or
    that they read. At most one query."""
    person = account_of(context["request"])
    found = {
        column.language: column.name
        for one in courses
        for column in one.columns
        if may(person, Act.REVIEW, str(one.key.course), column.language)
    }
    return sorted(found.items(), key=lambda one: languages.autonym(one[0]).casefold())
