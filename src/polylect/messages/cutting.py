"""HTML cut into the pieces that are translated, each with its place in the text.

A piece is what stands between two boundaries: the text of a paragraph, list item, cell, heading, button; two
line breaks in a row are a boundary too. Markup that encloses all of it, and pictures at its edges, stay
outside. Attributes that are shown or read aloud are pieces of their own, and so are addresses. Scripts,
styles, `<pre>` and what says `translate="no"` are left alone. Cutting takes time linear in the length of the
HTML.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from polylect.messages import markup
from polylect.messages.markup import Attribute, Token, TokenKind
from polylect.messages.message import VARIABLE, Form, Kind, Mark, Placeholder, join, without_controls

_INLINE = frozenset(
    """a abbr acronym b bdi bdo big br canvas cite clarification code data del dfn em embed font i iframe
    img input ins kbd mark math meter nobr output progress q rb rp rt ruby s samp small span strike
    strong sub sup svg textarea time tt u var wbr""".split()  # noqa: SIM905
)
_NAMES_OF_PLACEHOLDERS = {
    "code": "code samp tt var",
    "img": "canvas embed iframe img svg",
    "field": "input meter output progress textarea",
    "math": "math",
}
_NAMES = {tag: name for name, tags in _NAMES_OF_PLACEHOLDERS.items() for tag in tags.split()}
_CLOSED = frozenset({*_NAMES, "noembed", "noframes", "pre", "script", "style", "template", "title", "xmp"})
"""Elements that are left alone with all that is inside of them."""
_NO_MESSAGES = frozenset({"base", "link", "meta", "script", "style"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LABELS = frozenset({"button", "label", "legend", "option", "summary"})
_SHOWN = frozenset({"alt", "title", "placeholder", "aria-label", "aria-description", "aria-valuetext"})
_SHOWN_OF = {"option": {"label"}, "optgroup": {"label"}, "track": {"label"}, "table": {"summary"}}
_ADDRESSES = {
    "a": {"href"},
    "area": {"href"},
    "audio": {"src"},
    "embed": {"src"},
    "iframe": {"src"},
    "img": {"src"},
    "object": {"data"},
    "source": {"src"},
    "track": {"src"},
    "video": {"src", "poster"},
}
_PUSHED = frozenset({"button", "reset", "submit"})
_NOT_AN_ADDRESS = re.compile(r"\s*(?:#|javascript:|data:|$)", re.IGNORECASE)
_ICON_FONT = re.compile(r"(?:^|\s)material-(?:icons|symbols)")
_BLANKS = re.compile(r"[ \t\n\r\f]+")
_EDGES = (" ", "\n", "\t", "\r", "\f", "\u00a0", "&nbsp;", "&#160;", "&#xa0;", "&#xA0;")
_FORMULAS = {r"\(": r"\)", r"\[": r"\]", "[mathjaxinline]": "[/mathjaxinline]", "[mathjax]": "[/mathjax]"}
_FORMULA = "|".join(re.escape(start) for start in _FORMULAS)
_PLAIN_SPECIALS, _EXERCISE_SPECIALS = re.compile(_FORMULA), re.compile(f"{_FORMULA}|{VARIABLE.pattern}")
_SHOWN_LENGTH = 120


@dataclass(frozen=True)
class _Item:
    """One thing inside a message: words, or a placeholder-to-be. `name` as in `Mark`; None for what only
    stays in place.
    """

    start: int
    end: int
    words: str = ""
    form: Form | None = None
    name: str | None = ""
    tag: str = ""


@dataclass(frozen=True)
class Ranges:
    """Where a placeholder stands in the source: its opening (or all of it), and its closing."""

    start: int
    end: int
    closing_start: int
    closing_end: int


@dataclass(frozen=True)
class Piece:
    """A message with its place. `start` and `end` enclose its text, or the value of its attribute."""

    suffix: str
    start: int
    end: int
    kind: Kind
    text: str
    placeholders: tuple[Placeholder, ...] = ()
    ranges: Mapping[int, Ranges] = field(default_factory=dict)
    token: int = -1
    """Of an attribute: the tag that has it."""


@dataclass(frozen=True)
class Document:
    html: str
    tokens: Sequence[Token]
    partners: Mapping[int, int]
    pieces: tuple[Piece, ...]


def cut(html: str, has_variables: bool) -> Document:
    tokens = markup.tokens(html)
    partners = markup.partners(tokens)
    specials = _EXERCISE_SPECIALS if has_variables else _PLAIN_SPECIALS
    pieces = list(_Cutter(html, tokens, partners, specials).pieces())
    counts: Counter[str] = Counter()
    numbered = []
    for piece in sorted(pieces, key=lambda piece: piece.start):
        counts[piece.suffix] += 1
        count = counts[piece.suffix]
        suffix = f".{piece.suffix}.{count}" if piece.suffix != "part" or count > 1 else ""
        numbered.append(replace(piece, suffix=suffix))
    return Document(html, tokens, partners, tuple(numbered))


@dataclass
class _Cutter:
    """Walks over the tokens and gathers what stands between two boundaries."""

    html: str
    tokens: Sequence[Token]
    partners: Mapping[int, int]
    specials: re.Pattern[str]
    run: list[_Item] = field(default_factory=list)
    kind: Kind = Kind.TEXT

    def pieces(self) -> Iterator[Piece]:
        index = 0
        while index < len(self.tokens):
            token = self.tokens[index]
            if token.kind is TokenKind.START:
                yield from self._attributes(index, token)
            last = self._last_of_closed(index, token)
            if self._is_boundary(index, last):
                yield from self._flush()
                self._enter_or_leave(token)
            else:
                self.run += self._items(token, self.tokens[last])
            index = last + 1
        yield from self._flush()

    def _last_of_closed(self, index: int, token: Token) -> int:
        """The last token of an element that is left alone; of anything else, the token itself."""
        if token.kind is TokenKind.START and _is_closed(token):
            return self.partners.get(index, index)
        return index

    def _is_boundary(self, first: int, last: int) -> bool:
        """Whether a message ends at these tokens: at a block, and at what is raw to the end of the page."""
        if first == last:
            token = self.tokens[first]
            is_open = token.kind is TokenKind.START and not token.closes_itself and first not in self.partners
            return token.kind is TokenKind.RAW or (is_open and token.name in markup.RAW) or self._is_block(first)
        is_picture = self.tokens[first].name in ("svg", "math")
        return not is_picture and any(self._is_block(index) for index in range(first, last + 1))

    def _is_block(self, index: int) -> bool:
        name = self.tokens[index].name
        return bool(name) and name not in _INLINE

    def _enter_or_leave(self, token: Token) -> None:
        special = Kind.HEADING if token.name in _HEADINGS else Kind.LABEL if token.name in _LABELS else None
        if special:
            self.kind = special if token.kind is TokenKind.START else Kind.TEXT

    def _items(self, token: Token, last: Token) -> Iterator[_Item]:
        if token.kind is TokenKind.TEXT:
            yield from self._words(token)
        elif token.kind in (TokenKind.ASIDE, TokenKind.RAW):
            yield _Item(token.start, token.end, form=Form.ALONE, name=None)
        elif token.kind is TokenKind.END:
            yield _Item(token.start, token.end, form=Form.CLOSE, tag=token.name)
        else:
            alone = token.closes_itself or last is not token or _is_closed(token)
            form = Form.ALONE if alone else Form.OPEN
            yield _Item(token.start, last.end, form=form, name=_placeholder_name(token), tag=token.name)

    def _words(self, token: Token) -> Iterator[_Item]:
        """A text, with its formulas and variables apart. A formula that never ends is text."""
        text = self.html[token.start : token.end]
        endless: set[str] = set()
        after = at = 0
        while found := self.specials.search(text, at):
            at = found.end()
            end = at
            if closing := _FORMULAS.get(found[0]):
                end = -1 if closing in endless else text.find(closing, at)
                if end < 0:
                    endless.add(closing)
                    continue
                end += len(closing)
            yield self._plain_words(token.start + after, token.start + found.start())
            name = "math" if closing else "var"
            yield _Item(token.start + found.start(), token.start + end, form=Form.ALONE, name=name)
            after = at = end
        yield self._plain_words(token.start + after, token.end)

    def _plain_words(self, start: int, end: int) -> _Item:
        return _Item(start, end, words=_readable(markup.decode(self.html[start:end])))

    def _attributes(self, index: int, token: Token) -> Iterator[Piece]:
        seen: set[str] = set()
        for attribute in token.attributes:
            kind = kind_of_attribute(token, attribute)
            if kind is None or attribute.name in seen:
                continue
            seen.add(attribute.name)
            text = join([_readable(attribute.value).strip()])
            yield Piece(attribute.name, attribute.start, attribute.end, kind, text, token=index)

    def _flush(self) -> Iterator[Piece]:
        run, self.run = self.run, []
        if all(item.words.isspace() or not item.words for item in run):
            return
        for items in _between_double_breaks(run):
            piece = self._piece(items)
            if piece is not None:
                yield piece

    def _piece(self, items: list[_Item]) -> Piece | None:
        items = self._trim_words(_trim(_pair(items)))
        if not any(character.isalnum() for item in items for character in item.words):
            return None
        parts: list[str | Mark] = []
        placeholders: list[Placeholder] = []
        ranges: dict[int, Ranges] = {}
        open_numbers: list[int] = []
        for item in items:
            if item.form is None:
                parts.append(item.words)
            elif item.form is Form.CLOSE:
                number = open_numbers.pop()
                parts.append(Mark(number, Form.CLOSE, placeholders[number - 1].name))
                ranges[number] = Ranges(ranges[number].start, ranges[number].end, item.start, item.end)
            elif item.name is not None:
                number = len(placeholders) + 1
                parts.append(Mark(number, item.form, item.name))
                shown = self.html[item.start : min(item.end, item.start + _SHOWN_LENGTH)]
                placeholders.append(Placeholder(number, item.name, item.form is Form.OPEN, shown))
                ranges[number] = Ranges(item.start, item.end, item.end, item.end)
                if item.form is Form.OPEN:
                    open_numbers.append(number)
        text = _BLANKS.sub(" ", join(parts)).strip()
        return Piece("part", items[0].start, items[-1].end, self.kind, text, tuple(placeholders), ranges)

    def _trim_words(self, items: list[_Item]) -> list[_Item]:
        """Without the blanks before the first word and after the last."""
        if items and items[0].form is None:
            start, end = _without_blanks(self.html, items[0].start, items[0].end)
            items = [self._plain_words(start, items[0].end if len(items) > 1 else end), *items[1:]]
        if items and items[-1].form is None:
            _, end = _without_blanks(self.html, items[-1].start, items[-1].end)
            items = [*items[:-1], self._plain_words(items[-1].start, end)]
        return items


def _readable(words: str) -> str:
    return _BLANKS.sub(" ", without_controls(words))


def kind_of_attribute(token: Token, attribute: Attribute) -> Kind | None:
    """What kind of message it is: words that are shown, or an address. None: no message."""
    if token.name in _NO_MESSAGES or attribute.start == attribute.end:
        return None
    if attribute.name in _ADDRESSES.get(token.name, ()):
        if _NOT_AN_ADDRESS.match(attribute.value):
            return None
        return Kind.ADDRESS if attribute.name == "href" else Kind.MEDIA
    is_button_text = attribute.name == "value" and token.name == "input" and token.get("type") in _PUSHED
    is_shown = attribute.name in _SHOWN or attribute.name in _SHOWN_OF.get(token.name, ()) or is_button_text
    return Kind.ALT if is_shown and any(character.isalnum() for character in attribute.value) else None


def _is_closed(token: Token) -> bool:
    """Whether an element is left alone with all that is inside of it."""
    if token.name in _CLOSED or not token.attributes:
        return token.name in _CLOSED
    return _is_kept_as_is(token) or _is_icon(token) or token.get("data-place") is not None


def _is_kept_as_is(token: Token) -> bool:
    return token.get("translate") == "no" or "notranslate" in (token.get("class") or "").split()


def _is_icon(token: Token) -> bool:
    """An icon font spells its icons as words (`menu_book`), which are not for reading."""
    return _ICON_FONT.search(token.get("class") or "") is not None


def _placeholder_name(token: Token) -> str:
    if token.name == "a":
        return "a" if token.get("href") is not None else ""
    if token.get("data-place") is not None:
        return "field"
    return "code" if _is_kept_as_is(token) else _NAMES.get(token.name, "")


def _is_blank(item: _Item) -> bool:
    return item.name is None or (item.form is None and not item.words.strip())


def _between_double_breaks(run: list[_Item]) -> Iterator[list[_Item]]:
    """The run in parts: two line breaks, with nothing but blanks between them, end a thought."""
    part: list[_Item] = []
    breaks = 0
    for item in run:
        if item.form is Form.ALONE and item.tag == "br":
            breaks += 1
        elif not _is_blank(item):
            if breaks > 1:
                yield part
                part = []
            breaks = 0
        part.append(item)
    yield part


def _pair(items: list[_Item]) -> list[_Item]:
    """Tags that enclose something as pairs, one inside the other; every other tag alone, and empty pairs as
    one thing.
    """
    paired: list[_Item] = []
    open_tags: list[tuple[int, int]] = []
    waiting: Counter[str] = Counter()
    solid = 0
    for item in items:
        if item.form is Form.CLOSE:
            if not waiting[item.tag]:
                paired.append(replace(item, form=Form.ALONE))
                continue
            start, solid_before = open_tags.pop()
            while paired[start].tag != item.tag:
                waiting[paired[start].tag] -= 1
                paired[start] = replace(paired[start], form=Form.ALONE, name="")
                start, solid_before = open_tags.pop()
            waiting[item.tag] -= 1
            if solid == solid_before:
                name = "" if item.tag == "a" else paired[start].name
                item = replace(paired[start], end=item.end, form=Form.ALONE, name=name)
                del paired[start:]
                solid += 1
        elif item.form is Form.OPEN:
            open_tags.append((len(paired), solid))
            waiting[item.tag] += 1
        elif item.form is Form.ALONE or item.words:
            solid += 1
        paired.append(item)
    for start, _ in open_tags:
        paired[start] = replace(paired[start], form=Form.ALONE, name="")
    return paired


def _trim(items: list[_Item]) -> list[_Item]:
    """Without what need not be inside the message: blanks, breaks and pictures at its edges, and pairs around
    all of it.
    """
    partner = _partners(items)
    weights = [0, *accumulate(not (_is_trimmed(item) or item.form in (Form.OPEN, Form.CLOSE)) for item in items)]
    first, last = 0, len(items) - 1
    while first <= last:
        far = partner.get(first, first)
        near = partner.get(last, last)
        if weights[first] == weights[far + 1]:
            first = far + 1
        elif weights[near] == weights[last + 1]:
            last = near - 1
        elif first < far == last:
            first, last = first + 1, last - 1
        else:
            break
    return items[first : last + 1]


def _partners(items: list[_Item]) -> dict[int, int]:
    partner: dict[int, int] = {}
    open_items: list[int] = []
    for index, item in enumerate(items):
        if item.form is Form.OPEN:
            open_items.append(index)
        elif item.form is Form.CLOSE:
            start = open_items.pop()
            partner[start], partner[index] = index, start
    return partner


def _is_trimmed(item: _Item) -> bool:
    return _is_blank(item) or (item.form is Form.ALONE and item.name in ("", "img"))


def _without_blanks(html: str, start: int, end: int) -> tuple[int, int]:
    """The part of a text between blanks, written as characters or as references."""
    while start < end and html.startswith(_EDGES, start, end):
        start += next(len(blank) for blank in _EDGES if html.startswith(blank, start, end))
    while start < end and html.endswith(_EDGES, start, end):
        end -= next(len(blank) for blank in _EDGES if html.endswith(blank, start, end))
    return start, end
