"""The texts of a unit as a learner may improve them, and what becomes of what they send."""

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from polylect import messages
from polylect.issues import Severity
from polylect.keys import RunKey
from polylect.messages.message import Form, Mark, split
from polylect_web.accounts.actions import person_for
from polylect_web.accounts.models import Person
from polylect_web.courses.models import Course
from polylect_web.courses.outline import Unit
from polylect_web.foundation.issues import sentence
from polylect_web.learn.study import Study, open_run
from polylect_web.learn.waiting import waiting_for
from polylect_web.texts import queries as texts
from polylect_web.texts import writing
from polylect_web.texts.guests import is_full_of_guests
from polylect_web.texts.queries import ShownText
from polylect_web.texts.writing import Draft, Outcome


@dataclass(frozen=True)
class Said:
    """What a learner is told, and whether anything was kept."""

    sentences: tuple[str, ...]
    status: HTTPStatus = HTTPStatus.OK


def open_translated(request: HttpRequest, language: str, run_key: RunKey, unit_code: str) -> tuple[Study, Unit]:
    """A unit that this reader reads in translation. Raises Http404 where there is none, none for them, or where what
    they read is the source, or made up of it."""
    study = open_run(request, language, run_key)
    unit = study.find_unit(unit_code)
    if not study.is_translated or waiting_for(study, unit):
        raise Http404
    return study, unit


def listed(study: Study, unit: Unit) -> dict[str, object]:
    """What a script needs to find the texts on the page: `pieces` are the words of what is shown, with something else
    between any two of them; `block` is empty for the unit's own title."""
    shown = texts.shown_texts(study.run.version, unit, study.language)
    return {
        "source": study.own_language,
        "benches": {
            target: reverse("translation_lesson", args=[study.language, target, study.key, unit.code])
            for target in {one.target for one in shown}
        },
        "texts": [
            {
                "id": str(one.message),
                "block": "" if one.block_code == unit.code else one.block_code,
                "kind": one.kind.value,
                "source": one.source,
                "shown": one.shown,
                "language": one.language,
                "target": one.target,
                "pieces": list(_pieces(one.shown)),
            }
            for one in shown
        ],
    }


def improve(request: HttpRequest, study: Study, unit: Unit, message: UUID) -> Said:
    """Keeps what a learner sent about a text. Who is nobody yet becomes a guest as soon as something is kept."""
    shown = _find(study, unit, message)
    text, remark = _line_ends(request.POST.get("text", "")), request.POST.get("remark", "").strip()
    draft = Draft(text, request.POST.get("source", "")) if text.strip() and text != shown.shown else None
    refused = _refusal(request, study.run.course, shown, draft, remark)
    if refused:
        return Said(refused, HTTPStatus.UNPROCESSABLE_ENTITY)
    if draft is not None and not remark and _is_known(shown, draft):
        return _thanks()
    person = person_for(request)
    if draft is not None:
        written = writing.suggest(study.run.course, shown.target, message, draft, by=person)
        if written.outcome in (Outcome.SOURCE_CHANGED, Outcome.GONE):
            return Said((_changed(),), HTTPStatus.UNPROCESSABLE_ENTITY)
        if written.outcome is Outcome.REFUSED:
            return Said((_full(),), HTTPStatus.TOO_MANY_REQUESTS)
    if remark and writing.remark(study.run.course, shown.target, message, remark, by=person) is None:
        return Said((_full(),), HTTPStatus.TOO_MANY_REQUESTS)
    return _thanks()


def _pieces(text: str) -> Iterator[str]:
    """The words of a text, parted where the page has what is no word of it: a picture, a field, a formula."""
    words = ""
    for part in split(text):
        if isinstance(part, Mark):
            if part.form is Form.ALONE:
                yield words
                words = ""
        else:
            words += part
    yield words


def _find(study: Study, unit: Unit, message: UUID) -> ShownText:
    """One of the texts that were listed. Raises Http404."""
    for one in texts.shown_texts(study.run.version, unit, study.language):
        if one.message == message:
            return one
    raise Http404


def _line_ends(text: str) -> str:
    """Browsers send the lines of a field parted by CR LF."""
    return text.replace("\r\n", "\n")


def _refusal(
    request: HttpRequest, course: Course, shown: ShownText, draft: Draft | None, remark: str
) -> tuple[str, ...]:
    """Why nothing of it can be kept; empty if it can. Asked before anybody is made a guest."""
    if draft is None and not remark:
        return (_("Change the text, or say what is wrong with it."),)
    if max(len(draft.text) if draft else 0, len(remark)) > writing.LONGEST_TEXT:
        return (_("That is too long. Send fewer than %d characters.") % writing.LONGEST_TEXT,)
    if draft is not None and draft.source_text != shown.source:
        return (_changed(),)
    wrong = _errors(shown, draft) if draft is not None else ()
    is_guest = not isinstance(request.user, Person) or request.user.is_guest
    if not wrong and is_guest and is_full_of_guests(course):
        return (_full(),)
    return wrong


def _errors(shown: ShownText, draft: Draft) -> tuple[str, ...]:
    found = messages.check(shown.source, draft.text, kind=shown.kind)
    return tuple(sentence(issue) for issue in found if issue.severity is Severity.ERROR)


def _is_known(shown: ShownText, draft: Draft) -> bool:
    """Whether somebody suggested the same before: it waits already."""
    waiting = writing.open_suggestions().filter(message__uuid=shown.message, language=shown.target, text=draft.text)
    return waiting.exists()


def _thanks() -> Said:
    return Said((_("Thank you. Those who translate this course will see it."),))


def _changed() -> str:
    return _("The author changed this text meanwhile. Load the page again to see it.")


def _full() -> str:
    return _("Too many suggestions wait for an answer. Sign in to send yours, or come back later.")
