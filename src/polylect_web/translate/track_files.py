"""Captions out of the editor as files, and files into it: in four forms, after a look at what would change."""

import base64
import binascii
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polylect.captions import forms, plain, times
from polylect.captions.forms import Form, Opened
from polylect.captions.track import Cue, Track
from polylect.course import stored, tree, walk
from polylect.issues import Issue, Severity
from polylect.messages import bundle, wikilearn
from polylect.messages.message import escape
from polylect_web.foundation.issues import sentence
from polylect_web.translate import line_page
from polylect_web.translate.track_page import Bench

MOST_BYTES = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
"""Of a file; captions of ten hours have some hundred thousand."""
MOST_CUES = 20_000
MOST_SHOWN = 50
BUNDLE = "bundle"

_MOST_UNPACKED_BYTES = 16 * 2**20
_MEDIA_TYPES = {
    Form.WEBVTT.value: "text/vtt; charset=utf-8",
    Form.SRT.value: "application/x-subrip; charset=utf-8",
    Form.SJSON.value: "application/json",
    BUNDLE: "application/json",
}


@dataclass(frozen=True)
class Written:
    """A track as a file."""

    name: str
    media_type: str
    content: str


@dataclass(frozen=True)
class Changed:
    """A place where a file differs from the captions that are here: cues on both sides, either may be none."""

    time: str
    text: SafeString


@dataclass(frozen=True)
class Looked:
    """What would become of a file. `packed`: what taking it in needs; empty where there is nothing to take."""

    name: str
    form: str
    count: int
    lines: tuple[str, ...]
    changed: tuple[Changed, ...]
    more: int
    wrong: tuple[str, ...]
    more_wrong: int
    packed: str


def form_choices() -> list[tuple[str, str]]:
    """The forms of files, with what each is for."""
    return [
        (Form.WEBVTT.value, _("WebVTT (.vtt): for this course's folder, and for players")),
        (Form.SRT.value, _("SRT (.srt): for YouTube and most programs")),
        (Form.SJSON.value, _("sjson: for Open edX")),
        (BUNDLE, _("JSON: a message bundle for a wiki")),
    ]


