"""The command `polylect captions`: sentences, cues and times of caption files, without a site.

What it makes goes to a file or to standard output, what it has to say about the files to standard error; `check` and
`group`, which answer questions, say all of it on standard output.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from polylect.issues import Issue, Place, Severity, declare, has_errors
from polylect_web import telling

if TYPE_CHECKING:
    from polylect.captions.associations import Associations
    from polylect.captions.compose import SentenceTarget
    from polylect.captions.forms import Form, Opened
    from polylect.captions.norms import Norms
    from polylect.captions.track import Group, Track

UNREADABLE = declare("file-unreadable", Severity.ERROR, "“{name}” cannot be read: {reason}.")
UNWRITABLE = declare("file-unwritable", Severity.ERROR, "“{name}” cannot be written: {reason}.")
TOO_LARGE = declare(
    "file-too-large", Severity.ERROR, "“{name}” has more than {limit} bytes, which no caption file has."
)
EMPTY = declare("file-empty", Severity.ERROR, "“{name}” is empty.")
NO_SHEET = declare(
    "sheet-captions",
    Severity.ERROR,
    "“{name}” holds captions, and not sentences. Give a text with one sentence a line, or a sheet from “group”. "
    "Captions that are translated already teach which words go together, with --pairs.",
)
NO_CUES = declare("file-no-cues", Severity.ERROR, "The file holds no cue, so there is nothing to work on.")

LARGEST_BYTES = 32 * 2**20
_STANDARD = "-"
_LINES = "txt"
_SHEETS = (_LINES, "csv", "po", "xliff", "bundle")
_CAPTIONS = ("vtt", "srt", "sjson")
_SHEET_ENDINGS = {".txt": _LINES, ".csv": "csv", ".po": "po", ".xlf": "xliff", ".xliff": "xliff", ".json": "bundle"}

captions = typer.Typer(
    help="Work on caption files: sentences, cues, times, norms.", no_args_is_help=True, rich_markup_mode=None
)

CaptionFile = Annotated[str, typer.Argument(metavar="FILE", help="WebVTT, SRT or sjson; - for standard input.")]
SourceFile = Annotated[str, typer.Argument(metavar="SOURCE", help="The captions in their own language; or -.")]
SheetFile = Annotated[
    str,
    typer.Argument(
        metavar="TRANSLATION", help="The translated sentences: a text with one a line, or a sheet from “group”; or -."
    ),
]
Language = Annotated[str, typer.Option("--language", metavar="TAG", help="The language, such as pt-BR.")]
SourceLanguage = Annotated[
    str,
    typer.Option("--source-language", metavar="TAG", help="The language of SOURCE; else the one it names, or English."),
]
Output = Annotated[str, typer.Option("-o", "--output", metavar="FILE", help="Where to write; else standard output.")]
CaptionsAs = Annotated[str, typer.Option("--as", metavar="FORM", help="Write vtt, srt or sjson.")]
ReadAs = Annotated[str, typer.Option("--from", metavar="FORM", help="Read as vtt, srt or sjson, whatever its name.")]
Encoding = Annotated[str, typer.Option("--encoding", metavar="NAME", help="Read in this encoding, such as cp1251.")]
SheetAs = Annotated[
    str, typer.Option("--sheet", metavar="FORM", help="Read TRANSLATION as txt, csv, po, xliff or bundle.")
]
NormsOption = Annotated[str, typer.Option("--norms", metavar="STYLE", help="lecture, netflix, ted or bbc.")]
AsJson = Annotated[bool, typer.Option("--json", help="Write JSON, for programs.")]


@captions.command()
def group(
    file: CaptionFile,
    language: Language = "",
    output: Output = _STANDARD,
    as_: Annotated[
        str, typer.Option("--as", metavar="FORM", help="A sheet to translate: txt, csv, po, xliff or bundle.")
    ] = "",
    from_: ReadAs = "",
    encoding: Encoding = "",
    as_json: AsJson = False,
) -> None:
    """Find the sentences over the cues: to look at, or as a sheet to translate."""
    form = _sheet_form(as_, output)
    opened = _opened(file, from_, encoding)
    language = _tag(language, "--language") or _own_language(opened.track)
    groups = _groups(opened.track, language)
    if as_json:
        telling.print_json(_groups_json(opened, groups, language))
    elif form:
        _told(opened.issues)
        _write(output, _sheet(form, opened.track, groups, language))
    else:
        _told(opened.issues)
        _write(output, "".join(f"{line}\n" for line in _group_lines(opened.track, groups)))
    raise typer.Exit(int(has_errors(opened.issues)))


@captions.command()
def recue(
    source: SourceFile,
    translation: SheetFile,
    language: Language,
    source_language: SourceLanguage = "",
    norms: NormsOption = "lecture",
    output: Output = _STANDARD,
    as_: CaptionsAs = "",
    from_: ReadAs = "",
    sheet: SheetAs = "",
    encoding: Encoding = "",
    pairs: Annotated[
        tuple[str, str] | None,
        typer.Option("--pairs", metavar="SOURCE TRANSLATED", help="Two caption files to learn words from."),
    ] = None,
) -> None:
    """Put translated sentences into the source's cues, at the source's times, in lines as long as the norms allow."""
    from polylect.captions import compose
    from polylect.captions import retime as retiming

    language = _tag(language, "--language")
    limits = _limits(norms, language)
    opened, groups, targets, issues, said_in = _translated(
        source, translation, language, source_language, from_, sheet, encoding
    )
    known, wrong = _learned(pairs, language, said_in, encoding)
    track = compose.compose(
        opened.track, groups, targets, language=language, source_language=said_in, associations=known
    )
    _write_captions(retiming.wrapped(track, language, limits), opened, output, as_, (*issues, *wrong))


@captions.command()
def retime(
    source: SourceFile,
    translation: SheetFile,
    language: Language,
    source_language: SourceLanguage = "",
    norms: NormsOption = "lecture",
    output: Output = _STANDARD,
    as_: CaptionsAs = "",
    from_: ReadAs = "",
    sheet: SheetAs = "",
    encoding: Encoding = "",
) -> None:
    """Give translated sentences cues of their own, as many as they need, within the norms of a style."""
    from polylect.captions import retime as retiming
    from polylect.captions.track import Track

    language = _tag(language, "--language")
    limits = _limits(norms, language)
    opened, groups, targets, issues, _ = _translated(
        source, translation, language, source_language, from_, sheet, encoding
    )
    timed = retiming.timed(opened.track, groups, [target.text if target else "" for target in targets])
    cues = retiming.retime(timed, language, limits=limits)
    _write_captions(Track(cues), opened, output, as_, issues)


@captions.command()
def check(
    file: CaptionFile,
    language: Language = "",
    norms: NormsOption = "lecture",
    against: Annotated[str, typer.Option("--against", metavar="SOURCE", help="The captions it translates.")] = "",
    source_language: SourceLanguage = "",
    from_: ReadAs = "",
    encoding: Encoding = "",
    as_json: AsJson = False,
) -> None:
    """Say what is wrong with captions: norms that are broken, overlaps, empty cues, bad breaks."""
    from polylect.captions import checking

    opened = _opened(file, from_, encoding)
    language = _tag(language, "--language") or _own_language(opened.track)
    lines = checking.lines_of(opened.text, opened.track)
    limits = _limits(norms, language)
    issues = [*opened.issues, *checking.check(opened.track, language, limits=limits, file=_named(file), lines=lines)]
    if against:
        source = _opened(against, "", encoding)
        said_in = _tag(source_language, "--source-language") or _own_language(source.track)
        issues += [
            *source.issues,
            *checking.check_against(
                opened.track, source.track, language=language, source_language=said_in, file=_named(file), lines=lines
            ),
        ]
    if as_json:
        found = {"cues": len(opened.track.cues), "language": language, "norms": norms}
        telling.print_json({**found, "issues": [issue.as_data() for issue in issues]})
    else:
        telling.print_issues(issues)
        count = len(opened.track.cues)
        said = f"{count} cue{'' if count == 1 else 's'}, norms: {norms}, language: {language}."
        telling.console().print(f"{said} {telling.summary(issues)}")
    raise typer.Exit(int(has_errors(issues)))


@captions.command()
def convert(
    file: CaptionFile,
    output: Annotated[str, typer.Argument(metavar="OUT", help="Where to write; - for standard output.")] = _STANDARD,
    as_: CaptionsAs = "",
    from_: ReadAs = "",
    encoding: Encoding = "",
) -> None:
    """Turn captions into another form, in UTF-8. What that form cannot hold is said."""
    opened = _opened(file, from_, encoding)
    _write_captions(opened.track, opened, output, as_, opened.issues)


def _opened(file: str, from_: str, encoding: str) -> "Opened":
    """A caption file; one that holds no cues, or cannot be read in the encoding that was named, ends the command."""
    from polylect.captions import forms

    form = forms.Form(_choice(from_, _CAPTIONS, "--from")) if from_ else None
    opened = forms.read(_bytes(file), _named(file), form=form, encoding=_known_encoding(encoding))
    issues = opened.issues
    if any(issue.code == forms.WRONG_ENCODING.code for issue in issues):
        _refuse(*issues)
    if not opened.track.cues:
        _refuse(*issues, *([] if has_errors(issues) else [NO_CUES.at(Place(_named(file)))]))
    return opened


def _named(file: str) -> str:
    """What a file is called where something is said of it."""
    return "standard input" if file == _STANDARD else file


def _bytes(file: str) -> bytes:
    try:
        if file == _STANDARD:
            data = sys.stdin.buffer.read(LARGEST_BYTES + 1)
        else:
            with Path(file).open("rb") as opened:
                data = opened.read(LARGEST_BYTES + 1)
    except OSError as error:
        _refuse(UNREADABLE.at(Place(file), name=file, reason=error.strerror or error))
    name = _named(file)
    if len(data) > LARGEST_BYTES:
        _refuse(TOO_LARGE.at(Place(name), name=name, limit=LARGEST_BYTES))
    if not data:
        _refuse(EMPTY.at(Place(name), name=name))
    return data


def _translated(
    source: str, translation: str, language: str, source_language: str, from_: str, sheet: str, encoding: str
) -> "tuple[Opened, Sequence[Group], Sequence[SentenceTarget | None], tuple[Issue, ...], str]":
    """The source, its sentences, their translations, what is wrong with both files, and the source's language."""
    from polylect.captions import groups as grouping
    from polylect.messages import caption_sheet

    if source == translation == _STANDARD:
        raise typer.BadParameter("Only one of the two files can come from standard input.", param_hint="TRANSLATION")
    opened = _opened(source, from_, encoding)
    said_in = _tag(source_language, "--source-language") or _own_language(opened.track)
    groups = _groups(opened.track, said_in)
    sources = [grouping.text(opened.track, group) for group in groups]
    name = _named(translation)
    targets, issues = _targets(_bytes(translation), name, sources, language, sheet, encoding)
    if not any(targets):
        if not has_errors(issues):
            issues = (*issues, *caption_sheet.missing(targets, sources, name))
        _refuse(*opened.issues, *issues)
    issues = (*opened.issues, *issues, *caption_sheet.missing(targets, sources, name))
    return opened, groups, targets, issues, said_in


