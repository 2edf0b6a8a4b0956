"""The caption editor of authors: a video's track as one person edits it, put together for its page.

The track comes from the person's draft, or from the version that is shown while they have changed nothing. A page shows
some of its cues; one of them is in hand, and what is pressed acts on it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from polylect import languages
from polylect.captions import checking, editing, plain, times
from polylect.captions.track import Cue, Track
from polylect.course import tree
from polylect.keys import RunKey
from polylect.messages.message import escape
from polylect_web.accounts.models import Person
from polylect_web.accounts.rights import Act, may
from polylect_web.courses import drafts
from polylect_web.courses import queries as courses
from polylect_web.courses.drafts import Drafted, Of
from polylect_web.courses.models import Run
from polylect_web.courses.outline import Outline
from polylect_web.foundation.issues import sentence
from polylect_web.texts.tracks import find_video, track_of
from polylect_web.translate import line_page
from polylect_web.translate.desk import find_course
from polylect_web.translate.stage import Source

ON_A_PAGE = 40
FRAME_MS = 40
"""Of a film with 25 pictures a second."""
NUDGE_MS = 100
MOST_FOUND = 20
"""How many cues with what was looked for a page shows; all of them are counted."""


@dataclass(frozen=True)
class Bench:
    """A track as one person edits it. `language` is the page's; `published` the track that learners see."""

    of: Of
    key: RunKey
    language: str
    video: tree.Video
    published: tree.VideoTrack
    draft: Drafted | None

    @property
    def run(self) -> Run:
        return self.of.run

    @property
    def outline(self) -> Outline:
        return courses.outline(self.run.version)

    @property
    def own_language(self) -> str:
        return self.outline.course.language

    @property
    def track(self) -> Track:
        return self.draft.track if self.draft else self.published.track

    @property
    def track_language(self) -> str:
        return self.of.language

    @property
    def track_name(self) -> str:
        return languages.autonym(self.track_language)

    @property
    def revision(self) -> int:
        return self.draft.revision if self.draft else 0

    @property
    def base(self) -> int:
        """The version that the editing began with."""
        return self.draft.version_id if self.draft else self.run.version_id

    @property
    def is_changed(self) -> bool:
        return self.track != self.published.track

    @cached_property
    def clash(self) -> int:
        """How many cues learners see that are not as they were when the editing began; 0: nobody changed any."""
        if self.draft is None or self.draft.version_id == self.run.version_id or not self.is_changed:
            return 0
        began = find_video(self.draft.version_id, self.of.block_code)
        before = track_of(began, self.track_language) if began else None
        known = set(before.track.cues) if before else set()
        now = set(self.published.track.cues)
        return len(now ^ known)

    @property
    def sources(self) -> tuple[Source, ...]:
        """The files of the video that are on this site."""
        found = ((courses.asset_url(self.run.version, one.address), one.media_type) for one in self.video.sources)
        return tuple(Source(address, media_type) for address, media_type in found if address)

    @property
    def lesson(self) -> str:
        """Where learners see the video."""
        unit = self.outline.unit_of(self.video.code)
        return reverse("unit", args=[self.language, self.key, unit.code]) if unit else ""

    def address(self, view: str = "caption_track") -> str:
        return reverse(view, args=[self.language, self.key, self.of.block_code, self.track_language])


@dataclass(frozen=True)
class Row:
    """A cue on the page. `wrong`: what viewers would stumble over; `refused`: why a time that was typed is none;
    `moved`: that it became another one."""

    index: int
    start: str
    end: str
    start_ms: int
    end_ms: int
    text: str
    wrong: tuple[str, ...]
    has_markup: bool
    refused: str = ""
    moved: str = ""

    @property
    def number(self) -> int:
        return self.index + 1

    @property
    def rows(self) -> int:
        return max(2, self.text.count("\n") + 1)


@dataclass(frozen=True)
class Found:
    """A cue in which something was found, with what becomes of it."""

    number: int
    difference: SafeString


