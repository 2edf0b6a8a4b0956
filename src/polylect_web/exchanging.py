"""Translations into files and out of files again, as the command asks for it: words in, what came of it out."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from polylect import languages
from polylect.issues import Issue, Place, Severity
from polylect.messages import exchange as forms
from polylect.messages.exchange import Form
from polylect.messages.merging import Merged, Outcome
from polylect.messages.pseudo import is_pseudo
from polylect.messages.rows import Row
from polylect_web.accounts.models import Person
from polylect_web.accounts.queries import find_person
from polylect_web.courses.actions import NotPublished
from polylect_web.courses.models import Run
from polylect_web.texts import exchange
from polylect_web.texts.queries import State
from polylect_web.texts.taking import MADE_UP_LANGUAGE

LARGEST_FILE_BYTES = 256 * 2**20
STANDARD = "-"
"""The name of a file that means standard output."""

SAID = {
    Outcome.TAKEN: "taken",
    Outcome.CONFLICT: "kept as a suggestion: another translation stands here",
    Outcome.UNSURE: "kept as a suggestion: marked as not finished",
    Outcome.OUTDATED: "kept: made for an earlier source text",
    Outcome.REFUSED: "refused",
    Outcome.UNKNOWN: "left out: the course has no such text",
    Outcome.KNOWN: "here already, as a suggestion or an earlier translation",
    Outcome.SAME: "here already",
    Outcome.UNCHANGED: "not changed in the file",
    Outcome.EMPTY: "not translated",
}
"""What became of rows, behind how many there are; what needs somebody's eyes comes first."""


@dataclass(frozen=True)
class Written:
    """What was written: where to, in which form, how many texts, and how many of them are translated."""

    file: str
    form: Form
    texts: int
    translated: int
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True)
class TakenIn:
    """What became of a file. `late`: how many that were to be taken became suggestions, because somebody was faster.
    `is_dry`: nothing of it was done."""

    run: Run
    language: str
    counts: Mapping[Outcome, int]
    conflicts: tuple[Merged, ...]
    issues: tuple[Issue, ...]
    late: int = 0
    is_dry: bool = False

    @property
    def lines(self) -> Iterator[tuple[int, str]]:
        """How many rows became what, in words."""
        for outcome, words in SAID.items():
            if outcome in self.counts:
                yield self.counts[outcome], words


def export(
    course: str,
    language: str,
    *,
    form: str = "",
    only: Collection[str] = (),
    file: Path | None = None,
    with_answers: bool = True,
    may_replace: bool = False,
) -> tuple[Written, str]:
    """Writes the texts of a course in a language to a file (None: one that is named after them, here). The text itself
    is given too, where the file is `-`.

    `form` empty: by the file's name, else PO. `only`: texts in these states; none: all. `may_replace`: a file that is
    there is written over; it could hold somebody's work. Raises NotPublished, with a sentence.
    """
    run = find_run(course)
    head = exchange.head_of(run.version, _language(language))
    chosen = _form(form) or (forms.form_of(b"", file.name) if file else None) or Form.PO
    rows = exchange.rows(run.version, head.language, may_see_answers=with_answers, states=[_state(one) for one in only])
    kept: list[Row] = []
    pieces = forms.write(chosen, head, _counted(rows, kept))
    path = file or Path(forms.name_of(head, chosen))
    text = _write(path, pieces, may_replace)
    issues = forms.issues_of_writing(chosen, head, kept)
    return Written(str(path), chosen, len(kept), sum(bool(row.text) for row in kept), tuple(issues)), text