def _targets(
    data: bytes, file: str, sources: Sequence[str], language: str, sheet: str, encoding: str
) -> "tuple[Sequence[SentenceTarget | None], tuple[Issue, ...]]":
    from polylect.captions import forms
    from polylect.messages import caption_sheet, exchange

    named = _choice(sheet, _SHEETS, "--sheet") if sheet else ""
    form = exchange.Form(named) if named and named != _LINES else None
    is_lines = named == _LINES or (not named and file.lower().endswith((".txt", ".text")))
    if form is None and not is_lines:
        form = exchange.form_of(data, file)
    if form is None:
        text, issues = forms.decoded(data, file, _known_encoding(encoding))
        if not is_lines and forms.form_of(text, file) is not None:
            _refuse(NO_SHEET.at(Place(file), name=file))
        targets, wrong = caption_sheet.take_lines(text, sources, language, file)
        return targets, (*issues, *wrong)
    read = exchange.read(data, file, form)
    targets, wrong = caption_sheet.take_rows(read.rows, sources, language, file)
    return targets, (*read.issues, *wrong)


def _learned(
    pairs: tuple[str, str] | None, language: str, source_language: str, encoding: str
) -> "tuple[Associations | None, tuple[Issue, ...]]":
    """What two caption files of one video teach, on top of what ships; None: only what ships."""
    from polylect.captions import associations, compose, recue
    from polylect.captions.associations import Translated

    if pairs is None:
        return None, ()
    source, translated = (_opened(file, "", encoding) for file in pairs)
    groups = _groups(source.track, source_language)
    found, issues = compose.take_cues(
        translated.track, source.track, groups, language=language, source_language=source_language, file=pairs[1]
    )
    taught = [
        Translated([piece.text for piece in recue.pieces(source.track, group)], target.text, target.cuts)
        for group, target in zip(groups, found, strict=True)
        if target
    ]
    seed = associations.seed(source_language, language)
    issues = (*source.issues, *translated.issues, *issues)
    if seed is None:
        return associations.learned(taught, language.partition("-")[0], source_language.partition("-")[0]), issues
    known = seed.copy()
    for pair in taught:
        known.add(*pair)
    return known, issues