@dataclass(frozen=True)
class Search:
    """What was looked for, and what was found. `refused`: why nothing was looked for."""

    find: str = ""
    replacement: str = ""
    is_case_sensitive: bool = False
    whole_words: bool = False
    is_asked: bool = False
    count: int = 0
    cues: int = 0
    found: tuple[Found, ...] = ()
    refused: str = ""

    @property
    def more(self) -> int:
        return self.cues - len(self.found)


@dataclass(frozen=True)
class Late:
    """What was typed on a page that is older than the draft, and is not in it."""

    number: int
    text: str


@dataclass(frozen=True)
class Panel:
    """What the page shows: some cues, the one in hand (from 0), and what came of what was posted."""

    bench: Bench
    cue: int
    rows: tuple[Row, ...]
    first: int
    search: Search = Search()
    said: str = ""
    refused: str = ""
    late: tuple[Late, ...] = ()

    @property
    def count(self) -> int:
        return len(self.bench.track.cues)

    @property
    def number(self) -> int:
        return self.cue + 1

    @property
    def page(self) -> int:
        return self.first // ON_A_PAGE + 1

    @property
    def pages(self) -> int:
        return max(1, -(-self.count // ON_A_PAGE))

    @property
    def before(self) -> int:
        """The first cue of the page before."""
        return self.first - ON_A_PAGE

    @property
    def after(self) -> int:
        """The first cue of the page after."""
        return self.first + ON_A_PAGE

    @property
    def is_last(self) -> bool:
        return self.number >= self.count

    @property
    def wrong_count(self) -> int:
        return sum(bool(row.wrong) for row in self.rows)


@dataclass(frozen=True)
class TrackLink:
    """A track of a video that can be edited, or begun."""

    language: str
    name: str
    cues: int
    address: str
    has_draft: bool


@dataclass(frozen=True)
class VideoLinks:
    """A video of the course with its own tracks."""

    title: str
    unit: str
    tracks: tuple[TrackLink, ...]


@dataclass(frozen=True)
class Typed:
    """What was typed into the fields of the page, by the cue's number from 0."""

    texts: Mapping[int, str] = field(default_factory=dict)
    starts: Mapping[int, str] = field(default_factory=dict)
    ends: Mapping[int, str] = field(default_factory=dict)


def find_run(request: HttpRequest, person: Person, key: RunKey) -> Run:
    """The run whose captions this person may edit. Raises Http404 and PermissionDenied."""
    run = find_course(request, key)
    if not may(person, Act.PUBLISH, str(key.course)):
        raise PermissionDenied
    return run


def open_bench(
    request: HttpRequest, person: Person, language: str, key: RunKey, block_code: str, track_language: str
) -> Bench:
    """The track as this person edits it. Raises Http404 where there is no such video, and no such track and none that
    could be begun: that is only one in the course's own language."""
    run = find_run(request, person, key)
    video = find_video(run.version, block_code)
    if video is None:
        raise Http404
    published = track_of(video, track_language)
    if published is None:
        if track_language != courses.outline(run.version).course.language:
            raise Http404
        published = tree.VideoTrack(track_language, Track(()))
    of = Of(person, run, block_code, track_language)
    return Bench(of, key, language, video, published, drafts.find(of))


def video_links(person: Person, run: Run, key: RunKey, language: str) -> tuple[VideoLinks, ...]:
    """The videos of a course in reading order. Two queries, once their contents are at hand."""
    outline = courses.outline(run.version)
    own = outline.course.language
    placed = [(unit, one) for unit in outline.units() for one in unit.all_blocks() if one.kind == "video"]
    contents = courses.load_contents(one.content_hash for _unit, one in placed)
    begun = drafts.drafted(person, run)
    links: list[VideoLinks] = []
    for unit, block in placed:
        video = contents[block.content_hash]
        if isinstance(video, tree.Video):
            sizes = {own: 0} if not video.tracks else {}
            for track in video.tracks:
                sizes.setdefault(track.language, len(track.track.cues))
            tracks = tuple(
                TrackLink(
                    tag,
                    languages.autonym(tag),
                    cues,
                    reverse("caption_track", args=[language, key, block.code, tag]),
                    (block.code, tag) in begun,
                )
                for tag, cues in sizes.items()
            )
            links.append(VideoLinks(video.title or block.code, unit.title, tracks))
    return tuple(links)


def panel(
    bench: Bench,
    cue: int,
    *,
    search: Search = Search(),
    said: str = "",
    refused: str = "",
    typed: Typed = Typed(),
    wrong: Mapping[int, str] | None = None,
    moved: Mapping[int, str] | None = None,
    late: Sequence[Late] = (),
) -> Panel:
    """The page that holds a cue (from 0). `typed` times that are `wrong`, by the cue's number, stay in their fields;
    of those that were `moved` it is told at their cue."""
    cues = bench.track.cues
    cue = max(0, min(cue, len(cues) - 1))
    first = cue // ON_A_PAGE * ON_A_PAGE
    issues = _issues(bench, first)
    rows = tuple(
        replace(
            _row(bench, index, issues.get(index, ()), typed, (wrong or {}).get(index, "")),
            moved=(moved or {}).get(index, ""),
        )
        for index in range(first, min(first + ON_A_PAGE, len(cues)))
    )
    return Panel(bench, cue, rows, first, search, said, refused, tuple(late))


def clock(time_ms: int) -> str:
    """A time as its field has it: `01:02.500`, with hours where there are any."""
    return times.write(max(0, time_ms)).removeprefix("00:")


def searched(bench: Bench, search: Search) -> Search:
    """The search with what it finds in the track as it is."""
    if not search.find.strip():
        return Search(refused=_("Write what to look for."), is_asked=True)
    replaced = _replaced(bench.track, search)
    touched = [number for number, count in enumerate(replaced.counts) if count]
    found = tuple(
        Found(number + 1, _difference(bench, bench.track.cues[number], replaced.edited.track.cues[number]))
        for number in touched[:MOST_FOUND]
    )
    return Search(
        search.find,
        search.replacement,
        search.is_case_sensitive,
        search.whole_words,
        is_asked=True,
        count=sum(replaced.counts),
        cues=len(touched),
        found=found,
    )


def replaced(track: Track, search: Search) -> editing.Edited:
    """The track with what was looked for replaced. Raises editing.Refused."""
    return _replaced(track, search).edited


def _replaced(track: Track, search: Search) -> editing.Replaced:
    return editing.find_and_replace(
        track,
        search.find,
        search.replacement,
        is_case_sensitive=search.is_case_sensitive,
        whole_words=search.whole_words,
    )


def _difference(bench: Bench, before: Cue, after: Cue) -> SafeString:
    texts = [escape(plain.readable(one.text)) for one in (before, after)]
    return line_page.difference(texts[0], texts[1], bench.track_language)


def _row(bench: Bench, index: int, wrong: Sequence[str], typed: Typed, refused: str) -> Row:
    cue = bench.track.cues[index]
    text = plain.readable(cue.text)
    return Row(
        index,
        typed.starts.get(index, clock(cue.start_ms)) if refused else clock(cue.start_ms),
        typed.ends.get(index, clock(cue.end_ms)) if refused else clock(cue.end_ms),
        cue.start_ms,
        cue.end_ms,
        text,
        tuple(wrong),
        "<" in cue.text and plain.escaped(text) != cue.text,
        refused,
    )


def _issues(bench: Bench, first: int) -> Mapping[int, Sequence[str]]:
    """What is wrong with the cues of a page, by their numbers from 0. Only these are looked at, and the ones beside
    them."""
    begin, end = max(0, first - 1), first + ON_A_PAGE
    part = Track(bench.track.cues[begin : end + 1])
    found: dict[int, list[str]] = {}
    for issue in checking.check(part, bench.track_language, kind=bench.published.kind, first=begin + 1):
        index = int(dict(issue.params)["number"]) - 1
        if first <= index < end:
            found.setdefault(index, []).append(sentence(issue))
    return found
