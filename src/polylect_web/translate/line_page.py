"""The text in hand: its source with what changed, what is known of it, and the form for its translation."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from polylect import messages
from polylect.issues import Issue
from polylect.messages.changes import Fate, changes
from polylect.messages.message import Placeholder
from polylect.messages.terms import Form as TermForm
from polylect_web.courses import queries as courses
from polylect_web.foundation.chips import chips
from polylect_web.glossary import queries as glossary
from polylect_web.memory import queries as memory
from polylect_web.memory.queries import Match
from polylect_web.texts import wishes, working
from polylect_web.texts.queries import State
from polylect_web.texts.wishes import Wish
from polylect_web.texts.working import History, Line
from polylect_web.translate import asking, cues
from polylect_web.translate.asking import Answer
from polylect_web.translate.characters import characters_of
from polylect_web.translate.checking import Checked
from polylect_web.translate.cues import Cues, Cutting
from polylect_web.translate.desk import Desk, may_write
from polylect_web.translate.lesson_page import Listed, Numbered

_FATES = {Fate.KEPT: "{}", Fate.REMOVED: "<del>{}</del>", Fate.ADDED: "<ins>{}</ins>"}


class Notice(Enum):
    """What to say above the form, about what just happened."""

    NONE = ""
    CONFLICT = "conflict"
    SOURCE_CHANGED = "source-changed"
    WARNED = "warned"
    REFUSED = "refused"
    FULL = "full"


@dataclass(frozen=True)
class Draft:
    """What is in the form. `seen`: the id of the target that its writer saw as the current one; `cuts`: where a
    sentence of captions is cut, None: where its current translation is."""

    text: str
    seen: str = ""
    cuts: Cutting | None = None
    notice: Notice = Notice.NONE


@dataclass(frozen=True)
class Explained:
    """A placeholder of the source: what a translator inserts for it, and what it stands for."""

    inserted: str
    meaning: str
    shown: str


@dataclass(frozen=True)
class Named:
    """A term of the glossary that stands in the source, and what it is called in the language."""

    text: str
    definition: str
    is_untranslatable: bool
    forms: tuple[TermForm, ...]


@dataclass(frozen=True)
class Panel:
    """Everything the template of the text in hand asks for."""

    desk: Desk
    listed: Listed
    numbered: Numbered
    draft: Draft
    checked: Checked
    history: History
    placeholders: tuple[Explained, ...]
    theirs: working.Current | None = None
    """In a conflict: what somebody else saved meanwhile."""
    neighbors: tuple[Sequence[Numbered], Sequence[Numbered]] = ((), ())
    terms: tuple[Named, ...] = ()
    cues: Cues | None = None
    """A sentence of captions in its cues."""
    matches: tuple[Match, ...] = ()
    """How texts like this one were translated."""
    machines: str = ""
    """The machines that can be asked for a suggestion; empty: none."""
    machine: Answer | None = None
    """What one said."""
    wishes: tuple[Wish, ...] = ()
    """That this sentence be joined or parted: what was asked for, in any language."""
    refused: Mapping[str, str] = field(default_factory=dict)
    """Why what was asked for (`asks`) or said (`remark`) was not kept."""

    @property
    def places_asked(self) -> frozenset[int | None]:
        """Where somebody asks for this sentence to be parted."""
        return frozenset(one.asked.place for one in self.wishes)

    @property
    def line(self) -> Line:
        return self.numbered.line

    @property
    def source(self) -> SafeString:
        """The source with its placeholders set apart, or with ticks where the cues of a sentence end."""
        return self.cues.source if self.cues is not None else chips(self.line.text)

    @property
    def changed(self) -> SafeString | None:
        """What changed in the source since the current target was made; None: nothing did."""
        current = self.line.current
        if current is None or current.source_text == self.line.text:
            return None
        return difference(current.source_text, self.line.text, self.desk.own_language)

    @property
    def may_write(self) -> bool:
        """Whether what is written here is shown at once; else it is a suggestion."""
        return may_write(self.desk, self.line)

    @property
    def is_outdated(self) -> bool:
        return self.line.state is State.OUTDATED

    @property
    def kind(self) -> str:
        return kind_name(self.line.kind)

    @property
    def characters(self) -> tuple[str, ...]:
        return characters_of(self.desk.target)

    @property
    def before(self) -> Numbered | None:
        return self.listed.around(self.numbered)[0]

    @property
    def after(self) -> Numbered | None:
        return self.listed.around(self.numbered)[1]


def panel(
    desk: Desk,
    listed: Listed,
    numbered: Numbered,
    *,
    draft: Draft | None = None,
    checked: Checked | None = None,
    theirs: working.Current | None = None,
    machine: Answer | None = None,
    act: str = "",
    refused: Mapping[str, str] | None = None,
) -> Panel:
    """The text in hand; `draft`: what its writer typed, where it comes back; `act`: what is done with its cuts, as in
    `cues`. Four queries, one for a sentence of captions, and those of glossary, memory and cues."""
    line = numbered.line
    current = line.current
    if draft is None:
        draft = Draft(current.text if current else "", str(current.pk) if current else "")
    return Panel(
        desk,
        listed,
        numbered,
        draft,
        checked or Checked(),
        working.history(line.message_id, desk.target),
        tuple(explained(placeholders(desk, listed, line))),
        theirs,
        listed.neighbors(numbered),
        tuple(terms(desk, line)),
        cues.cues(desk, line, draft.text, draft.cuts, act),
        matches(desk, line),
        asking.machines(desk, line),
        machine,
        wishes.of_sentence(line.message_id, line.text) if line.kind is messages.Kind.CAPTION else (),
        refused or {},
    )


def matches(desk: Desk, line: Line) -> tuple[Match, ...]:
    """How texts like this one were translated, in any course; what is in the form already is left out."""
    secrets = frozenset({desk.course.pk}) if desk.rights.may_see_answers else frozenset()
    found = memory.matches(desk.own_language, desk.target, line.text, secrets_of=secrets)
    return tuple(one for one in found if line.current is None or one.text != line.current.text)


def terms(desk: Desk, line: Line) -> Iterable[Named]:
    """The terms of the glossary in a text, each once, in its order."""
    hits = glossary.hits(line.text, desk.course.pk, desk.own_language, desk.target)
    for term in dict.fromkeys(hit.term for hit in hits):
        yield Named(term.text, term.definition, term.is_untranslatable, term.forms_in(desk.target))


def placeholders(desk: Desk, listed: Listed, line: Line) -> tuple[Placeholder, ...]:
    """What the placeholders of a text stand for, as its block has it."""
    if "<" not in line.text:
        return ()
    at = next((one for one in listed.lesson.places if one[0] == line.block_code), None)
    if at is None:
        return ()
    found = messages.find(courses.load_content(at[1]), source_language=desk.own_language)
    return next((one.placeholders for one in found if one.role == line.role and one.text == line.text), ())


def explained(some: Iterable[Placeholder]) -> Iterable[Explained]:
    """Placeholders in words."""
    for one in some:
        inserted = f"<{one.name}{one.number}>" if one.is_pair else f"<{one.name}{one.number}/>"
        if one.is_pair:
            inserted += f"</{one.name}{one.number}>"
        yield Explained(inserted, meaning(one), " ".join(one.shown.split()))


def meaning(one: Placeholder) -> str:
    """What a placeholder is, in a word or two."""
    names = {
        "a": _("link"),
        "img": _("picture"),
        "field": _("place for an answer"),
        "math": _("formula"),
        "code": _("code"),
        "var": _("value that is filled in"),
    }
    return names.get(one.name) or (_("emphasis") if one.is_pair else _("line break"))


def blank(line: Line) -> tuple[Issue, ...]:
    """What to say of an empty translation."""
    return messages.check(line.text or "…", "", kind=line.kind)


def difference(before: str, after: str, language: str) -> SafeString:
    """What became of a text: what was taken out, and what was put in."""
    return format_html_join(
        "", "{}", ((format_html(_FATES[span.fate], chips(span.text)),) for span in changes(before, after, language))
    )


def kind_name(kind: messages.Kind) -> str:
    """What a text is in its lesson."""
    return {
        messages.Kind.TITLE: pgettext("kind of text", "title"),
        messages.Kind.TEXT: pgettext("kind of text", "text"),
        messages.Kind.HEADING: pgettext("kind of text", "heading"),
        messages.Kind.LABEL: pgettext("kind of text", "question or label"),
        messages.Kind.CHOICE: pgettext("kind of text", "choice"),
        messages.Kind.HINT: pgettext("kind of text", "hint"),
        messages.Kind.FEEDBACK: pgettext("kind of text", "feedback"),
        messages.Kind.SOLUTION: pgettext("kind of text", "solution"),
        messages.Kind.ANSWER: pgettext("kind of text", "accepted answer"),
        messages.Kind.ALT: pgettext("kind of text", "description"),
        messages.Kind.ADDRESS: pgettext("kind of text", "address of a link"),
        messages.Kind.MEDIA: pgettext("kind of text", "address of a file"),
        messages.Kind.CAPTION: pgettext("kind of text", "sentence of a video"),
        messages.Kind.NAME: pgettext("kind of text", "name"),
    }[kind]
