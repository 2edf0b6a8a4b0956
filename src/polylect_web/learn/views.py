"""A learner's pages: catalogue, about, unit, answers, transcripts, progress; and what staff see beyond them.

Each view begins by finding the run as its reader may see it (`study.open_run`), and refuses with 404 what they may not
know of.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus
from typing import TypedDict, cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from polylect import languages
from polylect.captions import srt, webvtt
from polylect.course.tree import Exercise
from polylect.keys import RunKey
from polylect.messages import COURSE_CODE
from polylect_web.accounts.actions import person_for
from polylect_web.courses import queries as courses
from polylect_web.courses.outline import Block, Unit
from polylect_web.foundation.csp import YOUTUBE, allow_frame
from polylect_web.foundation.numbers import whole_number
from polylect_web.grading import actions as grading
from polylect_web.grading.queries import UnitStanding
from polylect_web.learn import about_page, blocks, progress_page, transcripts
from polylect_web.learn.arrangement_page import with_sides
from polylect_web.learn.blocks import Drawn, DrawnExercise, DrawnVideo
from polylect_web.learn.catalogue_page import entries
from polylect_web.learn.exercise_steps import Step
from polylect_web.learn.study import Study, open_run
from polylect_web.learn.unit_page import Asked, UnitPage, open_unit
from polylect_web.learn.waiting import waiting_for
from polylect_web.texts import queries as texts

FRAGMENT = "X-Fragment"
"""The header by which a script asks for a part of the page, and by which the part is known as such."""


_Drawn = tuple[texts.UnitKeys, Mapping[str, Drawn]]


class _Where(TypedDict):
    """What every step with an exercise is told: where it stands, what of it was shown, who asks and when."""

    version_id: int
    seed: int | None
    unit_code: str
    block_code: str
    may_see_hidden: bool
    now: datetime


_FOREVER_SECONDS = 60 * 60 * 24 * 365
_MOST_HINTS = 100


@require_safe
def catalogue(request: HttpRequest, language: str) -> HttpResponse:
    """Every open course."""
    return render(request, "learn/catalogue.html", {"entries": entries(language)})


@require_safe
def about(request: HttpRequest, language: str, run_key: RunKey) -> HttpResponse:
    """What a course is about, what it holds, and the languages it can be read in."""
    study = open_run(request, language, run_key)
    return render(request, "learn/about.html", about_page.context(study))


@require_safe
@never_cache
def unit(request: HttpRequest, language: str, run_key: RunKey, unit_code: str) -> HttpResponse:
    """A unit: its texts, videos and exercises, with the learner's own part."""
    study = open_run(request, language, run_key)
    found = study.outline.unit(unit_code)
    if found is None:
        return _moved(study, unit_code)
    asked = Asked(second=_second(request), by_sentence=_by_sentence(request), play=request.GET.get("play", ""))
    answered = request.GET.get("answered", "")
    if answered:
        asked = Asked(exercise=answered, focus="result")
    page = open_unit(study, found, asked)
    response = render(request, "learn/unit.html", page.context())
    if asked.play in {block.code for block in found.all_blocks() if block.kind == "video"}:
        allow_frame(response, YOUTUBE)
    return response


@require_POST
@never_cache
def answer(request: HttpRequest, language: str, run_key: RunKey, unit_code: str, block_code: str) -> HttpResponse:
    """What a learner did with an exercise: sent an answer, asked for a hint or the answer, or added a side."""
    study = open_run(request, language, run_key)
    found, block = _find(study, unit_code, block_code, "exercise")
    changed = with_sides(_typed(request.POST), request.POST.get("act", ""))
    if changed is not None:
        return _again(request, study, found, block, Asked(typed=changed[0], hints=_hints(request), focus=changed[1]))
    step = _step(request)
    if step is Step.HINT:
        asked = Asked(typed=_typed(request.POST), hints=_hints(request) + 1, step=step, focus="hint")
        return _again(request, study, found, block, asked)
    if step is Step.REVEAL:
        asked = Asked(typed=_typed(request.POST), hints=_hints(request), step=step, wants_answer=True, focus="answer")
        return _again(request, study, found, block, asked)
    if step is Step.START_OVER:
        return _start_over(request, study, found, block)
    return _take(request, study, found, block, step)


@require_safe
def transcript(request: HttpRequest, language: str, run_key: RunKey, unit_code: str, block_code: str) -> HttpResponse:
    """The words of a video, alone: for the script that sets a second language beside the first, or sentences in the
    place of cues."""
    study, found, block = _video(request, language, run_key, unit_code, block_code)
    keys = texts.unit_keys(study.run.version, found, language)
    drawn = blocks.draw_unit(study.run.version, keys, language).blocks[block.code]
    if not isinstance(drawn, DrawnVideo):
        raise Http404
    html, _language = blocks.words_to_read(
        study.run.version, drawn, _second(request), by_sentence=_by_sentence(request)
    )
    response = HttpResponse(html)
    patch_cache_control(response, private=True, max_age=60)
    return response