def _groups(track: "Track", language: str) -> "Sequence[Group]":
    from polylect.captions import groups as grouping

    return grouping.group(track, language)


def _group_lines(track: "Track", groups: "Sequence[Group]") -> list[str]:
    """A line for each sentence: number, times, cues, and the text with marks where the cues part."""
    from polylect.captions import groups as grouping
    from polylect.captions import times

    lines = []
    for number, found in enumerate(groups, 1):
        first, last = found.spans[0].cue, found.spans[-1].cue
        start, end = times.write(track.cues[first].start_ms), times.write(track.cues[last].end_ms)
        cues = f"cue {first + 1}" if first == last else f"cues {first + 1}–{last + 1}"
        text = " | ".join(grouping.piece_text(track, span) for span in found.spans)
        lines.append(f"{number:4}  {start} – {end}  {cues:13}  {text}")
    return lines


def _groups_json(opened: "Opened", groups: "Sequence[Group]", language: str) -> dict[str, Any]:
    from polylect.captions import groups as grouping

    track = opened.track
    sentences = [
        {
            "number": number,
            "text": grouping.text(track, found),
            "start_ms": track.cues[found.spans[0].cue].start_ms,
            "end_ms": track.cues[found.spans[-1].cue].end_ms,
            "cues": [
                {"cue": span.cue + 1, "from": span.start, "to": span.end, "text": grouping.piece_text(track, span)}
                for span in found.spans
            ],
        }
        for number, found in enumerate(groups, 1)
    ]
    issues = [issue.as_data() for issue in opened.issues]
    return {"language": language, "cues": len(track.cues), "sentences": sentences, "issues": issues}