def take_in(
    course: str,
    file: Path,
    *,
    language: str = "",
    form: str = "",
    by: str = "",
    is_approved: bool = False,
    is_dry: bool = False,
) -> TakenIn:
    """Takes in a file of translations. `language`: where the file does not say it, and never another one than it says.
    `by`: who brings it; nobody where it is empty. `is_dry`: only says what would become of it.

    Raises NotPublished, with a sentence.
    """
    run = find_run(course)
    person = _person(by)
    read = forms.read(_content(file), file.name, _form(form))
    if any(issue.severity is Severity.ERROR for issue in read.issues) and not read.rows:
        raise NotPublished(f"Nothing can be read from “{file.name}”.", read.issues)
    into = _into(read.head.language, _language(language) if language else "", file.name)
    own = exchange.head_of(run.version, into).source_language
    if into == own:
        raise NotPublished(f"The course itself is in {own}, so it is not translated into it. Say another --language.")
    if is_pseudo(into):
        raise NotPublished(MADE_UP_LANGUAGE.at(Place(), language=into).sentence)
    merge = exchange.merge(run.version, into, read.rows, file=file.name, may_see_answers=True)
    late = 0 if is_dry else exchange.take_in(merge, by=person, may_translate=True, is_approved=is_approved)
    conflicts = tuple(one for one in merge.merged if one.outcome is Outcome.CONFLICT)
    issues = (*read.issues, *(issue for one in merge.merged for issue in one.issues))
    return TakenIn(run, into, merge.counts, conflicts, issues, late, is_dry)


def find_run(name: str) -> Run:
    """The run of this name: ORG+CODE+RUN, or ORG+CODE where its runs have one course. Raises NotPublished."""
    runs = Run.objects.select_related("course", "version").order_by("-version__published_at")
    org, _plus, code = name.partition("+")
    found = runs.filter(key=name).first()
    if found is not None:
        return found
    of_course = list(runs.filter(course__org=org, course__code=code))
    if len({run.course_id for run in of_course}) > 1:
        raise NotPublished(f"Several courses are called {name}. Name a run of the one you mean: ORG+CODE+RUN.")
    if not of_course:
        known = ", ".join(Run.objects.order_by("key").values_list("key", flat=True)[:6])
        raise NotPublished(f"There is no course “{name}”. " + (f"There are: {known}." if known else "Import it first."))
    return of_course[0]


def _language(tag: str) -> str:
    found = languages.canonical(tag)
    if found is None:
        raise NotPublished(f"“{tag}” is not a language; expected a tag such as fr or pt-BR.")
    return found


def _form(word: str) -> Form | None:
    if not word:
        return None
    try:
        return Form(word)
    except ValueError:
        expected = ", ".join(one.value for one in Form)
        raise NotPublished(f"“{word}” is not a form; expected one of: {expected}.") from None


def _state(word: str) -> State:
    try:
        return State(word)
    except ValueError:
        expected = ", ".join(one.value for one in State)
        raise NotPublished(f"“{word}” is not a state; expected one of: {expected}.") from None


def _counted(rows: Iterator[Row], kept: list[Row]) -> Iterator[Row]:
    for row in rows:
        kept.append(row)
        yield row


def _write(path: Path, pieces: Iterator[str], may_replace: bool) -> str:
    if str(path) == STANDARD:
        return "".join(pieces)
    try:
        with path.open("w" if may_replace else "x", encoding="utf-8", newline="") as file:
            file.writelines(pieces)
    except FileExistsError as error:
        raise NotPublished(f"“{path}” is there already. Name another file, or write over it with --replace.") from error
    except OSError as error:
        raise NotPublished(f"“{path}” cannot be written: {error.strerror}.") from error
    return ""


def _person(name: str) -> Person | None:
    found = find_person(name) if name else None
    if name and found is None:
        raise NotPublished(f"Nobody has the username or email “{name}”. People sign up on the site first.")
    return found


def _content(file: Path) -> bytes:
    try:
        if file.stat().st_size > LARGEST_FILE_BYTES:
            raise NotPublished(f"“{file}” is larger than {LARGEST_FILE_BYTES // 2**20} MB. Divide it into several.")
        return file.read_bytes()
    except OSError as error:
        raise NotPublished(f"“{file}” cannot be read: {error.strerror}.") from error


def _into(said: str, asked: str, name: str) -> str:
    if said and asked and not forms.is_for(said, asked):
        raise NotPublished(f"“{name}” says that it is in {said}, not in {asked}. Look whether it is the right file.")
    if not (said or asked):
        raise NotPublished(
            f"“{name}” does not say which language it is in. Say it with --language and a tag such as “fr” or “pt-BR”."
        )
    return asked or said
