"""Translations of a course as a PO file, the catalog format of GNU gettext (manual, chapter 10 "The Format of
PO Files").

An entry's `msgctxt` is `CODE|ROLE`: the block or level, and the message's role in it. Its `msgid` is the
source text, in the notation of `message`. An entry that is `fuzzy` is taken only if it says (`#| msgid`) what
it was made for: it is an outdated translation. Where sentences of captions are cut is not written.

There are two files. The one beside a course (`write`, `read`) goes with a course that lies there in text. The one
that leaves a site and comes back (`write_rows`, `read_rows`) says in a comment, `#. polylect: UUID BASE`, which message
an entry is and which translation it left with.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

import polib

from polylect import languages
from polylect.course.tree import Course, Library
from polylect.issues import Issue, Place, Severity, declare, has_errors
from polylect.messages.alignment import Standing, align
from polylect.messages.blocks import find_all
from polylect.messages.message import Kind, Message, Target, check, without_controls
from polylect.messages.rows import Head, Read, Row, State, base_of, notes, parse_base, place_of, shortened, warnings

_ENDINGS = "\x85\u2028\u2029"
_STAND_INS = "\ufdd0\ufdd1\ufdd2"
_HIDE, _SHOW = str.maketrans(_ENDINGS, _STAND_INS), str.maketrans(_STAND_INS, _ENDINGS)
"""polib takes these characters for ends of lines; while it reads, noncharacters of Unicode stand in for them."""

_OURS = re.compile(r"polylect: (?P<key>\S+) (?P<base>\S+)")

_KINDS = frozenset(kind.value for kind in Kind)

Key = tuple[str, str]
"""A message by the code of what it stands in, and its role there."""

UNREADABLE = declare("po-unreadable", Severity.ERROR, "This is not a PO file: {reason}.")
NO_LANGUAGE = declare(
    "po-language",
    Severity.ERROR,
    "The language of this file is not known. Name it after a BCP 47 tag, such as fr.po, or write its Language header.",
)
OTHER_LANGUAGE = declare(
    "po-other-language",
    Severity.WARNING,
    "The Language header says “{header}”, the file's name “{name}”. The name is followed.",
)
UNKNOWN = declare(
    "po-unknown", Severity.WARNING, "Nothing in the course has the text “{source}”. The entry is left out."
)
AMBIGUOUS = declare(
    "po-ambiguous",
    Severity.WARNING,
    "{count} places of the course have the text “{source}”. Write which one is meant as msgctxt, such as “{example}”.",
)
TWICE = declare("po-twice", Severity.WARNING, "“{context}” is translated twice. The first translation is taken.")
FUZZY = declare(
    "po-fuzzy",
    Severity.NOTE,
    "“{context}” is marked fuzzy: its translation is not taken. Look at it, and take the mark away.",
)


def write(
    course: Course | Library, language: str, targets: Mapping[Key, Target], *, include_optional: bool = False
) -> str:
    """A PO file with every message of the course, translated as far as there are targets.

    Addresses are written where they have a target, and all of them with `include_optional`. An outdated
    target is written as `fuzzy`, with the text it was made for.
    """
    rows = (
        _row(code, message, targets.get((code, message.role)))
        for code, message in find_all(course)
        if include_optional or not message.optional or (code, message.role) in targets
    )
    return "".join(write_rows(Head(language=language), rows))


def read(text: str, course: Course | Library, file: str) -> tuple[dict[Key, Target], list[Issue]]:
    """The targets in a PO file for this course, each with the source text that it was made for.

    `file` is its path, such as `translations/fr.po`: its name is its language, before what the header says.
    An entry goes where its `msgctxt` says, or, if the course was edited since the file was written, where what stood
    there stands now (`alignment`). Without a `msgctxt`, or where the course has no such place, it goes to the only
    message with its source text.
    """
    parsed, issue = _parsed(text, file)
    if parsed is None:
        return {}, [issue] if issue else []
    language, issues = _language(parsed, file)
    if language is None:
        return {}, issues
    messages = {(code, message.role): message for code, message in find_all(course)}
    by_text: dict[str, list[Key]] = defaultdict(list)
    for key, message in messages.items():
        by_text[message.text].append(key)
    entries = [entry for entry in parsed if not entry.obsolete]
    now = _places_now(entries, messages)
    taken = set(now.values())
    targets: dict[Key, Target] = {}
    for entry in entries:
        if not entry.msgstr:
            continue
        place = Place(file, max(entry.linenum - 1, 0))
        found, wrong = _key(entry, messages, by_text, now, taken, place)
        if found is not None and found in targets:
            wrong = [TWICE.at(place, context=place_of(*found))]
        elif found is not None:
            target = _target(entry, language)
            wrong = [
                replace(issue, place=place) for issue in check(target.made_for, target.text, kind=messages[found].kind)
            ]
            if "fuzzy" in entry.flags and not entry.previous_msgid:
                wrong = [FUZZY.at(place, context=place_of(*found))]
            elif not has_errors(wrong):
                targets[found] = target
        issues += wrong
    return targets, issues


def write_rows(head: Head, rows: Iterable[Row]) -> Iterator[str]:
    """A PO file with these rows, piece by piece. Rows without a key go without a mark of where they come from."""
    file = polib.POFile(wrapwidth=0)
    file.metadata = {
        **({"Project-Id-Version": head.course} if head.course else {}),
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": head.language,
        "MIME-Version": "1.0",
    }
    yield str(file)
    for row in rows:
        yield f"\n{_entry(row).__unicode__(wrapwidth=0)}"


def read_rows(text: str, file: str) -> Read:
    """The rows of a PO file. One that is `fuzzy` was made for what it says (`#| msgid`), or is not finished."""
    parsed, issue = _parsed(text, file)
    if parsed is None:
        return Read(Head(), issues=(issue,) if issue else ())
    in_header = languages.canonical(parsed.metadata.get("Language", "").strip())
    in_name = languages.canonical(PurePosixPath(file).stem.rpartition(".")[2])
    head = Head(parsed.metadata.get("Project-Id-Version", "").strip(), "", in_header or in_name or "")
    return Read(head, tuple(_read_row(entry) for entry in parsed if not entry.obsolete))


def _read_row(entry: polib.POEntry) -> Row:
    ours = next(filter(None, map(_OURS.fullmatch, reversed(entry.comment.split("\n")))), None)
    is_fuzzy = "fuzzy" in entry.flags
    return Row(
        key=ours["key"] if ours else "",
        place=entry.msgctxt or "",
        source=entry.msgid,
        text=entry.msgstr,
        made_for=(entry.previous_msgid or "") if is_fuzzy else "",
        base=parse_base(ours["base"]) if ours else None,
        is_unsure=is_fuzzy and not entry.previous_msgid,
        line=max(entry.linenum - 1, 0),
    )


def _row(code: str, message: Message, target: Target | None) -> Row:
    outdated = target is not None and target.made_for not in ("", message.text)
    return Row(
        place=place_of(code, message.role),
        source=message.text,
        text=target.text if target else "",
        made_for=target.made_for if target and outdated else "",
        state=State.OUTDATED if outdated else State.TRANSLATED if target else State.MISSING,
        kind=message.kind,
        note=message.note,
        reveals=message.reveals,
        optional=message.optional,
        placeholders=message.placeholders,
    )


def _entry(row: Row) -> polib.POEntry:
    said = ["; ".join([row.kind.value, *warnings(row)]), *notes(row)]
    if row.key:
        said.append(f"polylect: {row.key} {base_of(row.text)}")
    outdated = row.state is State.OUTDATED
    return polib.POEntry(
        msgctxt=row.place,
        msgid=row.source,
        msgstr=without_controls(row.text),
        comment="\n".join(said),
        flags=["fuzzy"] if outdated else [],
        previous_msgid=row.made_for if outdated else None,
    )


def _parsed(text: str, file: str) -> tuple[polib.POFile | None, Issue | None]:
    """The file as polib reads it. The line put before it keeps polib from taking a text for a file's name."""
    try:
        parsed = polib.pofile("\n" + without_controls(text.removeprefix("\ufeff")).translate(_HIDE), wrapwidth=0)
    except (OSError, ValueError, IndexError, LookupError) as error:
        return None, UNREADABLE.at(Place(file), reason=str(error).strip().rstrip("."))
    for entry in parsed:
        entry.msgid, entry.msgstr = entry.msgid.translate(_SHOW), entry.msgstr.translate(_SHOW)
        entry.previous_msgid = entry.previous_msgid and entry.previous_msgid.translate(_SHOW)
    return parsed, None