@require_safe
def captions(
    request: HttpRequest,
    language: str,
    run_key: RunKey,
    unit_code: str,
    block_code: str,
    track_language: str,
    extension: str,
) -> HttpResponse:
    """A video's words in one language as a file: `vtt`, `srt`, or `txt` to read."""
    study, _unit, block = _video(request, language, run_key, unit_code, block_code)
    found = blocks.read_track(study.run.version, block, track_language)
    if found is None or extension not in _FORMATS:
        raise Http404
    media_type, write = _FORMATS[extension]
    response = HttpResponse(write(found[0]), content_type=f"{media_type}; charset=utf-8")
    if extension != "vtt":
        response.headers["Content-Disposition"] = f'attachment; filename="{block.code}.{track_language}.{extension}"'
    if "v" in request.GET:  # the address changes with the words
        patch_cache_control(response, private=True, max_age=_FOREVER_SECONDS, immutable=True)
    return response


@require_safe
@never_cache
def progress(request: HttpRequest, language: str, run_key: RunKey) -> HttpResponse:
    """What the learner earned, what could be had so far, and what it takes to pass."""
    study = open_run(request, language, run_key)
    return render(request, "learn/progress.html", progress_page.context(study))


@require_safe
def unplaced(request: HttpRequest, language: str, run_key: RunKey) -> HttpResponse:
    """For staff: what the course's files hold and no page points at."""
    study = _for_staff(request, language, run_key)
    items = [
        {
            "name": item.title
            if isinstance(item, Unit)
            else courses.load_content(item.content_hash).title or item.code,
            "code": item.code,
            "kind": _("unit") if isinstance(item, Unit) else _name_of_kind(item.kind),
            "address": study.address("unit", item.code),
        }
        for item in study.outline.unplaced
    ]
    titles = texts.titles(study.run.version, language)
    context = {"title": titles[COURSE_CODE], "items": items, "about_address": study.address("about")}
    return render(request, "learn/unplaced.html", context)


def _name_of_kind(kind: str) -> str:
    names = {"text": _("text"), "video": _("video"), "exercise": _("exercise"), "selection": _("selection")}
    return names.get(kind) or _("of a kind that cannot be shown")


def _moved(study: Study, unit_code: str) -> HttpResponse:
    """Sends somebody on who asks for a unit that is no longer there, unless it is hidden from them."""
    if study.whole.unit(unit_code) is None:
        instead = courses.unit_instead_of(study.run.version, unit_code)
        if instead is not None and study.outline.unit(instead.code) is not None:
            return HttpResponseRedirect(study.address("unit", instead.code))
    raise Http404


def _take(request: HttpRequest, study: Study, found: Unit, block: Block, step: Step) -> HttpResponse:
    """Grades and keeps an answer, or only keeps it. A script gets the exercise back; others are sent to the page."""
    typed, hints = _typed(request.POST), _hints(request)
    keys, drawn = _draw(study, found)
    exercise = cast(DrawnExercise, drawn[block.code]).exercise
    if not any(value.strip() for values in typed.values() for value in values) and not exercise.body.may_be_blank:
        sentence = (
            _("There is nothing to save yet. Choose or write something first.")
            if step is Step.SAVE
            else _("There is nothing to check yet. Choose or write something first; it cost you no try.")
        )
        return _again(request, study, found, block, Asked(typed=typed, refusal=sentence, step=step, hints=hints))
    if study.person is None and step is Step.SUBMIT:
        unread = _unreadable(exercise, typed, study.language)
        if unread is not None:  # nothing will be kept, so nobody is made
            return _again(request, study, found, block, unread)
    person = person_for(request)
    raw = {name: list(values) for name, values in typed.items()}
    try:
        if step is Step.SAVE:
            outcome = grading.save(
                person, study.run, raw=raw, language=study.language, **_where(request, study, found, block)
            )
        else:
            outcome = grading.submit(
                person,
                study.run,
                raw=raw,
                language=study.language,
                exercise=exercise,
                **_where(request, study, found, block),
            )
    except grading.NotHere as error:
        raise Http404 from error
    asked = Asked(typed=typed, unreadable=outcome.issues, refusal=outcome.sentence, step=step, hints=hints)
    return _done(request, replace(study, person=person), found, block, outcome, asked, (keys, drawn))


def _start_over(request: HttpRequest, study: Study, found: Unit, block: Block) -> HttpResponse:
    """Empties an exercise. Who is nobody yet has none to empty, and stays nobody."""
    asked = Asked(step=Step.START_OVER, hints=_hints(request))
    if study.person is None:
        sentence = _("There is nothing to start over: you have not sent an answer yet.")
        return _again(request, study, found, block, replace(asked, refusal=sentence))
    try:
        outcome = grading.start_over(study.person, study.run, **_where(request, study, found, block))
    except grading.NotHere as error:
        raise Http404 from error
    return _done(request, study, found, block, outcome, replace(asked, refusal=outcome.sentence))


