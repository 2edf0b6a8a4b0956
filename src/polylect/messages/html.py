"""The messages of a piece of HTML, and the HTML put together again in another language.

Everything works on positions in the author's own text: what nobody translates stays as it was written,
character by character. A translation's words are escaped, and its placeholders become the tags of the source:
no translation adds a tag or an attribute.
"""

import html as escaping
from bisect import bisect_left, bisect_right
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from dataclasses import replace

from polylect import languages
from polylect.issues import has_errors
from polylect.messages import markup
from polylect.messages.cutting import Document, Piece, cut, kind_of_attribute
from polylect.messages.markup import TokenKind
from polylect.messages.message import (
    OPTIONAL_KINDS,
    Form,
    Kind,
    Mark,
    Message,
    Placeholder,
    Target,
    check,
    join,
    split,
    without_controls,
    words_of,
)


def find(
    role: str, html: str, *, kind: Kind = Kind.TEXT, reveals: bool = False, note: str = "", has_variables: bool = False
) -> tuple[Message, ...]:
    """The messages of a piece of HTML, in the order they stand in it.

    The first text has the role itself, the others `ROLE.part.2` and on; attributes are `ROLE.alt.1`,
    `ROLE.href.1` and so on, counted by name. `kind` says what the texts are where the HTML itself does not
    say more. `has_variables`: `$x` and `${x}` are variables of an exercise.
    """
    return tuple(
        Message(
            role=role + piece.suffix,
            text=piece.text,
            kind=_kind(piece.kind, kind),
            reveals=reveals,
            note=note,
            optional=piece.kind in OPTIONAL_KINDS,
            placeholders=piece.placeholders,
        )
        for piece in cut(html, has_variables).pieces
    )


def put_back(
    role: str,
    html: str,
    targets: Mapping[str, Target],
    *,
    language: str | None = None,
    source_language: str | None = None,
    has_variables: bool = False,
) -> str:
    """The HTML with these targets (by role) in it.

    A target that equals its message leaves the author's characters as they are; a broken one is mended as far
    as it goes, and an address that no page may link to is not used. With `language`, what is in another one
    is marked with `lang` and `dir`, on the element that holds it or in a `<span>`; texts without a target are
    in `source_language`, unless the author said otherwise. Without `language` nothing is marked.
    """
    document = cut(html, has_variables)
    writer = _Writer(document, role, targets, language, source_language)
    return writer.write()


def match(source_html: str, translated_html: str) -> dict[str, str | None] | None:
    """The texts of a translated page by the roles of its source (without the slot's: `""`, `.part.2`,
    `.alt.1`).

    Only for pages of the same structure: the same tags in the same order around the texts; None for any
    other. A text is None where its own markup is not the source's, so that it cannot be told what its
    placeholders are.
    """
    source, translated = cut(source_html, False), cut(translated_html, False)
    if _skeleton(source) != _skeleton(translated):
        return None
    found: dict[str, str | None] = {}
    unclear: list[tuple[int, int]] = []
    for piece, other in zip(source.pieces, translated.pieces, strict=True):
        numbers = _numbers(source, piece, translated, other)
        if piece.token < 0 and (numbers is None or [n.number for n in numbers.values()] != sorted(numbers)):
            unclear.append((piece.start, piece.end))
        found[piece.suffix] = _renumbered(piece, other, numbers) if numbers is not None else None
    for piece in source.pieces:
        if piece.token >= 0 and unclear and any(start <= piece.start < end for start, end in unclear):
            found[piece.suffix] = None
    return found


def _kind(own: Kind, around: Kind) -> Kind:
    if own is Kind.ALT or own in OPTIONAL_KINDS:
        return own
    return own if own is not Kind.TEXT and around in (Kind.TEXT, Kind.SOLUTION) else around


def _skeleton(document: Document) -> list[str]:
    """The pieces, and the tags that are outside of them, in order."""
    skeleton: list[tuple[int, str]] = [(piece.start, piece.suffix) for piece in document.pieces]
    inside = [(piece.start, piece.end) for piece in reversed(document.pieces) if piece.token < 0]
    for token in document.tokens:
        while inside and inside[-1][1] <= token.start:
            inside.pop()
        if token.name and not (inside and inside[-1][0] <= token.start):
            skeleton.append((token.start, f"{token.kind.value} {token.name}"))
    return [name for _, name in sorted(skeleton, key=lambda entry: entry[0])]


