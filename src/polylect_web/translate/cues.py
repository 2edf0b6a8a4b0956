"""A sentence's translation in the cues of its video: where it is cut, whether it can be read there, and which cuts were
moved by hand.

What is shown here is what learners get: the cuts that a translator saw are saved with the text (`Target.borders`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from polylect.captions import compose, cutting, fit, groups, recue, regrouping, scripts
from polylect.captions.fit import CueFit, Fit
from polylect.captions.track import Group, Span, Track, TrackKind
from polylect.messages.blocks import caption_role, sentence_target
from polylect.messages.message import words_of
from polylect_web.foundation.numbers import whole_number
from polylect_web.texts import learning
from polylect_web.texts import queries as texts
from polylect_web.texts.working import Current, Line
from polylect_web.translate import stage
from polylect_web.translate.desk import Desk
from polylect_web.translate.stage import Sentence
from polylect_web.translate.wishes_page import around_place

_MOST_CUTS = 100
_BUDGETED = (TrackKind.CAPTIONS, TrackKind.SUBTITLES)


@dataclass(frozen=True)
class Cutting:
    """The cuts that a form has. They count in `text`, the translation on one line as it was then.

    `moved`: those that somebody moved, `recue.CHOOSE` for all others; `seen`: every cut as it was shown. Either may be
    empty.
    """

    text: str = ""
    moved: tuple[int, ...] = ()
    seen: tuple[int, ...] = ()

    @property
    def is_moved(self) -> bool:
        return any(cut != recue.CHOOSE for cut in self.moved)

    @property
    def moved_value(self) -> str:
        """`moved` as the form sends it; empty where nothing was moved."""
        return " ".join(map(str, self.moved)) if self.is_moved else ""

    @property
    def seen_value(self) -> str:
        return " ".join(map(str, self.seen))


@dataclass(frozen=True)
class ShownCue:
    """A cue with its part of the translation. `payload`: the whole cue as learners will see it, as WebVTT has it, with
    what other sentences say in it; `settings`: where it stands in the picture. `is_moved`: somebody moved the break
    before it."""

    number: int
    start_ms: int
    end_ms: int
    fit: CueFit
    payload: str
    settings: str = ""
    is_moved: bool = False
    can_go_earlier: bool = False
    can_go_later: bool = False

    @property
    def border(self) -> int:
        """Of the break before it, as the form counts breaks: from 0."""
        return self.number - 2


@dataclass(frozen=True)
class Cues:
    """A translation in its cues. `said`: what to say of a break that was just moved."""

    sentence: Sentence
    cutting: Cutting
    cues: tuple[ShownCue, ...]
    fit: Fit
    said: str = ""

    @property
    def start_ms(self) -> int:
        return self.cues[0].start_ms

    @property
    def end_ms(self) -> int:
        return self.cues[-1].end_ms

    @property
    def from_to(self) -> str:
        """When it is said, as a part of a media file's address (Media Fragments URI 1.0)."""
        return f"{self.start_ms / 1000:.3f},{self.end_ms / 1000:.3f}"

    @property
    def has_next(self) -> bool:
        """Whether another sentence follows in its track."""
        return self.sentence.number < len(self.sentence.track.groups)

    @property
    def places(self) -> list[tuple[int, str]]:
        """Where the sentence can be parted, with the words around each place."""
        track, group = self.sentence.track.track, self.sentence.group
        text = groups.text(track, group)
        return [(place, around_place(text, place)) for place in regrouping.places(track, group)]

    @property
    def has_budget(self) -> bool:
        """Whether it is read while it is heard: chapters and descriptions are not."""
        return self.sentence.track.kind in _BUDGETED

    @property
    def source(self) -> SafeString:
        """The sentence with a tick where each cue of the source ends."""
        ticked: list[tuple[str, SafeString]] = []
        joined = ""
        for piece in (piece.text for piece in self.sentence.pieces):
            tick = _TICK if joined else mark_safe("")
            ticked.append((scripts.separator(joined, piece), tick))
            ticked.append((piece, mark_safe("")))
            joined += piece
        return format_html_join("", "{}{}", ticked)


_TICK = mark_safe('<span class="cue-tick" aria-hidden="true"></span>')


