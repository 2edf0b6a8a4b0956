"""Videos: where the picture comes from, and the caption tracks in every language.

Exports name the same things in several ways, the older ones beside the newer: YouTube ids by speed (`0.75:a,1.00:b`)
and alone, sources as elements and as a list in an attribute, captions as `<transcript>`, as `transcripts`, by the id of
edX's video store and as `sub` (whose file is `subs_ID.srt.sjson`). Each language is read once, from the first of these.
"""

import re
from collections.abc import Iterator

from lxml import etree

from polylect import languages
from polylect.captions import groups, sjson, srt, webvtt
from polylect.captions.track import Track
from polylect.course.tree import Source, Video, VideoTrack
from polylect.issues import Issue, Severity, declare
from polylect.olx.context import Context
from polylect.olx.fields import Fields
from polylect.olx.nodes import Node

NO_PICTURE = declare(
    "olx-video-empty", Severity.ERROR, "This video has neither a file nor a YouTube id; expected <source> or youtube."
)
NO_CAPTIONS_FILE = declare(
    "olx-captions-missing", Severity.ERROR, "The captions in “{language}” are missing: static/ has no “{name}”."
)
BAD_LANGUAGE = declare(
    "olx-captions-language", Severity.WARNING, "“{found}” is no language; expected a tag such as pt-BR. Left out."
)
SEVERAL_TRACKS = declare(
    "olx-captions-twice", Severity.NOTE, "Captions in “{language}” are named more than once; “{name}” is left out."
)

_MEDIA_TYPES = {
    "mp4": "video/mp4", "m4v": "video/mp4", "webm": "video/webm", "ogv": "video/ogg", "ogg": "video/ogg",
    "mov": "video/quicktime", "m3u8": "application/vnd.apple.mpegurl", "mpd": "application/dash+xml",
    "mp3": "audio/mpeg", "m4a": "audio/mp4", "wav": "audio/wav",
}  # fmt: skip
_YOUTUBE_ID = re.compile(r"[\w-]{6,20}", re.ASCII)
_YOUTUBE_ADDRESS = re.compile(
    r"(?:youtube(?:-nocookie)?\.com/(?:watch\?(?:[^\s#]{0,200}&)?v=|embed/|v/)|youtu\.be/)([\w-]{6,20})"
)
_READ_ELEMENTS = frozenset({"source", "transcript"})


def read(context: Context, node: Node) -> Video:
    """The video with all its tracks; the sentence groups of each are computed here."""
    fields = context.nodes.fields(node)
    youtube_id, sources = _youtube_id(fields), _sources(context, node, fields)
    if not youtube_id:
        youtube_id = next((found[1] for each in sources if (found := _YOUTUBE_ADDRESS.search(each.address))), "")
    if not youtube_id and not sources:
        context.report(NO_PICTURE, node)
    return Video(
        code=node.code,
        title=node.title,
        sources=tuple(each for each in sources if not _YOUTUBE_ADDRESS.search(each.address)),
        youtube_id=youtube_id,
        tracks=tuple(_tracks(context, node, fields)),
        start_ms=fields.time_ms("start_time") or fields.time_ms("from"),
        end_ms=fields.time_ms("end_time") or fields.time_ms("to"),
        handout=_handout(context, node, fields),
        access=fields.access(),
        kept=(*fields.kept(), *_kept_elements(node)),
    )


def _youtube_id(fields: Fields) -> str:
    """The id at normal speed: alone, or in `0.75:a,1.00:b`."""
    alone, by_speed = fields.text("youtube_id_1_0"), fields.text("youtube")
    for pair in by_speed.split(","):
        speed, colon, code = pair.partition(":")
        if not alone and (not colon or speed.strip() in ("1", "1.0", "1.00")):
            alone = (code if colon else speed).strip()
    return alone if _YOUTUBE_ID.fullmatch(alone) else ""


def _sources(context: Context, node: Node, fields: Fields) -> tuple[Source, ...]:
    sources: dict[str, Source] = {}
    for written in _written_sources(node, fields):
        address = context.links.address(written, node.file, node.line)
        if not address:
            continue
        ending = re.sub(r"[?#].*", "", address).rpartition(".")[2].lower()
        sources.setdefault(address, Source(address, _MEDIA_TYPES.get(ending, "")))
    return tuple(sources.values())


