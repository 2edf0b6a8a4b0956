"""What a course decided for a language, in sentences, and the page on which it is decided."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from polylect_web.accounts import queries as accounts
from polylect_web.accounts.models import PersonRole, Role
from polylect_web.texts.choices import Choice
from polylect_web.texts.deciding import Effect, effects
from polylect_web.texts.models import Shown, Who
from polylect_web.translate.desk import Desk

AS_THE_RULE_SAYS = ""
TRANSLATOR_ROLES = (Role.TRANSLATOR, Role.REVIEWER)


@dataclass(frozen=True)
class Option:
    """One thing that can be chosen. `effect`: what learners would see otherwise; empty: nothing."""

    value: str
    name: str
    meaning: str
    is_chosen: bool
    effect: str = ""


@dataclass(frozen=True)
class Named:
    """Somebody who has a role for this course and language. `may_end`: it is for just these; `where` says for what it
    is otherwise."""

    person: str
    username: str
    role: str
    role_name: str
    may_end: bool
    where: str = ""


@dataclass(frozen=True)
class Page:
    """What the template asks for."""

    who: tuple[Option, ...]
    shown: tuple[Option, ...]
    machine: Option
    named: tuple[Named, ...]
    roles: tuple[tuple[str, str], ...]


def page(desk: Desk) -> Page:
    """The choices of a course for a language, and its people. Two queries."""
    would = effects(desk.version, desk.target)
    return Page(_who(desk), _shown(desk.choice, would), _machine(desk.choice, would), _named(desk), roles())


def said(choice: Choice) -> list[str]:
    """What holds for a language, for those who translate into it."""
    sentences = [
        {
            Who.OPEN: _("Whoever is signed in translates."),
            Who.TEAM: _("Those whom the course named translate; everybody else suggests."),
        }[choice.who],
        {
            Shown.TRANSLATED: _("Learners see each translation as soon as it is written."),
            Shown.APPROVED: _("Learners see what a reviewer approved."),
        }[choice.shown],
    ]
    if choice.shows_machine and choice.shown == Shown.TRANSLATED:
        sentences.append(_("They also see what a machine wrote, until somebody rewrites it."))
    return sentences


def roles() -> tuple[tuple[str, str], ...]:
    """The roles that can be given here, with their names."""
    names = {Role.TRANSLATOR: pgettext("role", "translator"), Role.REVIEWER: pgettext("role", "reviewer")}
    return tuple((role.value, names[role]) for role in TRANSLATOR_ROLES)


def _who(desk: Desk) -> tuple[Option, ...]:
    chosen = desk.choice.who if desk.choice.is_named else AS_THE_RULE_SAYS
    named = accounts.has_team(str(desk.course), desk.target)
    rule = _("Whoever is signed in translates, until somebody is named below; from then on, it is for them.")
    now = _("Now: those who are named.") if named else _("Now: whoever is signed in, for nobody is named.")
    meanings = (
        (
            AS_THE_RULE_SAYS,
            _("As the rule says"),
            f"{rule} {now}",
        ),
        (
            Who.OPEN.value,
            _("Everybody"),
            _("Whoever is signed in translates, whether somebody is named or not. Guests suggest."),
        ),
        (
            Who.TEAM.value,
            _("Those who are named"),
            _("What others write waits as a suggestion until somebody who is named accepts it."),
        ),
    )
    return tuple(Option(value, name, meaning, value == chosen) for value, name, meaning in meanings)


def _shown(choice: Choice, would: Mapping[tuple[Shown, bool], Effect]) -> tuple[Option, ...]:
    meanings = {
        Shown.TRANSLATED: (
            _("As soon as it is translated"),
            _("A learner reads a translation a second after it is saved; reviewers look at it later."),
        ),
        Shown.APPROVED: (
            _("Only what is approved"),
            _("Until a reviewer approves a translation, learners read what was approved before, or else the source."),
        ),
    }
    return tuple(
        Option(one.value, name, meaning, one == choice.shown, _effect(would[one, choice.shows_machine]))
        for one, (name, meaning) in meanings.items()
    )


def _machine(choice: Choice, would: Mapping[tuple[Shown, bool], Effect]) -> Option:
    return Option(
        "yes",
        _("Show what a machine translated, too"),
        _("It is marked as such on the page. Where only what is approved is shown, this changes nothing."),
        choice.shows_machine,
        _effect(would[choice.shown, not choice.shows_machine]),
    )


def _effect(one: Effect) -> str:
    """What would change for learners now; empty: nothing."""
    said = []
    if one.hidden:
        sentence = ngettext(
            "{count} text would no longer be shown.", "{count} texts would no longer be shown.", one.hidden
        )
        said.append(sentence.replace("{count}", str(one.hidden)))
    if one.shown:
        sentence = ngettext("{count} more text would be shown.", "{count} more texts would be shown.", one.shown)
        said.append(sentence.replace("{count}", str(one.shown)))
    if one.reworded:
        sentence = ngettext(
            "{count} text would be shown in another wording.",
            "{count} texts would be shown in another wording.",
            one.reworded,
        )
        said.append(sentence.replace("{count}", str(one.reworded)))
    return " ".join(said)


def _named(desk: Desk) -> tuple[Named, ...]:
    names = dict(roles())
    return tuple(
        Named(
            str(row.person),
            row.person.username or "",
            row.role,
            names[row.role],
            bool(row.course_key and row.language),
            _where(row),
        )
        for row in accounts.team(str(desk.course), desk.target)
    )


def _where(row: PersonRole) -> str:
    if row.course_key and row.language:
        return ""
    if row.course_key:
        return _("in every language")
    return _("in every course") if row.language else _("in every course and language")