def posted(data: Mapping[str, str]) -> Cutting:
    """The cuts as a form sent them; what is none is left out."""
    return Cutting(data.get("cut_text", ""), _numbers(data.get("cuts", "")), _numbers(data.get("seen_cuts", "")))


def cues(desk: Desk, line: Line, text: str, given: Cutting | None = None, act: str = "") -> Cues | None:
    """A translation in its cues; None for other texts than a sentence of captions.

    `given`: the cuts of the form; without it, those of the current translation. `act`: what is to be done with them,
    `cut-earlier:0`, `cut-later:0` (the first break), `cut-to:0:12` (to the twelfth character) or `cut-anew`. At most
    four queries.
    """
    sentence = stage.sentence(desk, line)
    if sentence is None:
        return None
    known = _of_current(line.current, sentence) if given is None else given
    cut = _cut(desk, sentence, scripts.one_line(words_of(text)), known)
    said = ""
    if act:
        before, cut = cut, _acted(desk, sentence, cut, act)
        said = _said(before, cut)
    return _shown(desk, line, sentence, cut, said)


def saved(desk: Desk, line: Line, text: str, given: Cutting) -> tuple[tuple[int, ...], tuple[cutting.Border, ...]]:
    """What is kept with a translation: the cuts that were moved (none: empty), and all as its writer saw them. Both are
    empty for other texts, and where there is nothing to cut."""
    sentence = stage.sentence(desk, line)
    if sentence is None or len(sentence.pieces) < 2:
        return (), ()
    cut = _cut(desk, sentence, scripts.one_line(words_of(text)), given)
    pieces = [piece.text for piece in sentence.pieces]
    return cut.moved if cut.is_moved else (), cutting.borders(pieces, cut.seen)


def _numbers(written: str) -> tuple[int, ...]:
    return tuple(_number(word, recue.CHOOSE) for word in written.split()[:_MOST_CUTS])


def _of_current(current: Current | None, sentence: Sentence) -> Cutting:
    if current is None:
        return Cutting()
    pieces = [piece.text for piece in sentence.pieces]
    kept = cutting.kept(current.cuts, current.borders, pieces)
    return Cutting(scripts.one_line(words_of(current.text)), current.cuts, kept)


def _cut(desk: Desk, sentence: Sentence, text: str, given: Cutting) -> Cutting:
    """The cuts of a text. The same text keeps those that were seen, another one those that were moved, as far as the
    words around them are still there."""
    pieces = sentence.pieces
    count = len(pieces) - 1
    free = (recue.CHOOSE,) * count
    moved = given.moved if len(given.moved) == count else free
    seen = given.seen if len(given.seen) == count and text == given.text else free
    moved = cutting.followed(given.text, text, moved)
    kept = [one if one != recue.CHOOSE else other for one, other in zip(moved, seen, strict=True)]
    cuts = _recued(desk, sentence, text, kept)
    return Cutting(text, tuple(one if one == cut else recue.CHOOSE for one, cut in zip(moved, cuts, strict=True)), cuts)


def _recued(desk: Desk, sentence: Sentence, text: str, kept: Sequence[int]) -> tuple[int, ...]:
    known = None
    if recue.CHOOSE in kept and text:
        known = learning.associations_of(desk.course, sentence.track.language, desk.target)
    return recue.recue(text, sentence.pieces, desk.target, associations=known, kept_cuts=kept)


def _acted(desk: Desk, sentence: Sentence, cut: Cutting, act: str) -> Cutting:
    """The cuts after something was done with them; the same where it cannot be done."""
    what, *numbers = act.split(":")
    if what == "cut-anew":
        free = (recue.CHOOSE,) * len(cut.seen)
        return Cutting(cut.text, free, _recued(desk, sentence, cut.text, free))
    border, place = (*map(_number, numbers), -1, -1)[:2]
    if not 0 <= border < len(cut.seen):
        return cut
    if what == "cut-earlier":
        place = cutting.earlier(cut.text, cut.seen, border, desk.target)
    elif what == "cut-later":
        place = cutting.later(cut.text, cut.seen, border, desk.target)
    elif what == "cut-to" and place >= 0:
        place = cutting.nearest(cut.text, cut.seen, border, place)
    else:
        return cut
    if place == cut.seen[border]:
        return cut
    return Cutting(cut.text, _exchanged(cut.moved, border, place), _exchanged(cut.seen, border, place))