def _language(parsed: polib.POFile, file: str) -> tuple[str | None, list[Issue]]:
    header = parsed.metadata.get("Language", "").strip()
    name = PurePosixPath(file).stem
    by_name, by_header = languages.canonical(name), languages.canonical(header)
    if by_name and by_header and by_name != by_header:
        return by_name, [OTHER_LANGUAGE.at(Place(file), header=header, name=name)]
    language = by_name or by_header
    return language, [] if language else [NO_LANGUAGE.at(Place(file))]


def _places_now(entries: Iterable[polib.POEntry], messages: Mapping[Key, Message]) -> dict[Key, Key]:
    """Where the texts of a file stand now, by where it says that they stand. Empty where every text that the course
    still has a place for is in it.

    Roles that count (`captions.en.captions.4`) shift with everything that an author puts in before them; taken at its
    word, a file from before the edit would give one sentence the translation of another.
    """
    said = {_context(entry): entry for entry in entries if entry.msgctxt}
    if all(at not in messages or messages[at].text == entry.msgid for at, entry in said.items()):
        return {}
    before = [Standing(*at, _kind(entry, messages.get(at)), entry.msgid) for at, entry in said.items()]
    after = [Standing(*at, message.kind.value, message.text) for at, message in messages.items()]
    here, keys = list(said), list(messages)
    return {here[old]: keys[new] for new, old in enumerate(align(before, after)) if old is not None}


def _kind(entry: polib.POEntry, here: Message | None) -> str:
    """What kind of text an entry is: as the file notes it, or else of the kind that stands there now."""
    noted = entry.comment.partition("\n")[0].partition(";")[0].strip()
    return noted if noted in _KINDS or here is None else here.kind.value


def _context(entry: polib.POEntry) -> Key:
    code, _, role = (entry.msgctxt or "").partition("|")
    return code, role


def _key(
    entry: polib.POEntry,
    messages: Mapping[Key, Message],
    by_text: Mapping[str, list[Key]],
    now: Mapping[Key, Key],
    taken: Collection[Key],
    place: Place,
) -> tuple[Key | None, list[Issue]]:
    """Which message an entry belongs to. `now` as in `_places_now`; `taken`: the places that are in it."""
    said = _context(entry)
    if said in now:
        return now[said], []
    if said in messages and said not in taken:
        return said, []
    keys = by_text.get(entry.msgid, [])
    if len(keys) == 1:
        return keys[0], []
    source = shortened(entry.msgid)
    if keys:
        return None, [AMBIGUOUS.at(place, count=len(keys), source=source, example=place_of(*keys[0]))]
    return None, [UNKNOWN.at(place, source=source)]


def _target(entry: polib.POEntry, language: str) -> Target:
    made_for = entry.previous_msgid if "fuzzy" in entry.flags and entry.previous_msgid else entry.msgid
    return Target(entry.msgstr, language, made_for=made_for)
