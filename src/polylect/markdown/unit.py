"""The body of a unit's file: Markdown, with videos and exercises in `:::` fences.

::: video lesson            the kind and the block's code; its fields in YAML
title: What is shared?
sources: [media/lesson.webm]
poster: media/lesson.webp
captions: {en: media/lesson.en.vtt}
:::

::: exercise who-gains      its fields, a line `---`, then the exercise as plain text
title: Who gains?
---
>>Who gains something here?<<
( ) Only the library {{And the readers?}}
(x) Both sides {{Yes.}}
:::

Exercises about arrangements are YAML as a whole: see `polylect.markdown.arrangements`.
"""

import mimetypes
from collections.abc import Callable

from markdown_it.token import Token

from polylect import exercises, languages
from polylect.captions import groups, webvtt
from polylect.captions.track import TrackKind
from polylect.course import rules
from polylect.course.tree import Block, Exercise, Source, Text, Video, VideoTrack
from polylect.exercises import plaintext
from polylect.issues import Issue, Place, Severity, declare
from polylect.markdown import arrangements, prose
from polylect.markdown.fields import Fields, read_fields
from polylect.markdown.reading import BAD_LANGUAGE, MISSING_FILE, Reading

UNKNOWN_FENCE = declare(
    "markdown-unknown-fence",
    Severity.ERROR,
    "“{kind}” is no kind of block, so this part is left out. Known are: {known}.",
)
OPEN_FENCE = declare(
    "markdown-open-fence",
    Severity.ERROR,
    "This “:::” is never closed by another one, so it takes the rest of the file.",
)
NO_SOURCE = declare(
    "markdown-no-source",
    Severity.ERROR,
    "This video has no sources: “sources: [media/lesson.webm]” is expected.",
)
NO_CAPTIONS = declare(
    "markdown-no-captions",
    Severity.WARNING,
    "This video has no captions in {language}: nobody can read, search or translate it.",
)


def read_blocks(body: str, file: str, unit_code: str, reading: Reading, language: str) -> tuple[Block, ...]:
    """The blocks of one unit, in order: what stands between two fences is one text block."""
    markdown = prose.parser()
    blocks: list[Block] = []
    prose_tokens: list[Token] = []
    texts = 0

    def close_text() -> None:
        nonlocal texts
        if prose_tokens:
            texts += 1
            place = Place(file, _line(prose_tokens[0]))
            html = prose.render(markdown, prose_tokens, lambda address: reading.link(address, place))
            blocks.append(Text(reading.claim(f"{unit_code}-text-{texts}", place), "", html))
            prose_tokens.clear()

    for token in markdown.parse(body):
        if token.type == "colon_fence" and token.level == 0:
            close_text()
            block = _fence(token, body, file, unit_code, reading, language)
            if block is not None:
                blocks.append(block)
        else:
            prose_tokens.append(token)
    close_text()
    return tuple(blocks)


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 1


def _fence(token: Token, body: str, file: str, unit_code: str, reading: Reading, language: str) -> Block | None:
    line = _line(token)
    place = Place(file, line)
    kind, _, rest = token.info.strip().partition(" ")
    if kind not in _READERS:
        reading.issues.append(UNKNOWN_FENCE.at(place, kind=kind or ":::", known=", ".join(sorted(_READERS))))
        return None
    last = body.split("\n")[token.map[1] - 1] if token.map else ":::"
    if not last.strip().startswith(":::") or (token.map and token.map[1] - 1 == token.map[0]):
        reading.issues.append(OPEN_FENCE.at(place))
    code = reading.claim(rest.strip() or f"{unit_code}-{kind}", place)
    return _READERS[kind](token.content, Place(file, line + 1, code), reading, language)


def _video(content: str, place: Place, reading: Reading, language: str) -> Video:
    fields = read_fields(content, place.file, reading.issues, first_line=place.line)
    sources = fields.texts("sources", expected="a list of media files")
    youtube_id = fields.text("youtube")
    if not sources and not youtube_id:
        reading.issues.append(NO_SOURCE.at(place))
    captions = fields.mapping("captions", expected="a file for each language, such as {en: media/lesson.en.vtt}")
    tracks = tuple(track for tag, name in captions.items() if (track := _track(tag, name, fields, reading)) is not None)
    if language not in {track.language for track in tracks}:
        reading.issues.append(NO_CAPTIONS.at(place, language=language))
    video = Video(
        code=place.block,
        title=fields.text("title", required=True),
        sources=tuple(_source(name, fields, reading) for name in sources),
        youtube_id=youtube_id,
        poster=_media(fields.text("poster"), fields, "poster", reading),
        tracks=tracks,
    )
    fields.finish()
    return video


