"""What the workbench's templates say in words: states, origins, verdicts, issues."""

import unicodedata
from datetime import datetime

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from polylect import languages
from polylect.exercises import notes
from polylect.issues import Issue
from polylect_web.accounts.models import Person
from polylect_web.foundation import issues, saying
from polylect_web.texts.models import Origin, Remark, Verdict
from polylect_web.texts.queries import State
from polylect_web.texts.wishes import Wish
from polylect_web.texts.working import Line, Said, name_of
from polylect_web.translate import line_page, wishes_page

register = template.Library()

_INVISIBLE = {"\u200c": "ZWNJ", "\u200d": "ZWJ", "\u00a0": "NBSP", "\u202f": "NNBSP"}


@register.filter
def changes_from(before: str, after: str) -> SafeString:
    """What a source that was translated before has otherwise than the one in hand."""
    return line_page.difference(before, after, "")


@register.filter
def state_name(line: Line) -> str:
    """Where a text stands, in a word. An address that nobody changed is not missing."""
    if line.optional and line.state is State.MISSING:
        return pgettext("state of a text", "as in the source")
    return {
        State.MISSING: pgettext("state of a text", "missing"),
        State.OUTDATED: pgettext("state of a text", "outdated"),
        State.TRANSLATED: pgettext("state of a text", "translated"),
        State.APPROVED: pgettext("state of a text", "approved"),
    }[line.state]


@register.filter
def sentence(issue: Issue) -> str:
    """What is wrong, in the interface's language."""
    return issues.sentence(issue)


@register.filter
def note_said(note: str) -> str:
    """What translators are told of a text: in the interface's language, or as its author wrote it."""
    known = notes.read(note)
    return saying.said(known) if known else note


@register.filter
def character(one: str) -> str:
    """A character as a button shows it: a mark that joins another on a ring, an invisible one by its name."""
    if one in _INVISIBLE:
        return _INVISIBLE[one]
    return f"◌{one}" if unicodedata.combining(one[0]) else one


@register.simple_tag
def who_and_when(person: Person | None, at: datetime, origin: str = "") -> SafeString:
    """Who wrote something, when, and where it came from if not from a person."""
    day = date_format(localtime(at), "DATE_FORMAT")
    machine = (
        {
            Origin.MACHINE: _("by a machine"),
            Origin.MEMORY: _("from the memory"),
            Origin.WIKI: _("on the wiki"),
        }.get(Origin(origin))
        if origin
        else None
    )
    who = name_of(person) or machine or _("somebody")
    more = f" ({machine})" if machine and name_of(person) else ""
    phrase = pgettext("who wrote something, and when", "{who}, {day}")
    return format_html(phrase, who=format_html("<bdi>{}</bdi>{}", who, more), day=day)


@register.filter
def wish_said(remark: Remark) -> str:
    """That a sentence be joined or parted, where a remark asks for it; else nothing."""
    return wishes_page.said(remark)


@register.filter
def wish_languages(wish: Wish) -> list[tuple[str, str]]:
    """The languages, by tag and name, whose translators ask for it."""
    return [(tag, languages.autonym(tag)) for tag in wish.languages]


@register.filter
def language_name(tag: str) -> str:
    """What a language calls itself."""
    return languages.autonym(tag)


@register.filter
def verdict_said(said: Said) -> SafeString:
    """What somebody said of a translation."""
    phrase = {
        Verdict.APPROVED: _("{name} approved it"),
        Verdict.STILL_VALID: _("{name} said that it is still valid"),
        Verdict.ACCEPTED: _("{name} accepted it"),
        Verdict.REJECTED: _("{name} set it aside"),
    }[said.verdict]
    return format_html(phrase, name=format_html("<bdi>{}</bdi>", said.person or _("somebody")))