def _written_sources(node: Node, fields: Fields) -> Iterator[str]:
    listed = fields.json("html5_sources")
    for written in (
        *(element.get("src") or "" for element in node.element.iterchildren("source")),
        *(listed if isinstance(listed, list) else ()),
        *(element.get("url") or "" for element in node.element.iterfind("video_asset/encoded_video")),
        fields.text("source"),
    ):
        if isinstance(written, str) and written.strip() and written.strip() != "youtube":
            yield written.strip()


def _tracks(context: Context, node: Node, fields: Fields) -> Iterator[VideoTrack]:
    done: dict[str, str] = {}
    for written, names in _written_tracks(context, node, fields):
        language = languages.canonical(written)
        if language is None:
            context.report(BAD_LANGUAGE, node, found=written)
            continue
        asset = next((asset for name in names if (asset := context.assets.find(name))), None)
        if language in done:
            if asset is not None and asset.path != done[language]:
                context.report(SEVERAL_TRACKS, node, language=language, name=asset.path)
            continue
        if asset is None:
            context.report(NO_CAPTIONS_FILE, node, language=language, name=names[0])
            continue
        done[language] = asset.path
        track = _read_track(context, asset.file)
        yield VideoTrack(language, track, groups=groups.group(track, language), file=asset.path)


def _written_tracks(context: Context, node: Node, fields: Fields) -> Iterator[tuple[str, list[str]]]:
    """Languages as written, each with the names its file may have, the surest first."""
    for element in node.element.iterchildren("transcript"):
        if element.get("src"):
            yield str(element.get("language") or ""), _names(str(element.get("src")))
    listed = fields.json("transcripts")
    for language, name in sorted(listed.items()) if isinstance(listed, dict) else ():
        if isinstance(name, str) and name:
            yield language, _names(name)
    stored = _last_part(dict(node.attributes).get("edx_video_id", ""))
    for element in node.element.iterfind("video_asset/transcripts/transcript"):
        written, form = str(element.get("language_code") or ""), str(element.get("file_format") or "srt")
        if stored:
            yield written, [f"{stored}-{written}.{form}", *_names(f"{stored}-{written}.srt")]
    sub = fields.text("sub")
    if sub:
        yield context.language, [f"subs_{sub}.srt.sjson", f"{sub}.srt.sjson", f"{sub}.srt", sub]


def _names(name: str) -> list[str]:
    """The names of a file that an export calls `name`: as it is, or as Open edX stored it when it was uploaded."""
    name = _last_part(name)
    stem = name.removesuffix(".srt")
    return [name, f"{name}.sjson", f"{stem}.srt.sjson", f"subs_{stem}.srt.sjson", f"{stem}.srt", f"{stem}.vtt"]


def _last_part(name: str) -> str:
    return name.strip().replace("@", "/").rpartition("/")[2]


def _read_track(context: Context, file: str) -> Track:
    """The track in this file, by what it holds: its name is often wrong."""
    export = context.export
    data = export.data(file[len(export.root) :]) or b""
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:6]
    parser = webvtt.parse if start == b"WEBVTT" else sjson.parse if start.startswith(b"{") else srt.parse
    track, issues = parser(data, file)
    found: tuple[Issue, ...] = tuple(issues)
    export.issues += found
    return track


def _handout(context: Context, node: Node, fields: Fields) -> str:
    element = node.element.find("handout")
    written = fields.text("handout") or (str(element.get("src") or "") if element is not None else "")
    return context.links.address(written, node.file, node.line) if written else ""


def _kept_elements(node: Node) -> tuple[tuple[str, str], ...]:
    """The elements inside that nothing here reads whole, each under its tag."""
    return tuple(
        (f"<{element.tag}>", etree.tostring(element, encoding="unicode", with_tail=False))
        for element in node.element.iterchildren(etree.Element)
        if element.tag not in _READ_ELEMENTS
    )