def _source(name: str, fields: Fields, reading: Reading) -> Source:
    address = name if name.startswith("https://") else _media(name, fields, "sources", reading)
    return Source(address, mimetypes.guess_type(name)[0] or "")


def _media(name: str, fields: Fields, field_name: str, reading: Reading) -> str:
    if not name:
        return ""
    path = reading.find_file(name, fields.file)
    if path is None:
        reading.issues.append(MISSING_FILE.at(fields.place(field_name), name=name))
    return path or name


def _track(tag: str, name: str, fields: Fields, reading: Reading) -> VideoTrack | None:
    language = languages.canonical(tag)
    if language is None:
        reading.issues.append(BAD_LANGUAGE.at(fields.place("captions"), value=tag))
        return None
    path = reading.find_file(name, fields.file)
    if path is None:
        reading.issues.append(MISSING_FILE.at(fields.place("captions"), name=name))
        return None
    track, issues = webvtt.parse(reading.folder.read(path), path)
    reading.issues.extend(issues)
    return VideoTrack(language, track, TrackKind.CAPTIONS, groups.group(track, language), path)


_COUNTS = {"best": "highest_score", "last": "last_score", "first": "first_score", "average": "average_score"}
_RESULTS = {"always": "always", "past_due": "past_due", "never": "never"}


def _exercise(content: str, place: Place, reading: Reading, language: str) -> Exercise:
    header, text, first_line = _split_exercise(content)
    fields = read_fields(header, place.file, reading.issues, first_line=place.line)
    xml, issues = plaintext.read(text, place.file)
    body, more = exercises.parse(exercises.graded_here(xml), place.file)
    lines_before = place.line + first_line - 1
    reading.issues.extend(_moved(issue, issue.place.line + lines_before, place.block) for issue in issues)
    # The lines of these are of the XML, which the author never sees.
    reading.issues.extend(_moved(issue, place.line - 1, place.block) for issue in more)
    return _with_settings(body, fields, place)


def _case(kind: str, content: str, place: Place, reading: Reading) -> Exercise:
    """An exercise about arrangements, which is YAML as a whole."""
    fields = read_fields(content, place.file, reading.issues, first_line=place.line)
    made = arrangements.read(kind, fields, lambda address: reading.link(address, place))
    body, issues = exercises.parse(made.xml, place.file)
    reading.issues.extend(_moved(issue, made.line_of(issue.place.line), place.block) for issue in issues)
    return _with_settings(body, fields, place)


def _with_settings(body: exercises.Exercise, fields: Fields, place: Place) -> Exercise:
    """The block of an exercise, with what its author wants to be done with it."""
    attempts = fields.number("attempts")
    wait = fields.number("wait", expected="a number of seconds")
    tries_before = fields.number("answer_after", expected="a number of tries")
    exercise = Exercise(
        code=place.block,
        title=fields.text("title", required=True),
        body=body,
        weight=fields.number("weight"),
        max_attempts=None if attempts is None else max(0, int(attempts)),
        show_answer=fields.one_of(
            "show_answer",
            {word: word for word in rules.SHOW_ANSWER},
            Exercise.show_answer if tries_before is None else "after_attempts",
        ),
        attempts_before_answer=0 if tries_before is None else max(0, int(tries_before)),
        wait_seconds=0 if wait is None else max(0, int(wait)),
        show_reset_button=fields.flag("start_over"),
        force_save_button=fields.flag("save"),
        grading_method=fields.one_of("counts", _COUNTS, Exercise.grading_method),
        show_correctness=fields.one_of("results", _RESULTS, Exercise.show_correctness),
    )
    fields.finish()
    return exercise


def _moved(issue: Issue, line: int, block: str) -> Issue:
    """An issue of an exercise, told with its line in the whole file."""
    return Issue(issue.kind, Place(issue.place.file, line, block), issue.params)


def _split_exercise(content: str) -> tuple[str, str, int]:
    """The YAML above the first `---` line, the exercise below it, and the number of lines above the exercise."""
    lines = content.split("\n")
    for number, line in enumerate(lines):
        if line.rstrip() == "---":
            return "\n".join(lines[:number]), "\n".join(lines[number + 1 :]), number + 1
    return "", content, 0


def _reader_of(kind: str) -> Callable[[str, Place, Reading, str], Block]:
    return lambda content, place, reading, language: _case(kind, content, place, reading)


_READERS: dict[str, Callable[[str, Place, Reading, str], Block]] = {
    "exercise": _exercise,
    "video": _video,
    **{kind: _reader_of(kind) for kind in arrangements.TAGS},
}