def _done(
    request: HttpRequest,
    study: Study,
    found: Unit,
    block: Block,
    outcome: grading.Outcome,
    asked: Asked,
    at_hand: _Drawn | None = None,
) -> HttpResponse:
    """What a learner gets back: the exercise as it stands now, or with the reason why nothing was done. `at_hand`: the
    unit, where it was drawn on the way."""
    if outcome.standing is None:
        return _again(request, study, found, block, asked)
    if FRAGMENT in request.headers:
        keys, drawn = at_hand or _draw(study, found)
        standing = UnitStanding(None, {block.code: outcome.standing}, {})
        after = Asked(exercise=block.code, hints=asked.hints, step=asked.step, focus="result")
        return _fragment(request, UnitPage(study, found, keys, standing, after, drawn), block)
    return HttpResponseRedirect(f"{study.address('unit', found.code)}?answered={block.code}#{block.code}-result")


def _draw(study: Study, found: Unit) -> _Drawn:
    keys = texts.unit_keys(study.run.version, found, study.language)
    return keys, blocks.draw_unit(study.run.version, keys, study.language).blocks


def _where(request: HttpRequest, study: Study, found: Unit, block: Block) -> _Where:
    """What a form was about: the exercise, the version and variant that were shown, and who asks."""
    return {
        "version_id": _number(request.POST.get("version", ""), study.run.version_id),
        "seed": _number(request.POST["variant"], -1) if "variant" in request.POST else None,
        "unit_code": found.code,
        "block_code": block.code,
        "may_see_hidden": study.may_see_hidden,
        "now": study.now,
    }


def _unreadable(exercise: Exercise, typed: dict[str, tuple[str, ...]], language: str) -> Asked | None:
    """What to say of an answer that cannot be read; None if it can be."""
    raw = {name: list(values) for name, values in typed.items()}
    _responses, issues = exercise.body.read(raw, language)
    return Asked(typed=typed, unreadable=tuple(issues)) if issues else None


def _again(request: HttpRequest, study: Study, found: Unit, block: Block, asked: Asked) -> HttpResponse:
    """The exercise as it is now: alone for a script, in its page otherwise."""
    page = open_unit(study, found, replace(asked, exercise=block.code, focus=asked.focus or "result"))
    if block.code not in page.standing.exercises:  # of a selection, and not drawn for this learner
        raise Http404
    if FRAGMENT in request.headers:
        return _fragment(request, page, block)
    is_refused = asked.unreadable or page.exercise(block).refusal
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_refused else HTTPStatus.OK
    return render(request, "learn/unit.html", page.context(), status=status)


def _fragment(request: HttpRequest, page: UnitPage, block: Block) -> HttpResponse:
    """The part of an exercise that changes, alone."""
    context = {"page": page.exercise(block), "is_alone": True}
    response = render(request, "learn/_exercise_body.html", context)
    response.headers[FRAGMENT] = "exercise"
    return response


def _video(
    request: HttpRequest, language: str, run_key: RunKey, unit_code: str, block_code: str
) -> tuple[Study, Unit, Block]:
    study = open_run(request, language, run_key)
    return study, *_find(study, unit_code, block_code, "video")


def _find(study: Study, unit_code: str, block_code: str, kind: str) -> tuple[Unit, Block]:
    """A block of this kind, in a unit that is open to this reader. Raises Http404."""
    found = study.find_unit(unit_code)
    block = study.find_block(found, block_code)
    if block.kind != kind or waiting_for(study, found):
        raise Http404
    return found, block


def _for_staff(request: HttpRequest, language: str, run_key: RunKey) -> Study:
    study = open_run(request, language, run_key)
    if not study.may_see_hidden:
        raise Http404
    return study


def _second(request: HttpRequest) -> str:
    """The language to set beside a transcript; empty: none."""
    return languages.canonical(request.GET.get("second", "")) or ""


def _by_sentence(request: HttpRequest) -> bool:
    """Whether a transcript is to be read sentence by sentence."""
    return request.GET.get("by", "") == "sentence"


def _typed(form: QueryDict) -> dict[str, tuple[str, ...]]:
    """The form's fields by name, without those that are ours."""
    ours = ("csrfmiddlewaretoken", "act", "hints", "version", "variant")
    return {name: tuple(values) for name, values in form.lists() if name not in ours}


def _step(request: HttpRequest) -> Step:
    """What the button asks for; an answer is sent where there is none, or an unknown one."""
    try:
        return Step(request.POST.get("act", ""))
    except ValueError:
        return Step.SUBMIT


def _hints(request: HttpRequest) -> int:
    """How many hints the learner has on view."""
    return min(_number(request.POST.get("hints", ""), 0), _MOST_HINTS)


def _number(text: str, otherwise: int) -> int:
    number = whole_number(text)
    return otherwise if number is None else number


_FORMATS = {
    "vtt": ("text/vtt", webvtt.write),
    "srt": ("application/x-subrip", srt.write),
    "txt": ("text/plain", transcripts.as_text),
}