def _numbers(source: Document, piece: Piece, translated: Document, other: Piece) -> dict[int, Placeholder] | None:
    """Which placeholder of the source each of the other's is: the same tag, else one that differs in its
    texts alone.
    """
    numbers: dict[int, Placeholder] = {}
    for signature in (_written, _signature):
        taken = {placeholder.number for placeholder in numbers.values()}
        waiting: dict[object, deque[Placeholder]] = defaultdict(deque)
        for placeholder in piece.placeholders:
            if placeholder.number not in taken:
                waiting[signature(source, piece, placeholder)].append(placeholder)
        for placeholder in other.placeholders:
            same = waiting[signature(translated, other, placeholder)]
            if placeholder.number not in numbers and same:
                numbers[placeholder.number] = same.popleft()
    return dict(sorted(numbers.items())) if len(numbers) == len(other.placeholders) else None


def _renumbered(piece: Piece, other: Piece, numbers: Mapping[int, Placeholder]) -> str | None:
    """The other piece's text with the numbers of the source; None where that breaks its rules."""

    def mark(part: Mark) -> Mark:
        return replace(part, number=numbers[part.number].number, name=numbers[part.number].name)

    text = join([part if isinstance(part, str) else mark(part) for part in split(other.text)])
    return None if has_errors(check(piece.text, text, kind=piece.kind)) else text


def _written(document: Document, piece: Piece, placeholder: Placeholder) -> object:
    ranges = piece.ranges[placeholder.number]
    return document.html[ranges.start : ranges.end]


def _signature(document: Document, piece: Piece, placeholder: Placeholder) -> object:
    """What a placeholder is, whatever its own attributes say in this language."""
    ranges = piece.ranges[placeholder.number]
    written = document.html[ranges.start : ranges.end]
    first = markup.tokens(written)[0]
    if first.kind is not TokenKind.START:
        return written
    kept = {a.name: a.value for a in first.attributes if kind_of_attribute(first, a) is None and a.name != "lang"}
    return first.name, placeholder.is_pair, tuple(sorted(kept.items())), written[first.end :]