def _sheet(form: str, track: "Track", groups: "Sequence[Group]", language: str) -> str:
    from polylect.captions import groups as grouping
    from polylect.messages import caption_sheet, exchange
    from polylect.messages.rows import Head

    if form == _LINES:
        return "".join(f"{grouping.text(track, found)}\n" for found in groups)
    # a bundle holds the source's texts, where that is its language; the others have a place for the translation
    head = Head("", language, language if form == "bundle" else "")
    return "".join(exchange.write(exchange.Form(form), head, caption_sheet.rows(track, groups)))


def _sheet_form(as_: str, output: str) -> str:
    """The form of a sheet by `--as`, or by the name that it is written to; empty: what people look at."""
    if as_:
        return _choice(as_, _SHEETS, "--as")
    if output == _STANDARD:
        return ""
    form = _SHEET_ENDINGS.get(Path(output).suffix.lower())
    if form is None:
        raise typer.BadParameter(
            f"“{output}” does not end in .txt, .csv, .po, .xlf or .json. Say the form with --as.",
            param_hint="where to write",
        )
    return form


def _write_captions(track: "Track", opened: "Opened", output: str, as_: str, issues: tuple[Issue, ...]) -> NoReturn:
    """Writes captions in the form that was asked for, says what is wrong, and ends the command."""
    from polylect.captions import forms

    form = _caption_form(as_, output, opened.form)
    name = "standard output" if output == _STANDARD else output
    fitting, lost = forms.fitted(track, form, was=opened.form, file=name)
    _told((*issues, *lost))
    _write(output, forms.write(fitting, form))
    raise typer.Exit(int(has_errors(issues)))


