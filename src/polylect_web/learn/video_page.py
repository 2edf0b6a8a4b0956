"""A video as a page shows it: sources, a track for every language there is, the transcript, files to download."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import urlsplit

from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from polylect import languages
from polylect.course import tree
from polylect.exercises import Words
from polylect.messages.pseudo import is_pseudo
from polylect_web.courses import queries as courses
from polylect_web.courses.models import Version
from polylect_web.foundation.allowed import is_remote
from polylect_web.learn.blocks import DrawnVideo, Source, caption_languages
from polylect_web.learn.study import Study
from polylect_web.texts import queries as texts

SPEEDS = (0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2)
_SECOND_MS = 1000


@dataclass(frozen=True)
class ShownSource:
    """A media file: its address, and the type that a browser chooses by."""

    address: str
    media_type: str


@dataclass(frozen=True)
class ShownTrack:
    """A `<track>`: captions in one language."""

    language: str
    kind: str
    address: str
    is_default: bool = False

    @property
    def name(self) -> str:
        """The language in its own name."""
        return languages.autonym(self.language)


@dataclass(frozen=True)
class Download:
    """The words of a video as a file."""

    name: str
    address: str


@dataclass(frozen=True)
class Speed:
    """A speed to play at, as a value and as it reads."""

    value: str
    name: str


@dataclass(frozen=True)
class ShownVideo:
    """Everything the template of a video asks for."""

    template: ClassVar[str] = "learn/_video.html"
    is_kept: ClassVar[bool] = True
    """Drawn once for all who are shown the same: it has nothing of a learner's own."""

    code: str
    title: Words
    sources: tuple[ShownSource, ...]
    poster: str
    time_fragment: str
    youtube_id: str
    is_playing: bool
    tracks: tuple[ShownTrack, ...]
    transcript: SafeString
    by_sentence: bool
    """The transcript stands sentence by sentence, not cue by cue."""
    source: Source
    track_language: str
    is_foreign: bool
    """The transcript is not in the language that is read here."""
    second_language: str
    fragment_address: str
    downloads: tuple[Download, ...]
    elsewhere: str = ""
    """The address of a video that only another site has."""

    @property
    def has_picture(self) -> bool:
        """Whether there is anything to watch, here or on another site."""
        return bool(self.sources or self.youtube_id or self.elsewhere)

    @property
    def elsewhere_host(self) -> str:
        return _host(self.elsewhere)

    @property
    def label_language(self) -> str:
        """The language to name beside the transcript's heading; empty: it is the page's."""
        return self.track_language if self.is_foreign else ""

    @property
    def languages(self) -> list[ShownTrack]:
        """The languages that may stand beside the first."""
        return [track for track in self.tracks if track.language != self.track_language]

    @property
    def speeds(self) -> list[Speed]:
        return speeds()


def speeds() -> list[Speed]:
    """The speeds to choose from, as they read in the interface's language."""
    return [Speed(f"{speed:g}", f"{number_format(speed, use_l10n=True)} ×") for speed in SPEEDS]


def show_video(
    study: Study,
    unit_code: str,
    drawn: DrawnVideo,
    availability: tuple[texts.Availability, ...],
    *,
    transcript: SafeString,
    second_language: str,
    by_sentence: bool,
    is_playing: bool,
) -> ShownVideo:
    """A video for this reader. `transcript`: its words as they like to read them, beside the second language if any."""
    video, code = drawn.video, drawn.video.code
    return ShownVideo(
        code=code,
        title=drawn.title,
        sources=tuple(_sources(study.run.version, video)),
        poster=courses.asset_url(study.run.version, video.poster) or "" if video.poster else "",
        time_fragment=_time_fragment(video),
        youtube_id=video.youtube_id,
        is_playing=is_playing,
        tracks=tuple(_tracks(study, unit_code, drawn, availability)),
        transcript=transcript,
        by_sentence=by_sentence,
        source=drawn.source,
        track_language=drawn.track_language,
        is_foreign=drawn.track_language not in languages.chain(study.language),
        second_language=second_language,
        fragment_address=study.address("transcript", unit_code, code),
        downloads=tuple(_downloads(study, unit_code, drawn)),
        elsewhere=next((one.address for one in video.sources if is_remote(one.address) and _host(one.address)), ""),
    )


def _sources(version: Version, video: tree.Video) -> Iterable[ShownSource]:
    """Only files of the course: the site's policy keeps a page from loading media of others."""
    for source in video.sources:
        address = courses.asset_url(version, source.address)
        if address:
            yield ShownSource(address, source.media_type)


def _tracks(
    study: Study, unit_code: str, drawn: DrawnVideo, availability: tuple[texts.Availability, ...]
) -> Iterable[ShownTrack]:
    made_up = [drawn.track_language] if is_pseudo(drawn.track_language) else []
    for language in (*made_up, *caption_languages(study.run.version, drawn.block, availability)):
        kinds = [track.kind.value for track in drawn.video.tracks if track.language == language]
        address = _track_address(study, unit_code, drawn, language, "vtt")
        yield ShownTrack(language, (kinds or ["captions"])[0], address, language == drawn.track_language)


def _downloads(study: Study, unit_code: str, drawn: DrawnVideo) -> Iterable[Download]:
    names = (("txt", _("text")), ("vtt", "WebVTT"), ("srt", "SRT"))
    for extension, name in names:
        yield Download(name, _track_address(study, unit_code, drawn, drawn.track_language, extension))


def _track_address(study: Study, unit_code: str, drawn: DrawnVideo, language: str, extension: str) -> str:
    address = study.address("captions", unit_code, drawn.video.code, language, extension)
    return f"{address}?v={drawn.revision}"


def _host(address: str) -> str:
    """The site of an address; empty where an author wrote what is none, such as `https://[oops`."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _time_fragment(video: tree.Video) -> str:
    """The stretch of the file that is the lesson (Media Fragments URI 1.0, section 4.2.1)."""
    if not video.start_ms and not video.end_ms:
        return ""
    end = f",{video.end_ms / _SECOND_MS:g}" if video.end_ms else ""
    return f"#t={video.start_ms / _SECOND_MS:g}{end}"