def _number(written: str, otherwise: int = -1) -> int:
    number = whole_number(written, 6)
    return otherwise if number is None else number


def _exchanged(cuts: tuple[int, ...], number: int, cut: int) -> tuple[int, ...]:
    return (*cuts[:number], cut, *cuts[number + 1 :])


def _said(before: Cutting, after: Cutting) -> str:
    """What became of the breaks, for those who do not see it."""
    if before.seen == after.seen:
        return "" if before.moved == after.moved else _("The breaks are where they were.")
    parts = [after.text[low:high].strip() for low, high in pairwise((0, *after.seen, len(after.text)))]
    changed = [number for number, (old, new) in enumerate(zip(before.seen, after.seen, strict=True)) if old != new]
    number = changed[0] + 2
    return _("Caption {number} begins with “{text}”.").format(
        number=number, text=" ".join(parts[number - 1].split()[:4])
    )


def _shown(desk: Desk, line: Line, sentence: Sentence, cut: Cutting, said: str) -> Cues:
    pieces = sentence.pieces
    times = [(piece.start_ms, piece.end_ms) for piece in pieces]
    found = fit.fit(cut.text, cut.seen, times, desk.target)
    settings = [sentence.track.track.cues[span.cue].settings for span in sentence.group.spans]
    shown = []
    for at, (one, (start_ms, end_ms), payload, setting) in enumerate(
        zip(found.cues, times, _payloads(desk, line, sentence, cut), settings, strict=True)
    ):
        border = at - 1
        earlier = border >= 0 and cutting.earlier(cut.text, cut.seen, border, desk.target) != cut.seen[border]
        later = border >= 0 and cutting.later(cut.text, cut.seen, border, desk.target) != cut.seen[border]
        is_moved = border >= 0 and cut.moved[border] != recue.CHOOSE
        shown.append(ShownCue(at + 1, start_ms, end_ms, one, payload, setting, is_moved, earlier, later))
    return Cues(sentence, cut, tuple(shown), found, said)


def _payloads(desk: Desk, line: Line, sentence: Sentence, cut: Cutting) -> list[str]:
    """The cues that a sentence stands in as learners will see them; empty where nothing is written yet. A query where
    it shares a cue with another sentence.

    Only these cues are composed, and what is said in them: a track has thousands.
    """
    if not cut.text:
        return [""] * len(sentence.pieces)
    track, own = sentence.track, sentence.group
    near = _sharing(sentence)
    held = sorted({span.cue for _number, group in near for span in group.spans})
    renumbered = {cue: at for at, cue in enumerate(held)}
    part = Track(tuple(track.track.cues[cue] for cue in held))
    sentences = [
        Group(tuple(Span(renumbered[span.cue], span.start, span.end) for span in group.spans))
        for _number, group in near
    ]
    targets = _neighbors(desk, line, sentence, [number for number, _group in near if number != sentence.number])
    said = [
        compose.SentenceTarget(cut.text, desk.target, cut.seen) if number == sentence.number else targets.get(number)
        for number, _group in near
    ]
    composed = compose.compose(part, sentences, said, language=desk.target, source_language=track.language)
    return [composed.cues[renumbered[span.cue]].text for span in own.spans]


def _sharing(sentence: Sentence) -> list[tuple[int, Group]]:
    """The sentences that have a cue in common with this one, and itself, with their numbers from 1."""
    first, last = sentence.group.spans[0].cue, sentence.group.spans[-1].cue
    numbered = list(enumerate(sentence.track.groups, start=1))
    before = takewhile(lambda one: one[1].spans[-1].cue >= first, reversed(numbered[: sentence.number - 1]))
    after = takewhile(lambda one: one[1].spans[0].cue <= last, numbered[sentence.number :])
    return [*reversed(list(before)), numbered[sentence.number - 1], *after]


def _neighbors(
    desk: Desk, line: Line, sentence: Sentence, numbers: Sequence[int]
) -> Mapping[int, compose.SentenceTarget]:
    """What learners see of other sentences of the track, by number."""
    if not numbers:
        return {}
    track = sentence.track
    roles = {caption_role(track, number): number for number in numbers}
    found = texts.shown_sentences(desk.version, line.block_code, sentence.content_hash, roles, desk.target)
    return {roles[role]: sentence_target(track, track.groups[roles[role] - 1], one) for role, one in found.items()}