def _caption_form(as_: str, output: str, was: "Form | None") -> "Form":
    from polylect.captions import forms

    if as_:
        return forms.Form(_choice(as_, _CAPTIONS, "--as"))
    named = forms.form_named(output) if output != _STANDARD else was
    if named is None:
        raise typer.BadParameter(
            f"“{output}” does not end in .vtt, .srt or .sjson. Say the form with --as.", param_hint="where to write"
        )
    return named


def _write(output: str, text: str) -> None:
    data = text.encode("utf-8", "replace")
    try:
        if output == _STANDARD:
            sys.stdout.buffer.write(data)
            sys.stdout.flush()
        else:
            Path(output).write_bytes(data)
    except BrokenPipeError:  # whoever reads has read enough
        raise
    except OSError as error:
        _refuse(UNWRITABLE.at(Place(output), name=output, reason=error.strerror or error))


def _limits(style: str, language: str) -> "Norms":
    from polylect.captions import norms

    return norms.norms(language, _choice(style, norms.styles(), "--norms"))


def _own_language(track: "Track") -> str:
    """What a WebVTT file says of itself (`Language: fr`), else English."""
    from polylect import languages

    for line in track.header.split("\n"):
        name, _, value = line.partition(":")
        if name.strip().lower() == "language" and (tag := languages.canonical(value.strip())):
            return tag
    return "en"


def _tag(language: str, option: str) -> str:
    from polylect import languages

    if not language:
        return ""
    tag = languages.canonical(language)
    if tag is None:
        raise typer.BadParameter(f"“{language}” is no language tag, such as fr or pt-BR.", param_hint=option)
    return tag


def _choice(value: str, choices: Sequence[str], option: str) -> str:
    if value.lower() not in choices:
        raise typer.BadParameter(f"“{value}” is none of: {', '.join(choices)}.", param_hint=option)
    return value.lower()


def _known_encoding(encoding: str) -> str:
    """The encoding, if it is one that any file can be read in."""
    try:
        b"a\xff".decode(encoding or "utf-8", "replace")
    except (LookupError, ValueError) as error:
        raise typer.BadParameter(f"“{encoding}” is no encoding of texts.", param_hint="--encoding") from error
    return encoding


def _told(issues: Sequence[Issue]) -> None:
    if issues:
        telling.print_issues(issues, stderr=True)


def _refuse(*issues: Issue) -> NoReturn:
    """Says why there is nothing to do, and ends the command."""
    _told(issues)
    raise typer.Exit(1)