class _Writer:
    """Writes a document with its targets in it."""

    def __init__(
        self,
        document: Document,
        role: str,
        targets: Mapping[str, Target],
        language: str | None,
        source_language: str | None,
    ) -> None:
        self.document = document
        self.html = document.html
        self.language = language
        self.source_language = source_language
        self.token_starts = [token.start for token in document.tokens]
        self.targets = [targets.get(role + piece.suffix) for piece in document.pieces]
        self.edits: list[tuple[int, int, str]] = []
        self.edit_starts: list[int] = []

    def write(self) -> str:
        pieces = list(zip(self.document.pieces, self.targets, self._surroundings(), strict=True))
        texts: list[tuple[Piece, Target | None, tuple[str, str]]] = []
        marked_tags: set[int] = set()
        for piece, target, around in pieces:
            marks = self._marks(target, around)
            if piece.token >= 0:
                self._edit_attribute(piece, target)
                if piece.kind is Kind.ALT and self.document.tokens[piece.token].name in markup.VOID:
                    self._mark_tag(piece.token, marks, marked_tags)
            elif marks and self._mark_tag(self._element(piece), marks, marked_tags):
                texts.append((piece, target, ("", "")))
            else:
                texts.append((piece, target, (f"<span{marks}>", "</span>") if marks else ("", "")))
        self.edits.sort()
        self.edit_starts = [start for start, _, _ in self.edits]
        return "".join(self._written(texts))

    def _surroundings(self) -> Iterator[tuple[str | None, str | None]]:
        """For each piece, the language and the direction that the author's own markup around it says."""
        tokens, partners = self.document.tokens, self.document.partners
        saying = [i for i in partners if i < partners[i] and (tokens[i].get("lang") or tokens[i].get("dir"))]
        saying.sort(reverse=True)
        around: list[tuple[int, str | None, str | None]] = []
        for piece in self.document.pieces:
            first = piece.token if piece.token >= 0 else bisect_right(self.token_starts, piece.start) - 1
            last = piece.token if piece.token >= 0 else bisect_left(self.token_starts, piece.end) - 1
            while saying and saying[-1] <= first:
                index = saying.pop()
                _, language, direction = around[-1] if around else (0, None, None)
                own = tokens[index].get("dir")
                own = own if own in ("ltr", "rtl") else direction
                around.append((partners[index], tokens[index].get("lang") or language, own))
            while around and around[-1][0] < first:
                around.pop()
            yield next(((lang, dir_) for end, lang, dir_ in reversed(around) if end > last), (None, None))

    def _written(self, texts: list[tuple[Piece, Target | None, tuple[str, str]]]) -> Iterator[str]:
        after = 0
        for piece, target, (before_text, after_text) in texts:
            yield self._source(after, piece.start)
            yield before_text
            if target is None or target.text == piece.text:
                yield self._source(piece.start, piece.end)
            else:
                yield from self._translated(piece, target.text)
            yield after_text
            after = piece.end
        yield self._source(after, len(self.html))

    def _translated(self, piece: Piece, text: str) -> Iterator[str]:
        """A translation with the source's tags in it. What does not fit together is left out, what stays open
        is closed.
        """
        open_numbers: list[int] = []
        pairs = {placeholder.number for placeholder in piece.placeholders if placeholder.is_pair}
        for part in split(text):
            if isinstance(part, str):
                yield escaping.escape(without_controls(part), quote=False)
                continue
            ranges = piece.ranges.get(part.number)
            if ranges is None:
                continue
            if part.form is not Form.CLOSE:
                yield self._source(ranges.start, ranges.end)
            if part.form is Form.OPEN and part.number in pairs:
                open_numbers.append(part.number)
            elif part.form is Form.ALONE:
                yield self._source(ranges.closing_start, ranges.closing_end)
            while part.form is Form.CLOSE and part.number in open_numbers:
                number = open_numbers.pop()
                yield self._closing(piece, number)
                if number == part.number:
                    break
        for number in reversed(open_numbers):
            yield self._closing(piece, number)

    def _closing(self, piece: Piece, number: int) -> str:
        return self._source(piece.ranges[number].closing_start, piece.ranges[number].closing_end)

    def _source(self, start: int, end: int) -> str:
        """The author's characters, with the attributes that were translated or marked."""
        written: list[str] = []
        index = bisect_left(self.edit_starts, start)
        while index < len(self.edits) and self.edits[index][0] < end:
            edit_start, edit_end, text = self.edits[index]
            written += [self.html[start:edit_start], text]
            start = edit_end
            index += 1
        return "".join(written) + self.html[start:end]

    def _edit_attribute(self, piece: Piece, target: Target | None) -> None:
        if target is None or target.text == piece.text:
            return
        value = without_controls(words_of(target.text))
        if piece.kind in OPTIONAL_KINDS and check(piece.text, target.text, kind=piece.kind):
            return
        self.edits.append((piece.start, piece.end, f'"{escaping.escape(value)}"'))
        other_sizes = [
            a for a in self.document.tokens[piece.token].attributes if a.name == "srcset" and a.end > a.start
        ]
        if piece.kind is Kind.MEDIA:
            self.edits += [(sizes.start, sizes.end, '""') for sizes in other_sizes]

    def _marks(self, target: Target | None, around: tuple[str | None, str | None]) -> str:
        """The attributes that say which language a text is in, empty where what is around it says so
        already.
        """
        if self.language is None:
            return ""
        language = target.language if target is not None else around[0] or self.source_language or self.language
        language_around = around[0] or self.language
        direction_around = around[1] or languages.direction(language_around)
        direction = languages.direction(language)
        if language == language_around and direction == direction_around:
            return ""
        return f' lang="{escaping.escape(language)}" dir="{direction}"'

    def _mark_tag(self, token_index: int | None, marks: str, marked: set[int]) -> bool:
        """Puts the marks on a tag, if there is one that says nothing of its language yet."""
        if token_index is None or not marks:
            return False
        token = self.document.tokens[token_index]
        if token.get("lang") is not None or token.get("dir") is not None:
            return False
        if token_index not in marked:
            position = token.start + 1 + len(token.name)
            self.edits.append((position, position, marks))
            marked.add(token_index)
        return True

    def _element(self, piece: Piece) -> int | None:
        """The start tag of the element that holds this text and nothing else."""
        before = self._beyond_blank(bisect_right(self.token_starts, piece.start) - 2, -1)
        after = self._beyond_blank(bisect_left(self.token_starts, piece.end), 1)
        return before if before >= 0 and self.document.partners.get(before) == after else None

    def _beyond_blank(self, index: int, step: int) -> int:
        while 0 <= index < len(self.document.tokens):
            token = self.document.tokens[index]
            if token.kind is not TokenKind.TEXT or self.html[token.start : token.end].strip():
                break
            index += step
        return index