def encoding_choices() -> list[tuple[str, str]]:
    """The encodings of files, by the names that Python knows; the empty one is told by the file."""
    return [
        ("", _("as the file says (usually right)")),
        ("utf-8", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("windows-1252", _("Windows-1252 (Western Europe)")),
        ("windows-1250", _("Windows-1250 (Central Europe)")),
        ("windows-1251", _("Windows-1251 (Cyrillic)")),
        ("windows-1256", _("Windows-1256 (Arabic)")),
        ("shift_jis", "Shift JIS"),
        ("gb18030", "GB 18030"),
        ("euc-kr", "EUC-KR"),
    ]


def written(bench: Bench, track: Track, word: str) -> Written:
    """The track as a file of the form with this name; WebVTT where there is none."""
    stem = f"{bench.of.block_code}.{bench.track_language}"
    if word == BUNDLE:
        item = replace(bench.video, tracks=(replace(bench.published, track=track),))
        values = wikilearn.values(item, source_language=bench.track_language)
        metadata = bundle.Metadata(source_language=bundle.wiki_code(bench.track_language))
        content, _wrong = bundle.write(bundle.Bundle(values, metadata))
        return Written(f"{stem}.json", _MEDIA_TYPES[BUNDLE], content)
    form = next((one for one in Form if one.value == word), Form.WEBVTT)
    is_webvtt = forms.form_named(bench.published.file) in (None, Form.WEBVTT)
    fitted, _lost = forms.fitted(track, form, was=Form.WEBVTT if is_webvtt else None)
    return Written(f"{stem}.{form.value}", _MEDIA_TYPES[form.value], forms.write(fitted, form))


def read(bench: Bench, data: bytes, name: str, encoding: str) -> tuple[Track, str, Sequence[Issue]]:
    """The captions of a file, the name of its form (empty: it is none), and what is wrong with it.

    What its form cannot say of a cue (markup, names, places, in a bundle also where its lines break) stays as it is in
    the editor, where the file says of the cue what it would after leaving from here.
    """
    known = {word for word, _said in encoding_choices()}
    encoding = encoding if encoding in known else ""
    text, unread = forms.decoded(data, name, encoding)
    track = _of_bundle(text)
    if track is not None:
        return _kept(bench, track, BUNDLE), _("message bundle"), unread
    opened = forms.read(data, name, encoding=encoding)
    if opened.form is None or not opened.track.cues:
        return opened.track, opened.form.title if opened.form else "", opened.issues
    track = _for_players(opened)
    if opened.form is not Form.WEBVTT:
        track = _kept(bench, track, opened.form.value)
    return track, opened.form.title, opened.issues


def looked(bench: Bench, name: str, form: str, track: Track, issues: Sequence[Issue]) -> Looked:
    """What would become of the captions with this file in their place."""
    changed, lines = _compared(bench, track) if track.cues else ([], [])
    in_order = sorted(issues, key=lambda issue: issue.severity is not Severity.ERROR)
    wrong = [_at_line(issue) for issue in in_order]
    if len(track.cues) > MOST_CUES:
        too_many = _("The file has more than {most} cues. Split it.").replace("{most}", str(MOST_CUES))
        wrong = [too_many, *wrong]
    is_new = track.cues != bench.track.cues and 0 < len(track.cues) <= MOST_CUES
    return Looked(
        name,
        form,
        len(track.cues),
        tuple(lines),
        tuple(changed[:MOST_SHOWN]),
        max(0, len(changed) - MOST_SHOWN),
        tuple(wrong[:MOST_SHOWN]),
        max(0, len(wrong) - MOST_SHOWN),
        pack(track) if is_new else "",
    )


def pack(track: Track) -> str:
    """A track as a text for a form; `unpack` gives it back."""
    return base64.urlsafe_b64encode(zlib.compress(stored.dump(track), 9)).decode()


def unpack(packed: str) -> Track | None:
    """The track that `pack` packed; None for anything else."""
    try:
        unpacker = zlib.decompressobj()
        data = unpacker.decompress(base64.urlsafe_b64decode(packed.encode("ascii")), _MOST_UNPACKED_BYTES)
        track = stored.load(data) if unpacker.eof else None
        return track if isinstance(track, Track) and len(track.cues) <= MOST_CUES and _is_whole(track) else None
    except (binascii.Error, zlib.error, ValueError, TypeError):
        return None


def _is_whole(track: Track) -> bool:
    """Whether everything in a track is of the kind that it should be; what somebody made up need not be."""
    texts = [track.header, track.ending, *track.trailing]
    for cue in track.cues:
        if not isinstance(cue, Cue):
            return False
        if not all(type(time) is int and 0 <= time < 10**10 for time in (cue.start_ms, cue.end_ms)):
            return False
        texts += (cue.text, cue.code, cue.settings, cue.timing, *cue.leading)
    return all(isinstance(text, str) for text in texts)


def _for_players(opened: Opened) -> Track:
    """What was read, as WebVTT has it."""
    return forms.fitted(opened.track, Form.WEBVTT, was=opened.form)[0]


def _kept(bench: Bench, track: Track, word: str) -> Track:
    """A track out of a file of the form with this name, with the cues of the editor where they would leave in this form
    as they came in; their times are the file's."""
    here = bench.track
    content = written(bench, here, word).content
    left = (
        _of_bundle(content)
        if word == BUNDLE
        else _for_players(forms.read(content.encode("utf-8", "replace"), form=Form(word)))
    )
    if left is None or len(left.cues) != len(here.cues):
        return replace(here, cues=track.cues)
    said, found = ([(cue.text, cue.settings) for cue in one.cues] for one in (left, track))
    cues = list(track.cues)
    for low, first, count in SequenceMatcher(None, said, found).get_matching_blocks():
        for old, at in zip(here.cues[low : low + count], range(first, first + count), strict=True):
            start_ms, end_ms = _times(cues[at])
            is_timed = _times(old) == (start_ms, end_ms)
            cues[at] = old if is_timed else replace(old, start_ms=start_ms, end_ms=end_ms, timing="")
    return replace(here, cues=tuple(cues))


def _of_bundle(text: str) -> Track | None:
    """The captions in a message bundle; None where it is none, or has none."""
    if "subtitle-" not in text:
        return None
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return None
    course, _issues = wikilearn.course_from_bundle(text)
    videos = [block for block in walk.blocks(course) if isinstance(block, tree.Video)] if course else []
    return next((track.track for video in videos for track in video.tracks), None)


def _compared(bench: Bench, track: Track) -> tuple[list[Changed], list[str]]:
    """Where the two differ, in order; and in sentences, how many cues stay, are timed or worded otherwise, are new, and
    go."""
    old, new = bench.track.cues, track.cues
    changed: list[Changed] = []
    counts = dict.fromkeys(("same", "times", "texts", "new", "gone"), 0)
    before, after = [plain.readable(cue.text) for cue in old], [plain.readable(cue.text) for cue in new]
    for tag, low, high, first, last in SequenceMatcher(None, before, after).get_opcodes():
        if tag == "equal":
            kept = [_times(one) == _times(other) for one, other in zip(old[low:high], new[first:last], strict=True)]
            counts["same"] += sum(kept)
            counts["times"] += len(kept) - sum(kept)
            continue
        both = min(high - low, last - first)
        counts["texts"] += both
        counts["new"] += last - first - both
        counts["gone"] += high - low - both
        for at in range(max(high - low, last - first)):
            left = before[low + at] if low + at < high else ""
            right = after[first + at] if first + at < last else ""
            cue = new[first + at] if first + at < last else old[low + at]
            difference = line_page.difference(escape(left), escape(right), bench.track_language)
            changed.append(Changed(times.write(max(0, cue.start_ms)), difference))
    return changed, _lines(counts)


def _times(cue: Cue) -> tuple[int, int]:
    return cue.start_ms, cue.end_ms


def _lines(counts: Mapping[str, int]) -> list[str]:
    said = {
        "same": ngettext("{count} cue stays as it is", "{count} cues stay as they are", counts["same"]),
        "times": ngettext("{count} cue gets other times", "{count} cues get other times", counts["times"]),
        "texts": ngettext("{count} cue gets another text", "{count} cues get another text", counts["texts"]),
        "new": ngettext("{count} cue is new", "{count} cues are new", counts["new"]),
        "gone": ngettext("{count} cue is removed", "{count} cues are removed", counts["gone"]),
    }
    return [words.replace("{count}", str(counts[name])) for name, words in said.items() if counts[name]]


def _at_line(issue: Issue) -> str:
    if not issue.place.line:
        return sentence(issue)
    return _("Line {line}: {issue}").replace("{line}", str(issue.place.line)).replace("{issue}", sentence(issue))
