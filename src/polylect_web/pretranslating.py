"""A course translated by a machine in advance: for every text that nobody has translated, a suggestion waits.

The command uses this; it knows machines and texts. What is translated is kept portion by portion, so that a run which
stops can be started again and goes on. Nothing is shown to learners unless the course said so for that language.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from polylect import languages
from polylect_web.courses.actions import NotPublished
from polylect_web.courses.models import Run
from polylect_web.exchanging import find_run
from polylect_web.glossary import queries as glossary
from polylect_web.machine import queries as machine
from polylect_web.machine.queries import Asked, NotTaken, Suggestion, Unavailable
from polylect_web.texts import actions as texts
from polylect_web.texts import working
from polylect_web.texts.choices import Choice, choice_of
from polylect_web.texts.models import Origin
from polylect_web.texts.queries import State
from polylect_web.texts.working import Line

_AT_ONCE = 25
_SECONDS = 60
"""How long a machine may take for an answer: nobody waits for a page."""
_PATIENCE = 3
"""At how many texts we stop for which machines were in trouble; one that they only would not take is no trouble."""

Progress = Callable[[int, int], None]
"""Told how many texts are done, of how many."""


@dataclass(frozen=True)
class Pretranslated:
    """What came of it, in numbers of texts.

    `new`: translated now. `unanswered`: no machine made anything of them. `answers`: left out since they give answers
    away. `left`: for another run. `are_shown`: learners see them. `stopped`: why it ended early, as a sentence.
    """

    run: Run
    language: str
    new: int
    unanswered: int
    answers: int
    left: int
    are_shown: bool
    stopped: str = ""


def pretranslate(
    name: str,
    language: str,
    *,
    limit: int | None = None,
    with_answers: bool = False,
    progress: Progress = lambda done, total: None,
) -> Pretranslated:
    """Has machines translate what is missing of a course (`ORG+CODE`, or `ORG+CODE+RUN`), at most `limit` texts.

    A text that has a translation or an open suggestion is left alone; so are those that give an answer away, unless
    `with_answers`. Raises NotPublished before anybody is asked.
    """
    run = find_run(name)
    tag = languages.canonical(language)
    if tag is None:
        raise NotPublished(f"“{language}” is not a language; expected a tag such as fr or pt-BR.")
    if not machine.is_connected(run.course.source_language, tag):
        raise NotPublished(_why_not(run.course.source_language, tag))
    missing, answers = _missing(run, tag, with_answers=with_answers)
    choice = choice_of(run.course, tag)
    wanted = missing if limit is None else missing[:limit]
    new = done = troubles = 0
    stopped = ""
    progress(0, len(wanted))
    for portion in _portions(wanted):
        found, troubles, stopped = _suggested(run, tag, portion, troubles)
        new += _keep(run, tag, [(line, one) for line, one in zip(portion, found, strict=False) if one], choice)
        done += len(found)
        progress(done, len(wanted))
        if stopped:
            break
    return Pretranslated(run, tag, new, done - new, answers, len(missing) - done, choice.shows_machine, stopped)


def told(done: Pretranslated) -> list[str]:
    """What came of it, in sentences for whoever ran the command."""
    kept = "which learners see" if done.are_shown else "as suggestions for translators"
    counts = [
        (done.new, f"translated into {done.language}, {kept}"),
        (done.unanswered, "that no machine made anything of that could be kept"),
        (done.answers, "left out, because they give answers away"),
        (done.left, "still without a translation"),
    ]
    sentences = [f"{count} {'text' if count == 1 else 'texts'} {what}." for count, what in counts if count]
    if done.stopped:
        sentences.append(f"Stopped: {done.stopped} The next run goes on from here.")
    return sentences or [f"Every text has a translation into {done.language}, or a suggestion."]


def as_data(done: Pretranslated) -> dict[str, object]:
    """The same, for programs."""
    return {
        "run": done.run.key,
        "language": done.language,
        "new": done.new,
        "unanswered": done.unanswered,
        "answers": done.answers,
        "left": done.left,
        "shown": done.are_shown,
        "stopped": done.stopped,
    }


def _why_not(source_language: str, language: str) -> str:
    names = machine.machine_names()
    if not names:
        return "No machine is connected. POLYLECT_MACHINE names those that may be asked."
    return f"{', '.join(names)} cannot translate from {source_language} into {language}."


def _missing(run: Run, language: str, *, with_answers: bool) -> tuple[list[Line], int]:
    """The texts that nobody translated or suggested anything for, in reading order; and how many were left out because
    they give an answer away."""
    lines = {
        line.uuid: line
        for lesson in working.lessons(run.version)
        for line in working.lines(run.version, lesson, language, may_see_answers=True)
        if line.state is State.MISSING and not line.optional and not line.suggestions
    }
    kept = [line for line in lines.values() if with_answers or not line.reveals]
    return kept, len(lines) - len(kept)


def _portions(lines: Sequence[Line]) -> Iterator[list[Line]]:
    rest = iter(lines)
    while portion := list(islice(rest, _AT_ONCE)):
        yield portion


def _suggested(
    run: Run, language: str, portion: Sequence[Line], troubles: int
) -> tuple[list[Suggestion | None], int, str]:
    """What machines make of these texts, how often they were in trouble by now, and why we stop, if we do. A portion
    that is not answered is asked for text by text, since one of them may be the reason."""

    def ask(lines: Sequence[Line]) -> list[Suggestion | None]:
        asked = [Asked(line.text, line.kind, _terms(run, language, line.text)) for line in lines]
        return machine.suggest_many(run.course.source_language, language, asked, seconds=_SECONDS)

    try:
        return ask(portion), troubles, ""
    except Unavailable:
        found: list[Suggestion | None] = []
    for line in portion:
        try:
            found += ask([line])
        except NotTaken:
            found.append(None)
        except Unavailable as error:
            troubles += 1
            if troubles == _PATIENCE:
                return found, troubles, error.sentence
            found.append(None)
    return found, troubles, ""


def _terms(run: Run, language: str, text: str) -> tuple[str, ...]:
    """The glossary's terms in a text that are not translated, as they stand there."""
    hits = glossary.hits(text, run.course_id, run.course.source_language, language)
    return tuple(text[hit.start : hit.end] for hit in hits if hit.term.is_untranslatable)


def _keep(run: Run, language: str, found: Sequence[tuple[Line, Suggestion]], choice: Choice) -> int:
    """Keeps them as the machine's; how many are new. Where somebody wrote meanwhile, theirs stays."""
    given = [texts.Given(line.uuid, suggestion.text, line.text) for line, suggestion in found]
    taken = texts.take_targets(
        run.course,
        language,
        given,
        origin=Origin.MACHINE,
        are_suggestions=not choice.shows_machine,
        seen={line.uuid: None for line, _ in found},
    )
    return taken.new
