"""What a translating machine may see of a message, and what is made of its answer.

Machines translate words and spoil everything else. So a text of a message goes to them as a line of HTML in which
whatever must stay itself is an element with an id, and comes back the same way::

    Click <1>Save</1> to keep <math3/>.                        the message
    Click <b id="1">Save</b> to keep <b id="3">X3</b>.         what the machine sees

Every pair is a `b`, since that is what machines carry along best; its end tag has no name of its own, so that pairs
cannot cross in what comes back. What stands for itself (a formula, a variable, code, a picture, an address, a term that
is not translated) is a word in such an element: the sentence keeps its grammar, and a machine that puts tags back by
looking for words finds it. A line break is a `br`.

`restore` mends what can be mended for certain and gives None for the rest: a suggestion that has lost something is
none.
"""

import html
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, count
from typing import TypeAlias

from polylect.issues import Severity
from polylect.messages.markup import TokenKind, decode, tokens
from polylect.messages.message import (
    OPTIONAL_KINDS,
    VARIABLE,
    Form,
    Kind,
    Mark,
    check,
    join,
    split,
    without_controls,
)

_TEX = re.compile(r"\\\(.+?\\\)|\\\[.+?\\\]|\$\$.+?\$\$", re.DOTALL)
_ADDRESS = re.compile(r"\b(?:https?://|www\.)[^\s<>\"“”]*[^\s<>\"“”.,;:!?)\]]|\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_WIDE = re.compile(r"[ \t]*[\r\n]\s*|[ \t]{2,}")
_GAP = re.compile(r" +(?=[.,](?:\s|$))")
_IN_GRAMMAR = frozenset({"math", "code", "var"})
"""Placeholders that a sentence is built around. Others at its edge need not be seen by the machine."""
_ONCE = frozenset({"a", "img", "field"})
_DEEPEST = 40
"""Elements inside each other; an answer with more is not read."""


@dataclass(frozen=True)
class Sheltered:
    """A text of a message as a machine may see it, in `html`, and what it needs to become a message again.

    `has_words`: there is something to translate. `kept`: by the id of an element, the placeholder or the words that it
    stands for. `stand_ins`: by the id of what stands for itself, the word that the machine sees. `before` and `after`:
    what was at the edges and never leaves.
    """

    source: str
    html: str
    has_words: bool
    kept: Mapping[str, Mark | str]
    stand_ins: Mapping[str, str]
    before: tuple[str | Mark, ...] = ()
    after: tuple[str | Mark, ...] = ()


@dataclass
class _Element:
    """A `b` or `br` of an answer, by its id, with what is inside."""

    id: str
    inside: list["_Node"] = field(default_factory=list)


_Node: TypeAlias = str | _Element


def shelter(text: str, *, terms: Sequence[str] = ()) -> Sheltered:
    """A text in the notation of messages, with all that must stay itself put aside. `terms` are words that are not
    translated, as they are written."""
    before, parts, after = _edges(list(split(text)))
    keep = _keep(terms)
    kept: dict[str, Mark | str] = {}
    stand_ins: dict[str, str] = {}
    shown = words = ""
    for part in parts:
        if isinstance(part, Mark):
            shown += _placed(part, text, kept, stand_ins)
            continue
        at = 0
        for found in keep.finditer(part):
            words += part[at : found.start()]
            name = f"t{len(kept)}"
            kept[name] = stand_ins[name] = found[0]
            shown += f'{_escaped(part[at : found.start()])}<b id="{name}">{_escaped(found[0])}</b>'
            at = found.end()
        words += part[at:]
        shown += _escaped(part[at:])
    has_words = any(character.isalpha() for character in words)
    return Sheltered(text, shown, has_words, kept, stand_ins, tuple(before), tuple(after))


def restore(sheltered: Sheltered, answer: str, *, kind: Kind = Kind.TEXT) -> str | None:
    """The machine's answer as a target of the message; None where something is lost that nobody can put back for
    certain. What is given has no errors in `messages.check`."""
    if kind in OPTIONAL_KINDS:
        return None
    nodes = _merged(sheltered, _found_again(sheltered, _read(sheltered, answer)))
    parts = _trimmed(sheltered, _without_doubles(list(_parts(sheltered, nodes))))
    text = without_controls(join((*sheltered.before, *parts, *sheltered.after)))
    has_errors = any(issue.severity is Severity.ERROR for issue in check(sheltered.source, text, kind=kind))
    return None if has_errors or not _is_whole(sheltered, nodes, parts) else text


def _edges(parts: list[str | Mark]) -> tuple[list[str | Mark], list[str | Mark], list[str | Mark]]:
    """What stands before and after the words: space, pictures and fields, and pairs around everything."""
    before, after = list[str | Mark](), list[str | Mark]()
    while parts:
        first, last = parts[0], parts[-1]
        if isinstance(first, str) and first[:1].isspace():
            words = first.lstrip()
            before.append(first[: len(first) - len(words)])
            parts = [words, *parts[1:]] if words else parts[1:]
        elif isinstance(last, str) and last[-1:].isspace():
            words = last.rstrip()
            after.insert(0, last[len(words) :])
            parts = [*parts[:-1], words] if words else parts[:-1]
        elif _is_aside(first):
            before.append(first)
            parts = parts[1:]
        elif _is_aside(last):
            after.insert(0, last)
            parts = parts[:-1]
        elif _is_around(parts):
            before.append(first)
            after.insert(0, last)
            parts = parts[1:-1]
        else:
            break
    return before, parts, after


def _is_aside(part: str | Mark) -> bool:
    return isinstance(part, Mark) and part.form is Form.ALONE and part.name not in _IN_GRAMMAR


def _is_around(parts: list[str | Mark]) -> bool:
    """Whether the first and the last part are one pair."""
    first, last = parts[0], parts[-1]
    if not isinstance(first, Mark) or not isinstance(last, Mark) or (first.form, last.form) != (Form.OPEN, Form.CLOSE):
        return False
    return [part for part in parts if isinstance(part, Mark) and part.number == first.number] == [first, last]


def _keep(terms: Sequence[str]) -> re.Pattern[str]:
    """Words that are not translated: formulas as TeX, addresses, variables, and these terms, the longest first."""
    words = sorted({term.strip() for term in terms if term.strip()}, key=lambda term: (-len(term), term))
    alternatives = [_TEX.pattern, _ADDRESS.pattern, VARIABLE.pattern]
    alternatives += [rf"(?<!\w){re.escape(word)}(?!\w)" for word in words]
    return re.compile("|".join(f"(?:{one})" for one in alternatives), re.DOTALL)


def _placed(mark: Mark, text: str, kept: dict[str, Mark | str], stand_ins: dict[str, str]) -> str:
    """A placeholder as the machine sees it; what it stands for is written down."""
    name = str(mark.number)
    if mark.form is Form.CLOSE:
        return "</b>"
    kept[name] = mark
    if mark.form is Form.OPEN:
        return f'<b id="{name}">'
    if not mark.name:
        return f'<br id="{name}">'
    stand_ins[name] = _stand_in(mark.number, text)
    return f'<b id="{name}">{stand_ins[name]}</b>'


def _stand_in(number: int, text: str) -> str:
    """A word for a placeholder that the text itself does not have."""
    letters = chain(("X", "Y", "Z"), (f"X{extra}N" for extra in count(1)))
    return next(word for letter in letters if (word := f"{letter}{number}") not in text)


def _escaped(words: str) -> str:
    return html.escape(without_controls(words), quote=False)


def _read(sheltered: Sheltered, answer: str) -> list[_Node]:
    """The words and known elements of an answer. Other markup is left out; a pair that never ends is words only."""
    top = _Element("")
    path = [top]
    for token in tokens(answer):
        if token.kind is TokenKind.TEXT:
            path[-1].inside.append(decode(answer[token.start : token.end]))
        elif token.kind is TokenKind.START and token.name in ("b", "br"):
            element = _Element(token.get("id") or "")
            path[-1].inside.append(element)
            if not token.closes_itself:
                path.append(element)
            if len(path) > _DEEPEST:
                return []
        elif token.kind is TokenKind.END and token.name == "b" and len(path) > 1:
            path.pop()
    for unended in path[1:]:
        unended.id = ""
    return _unwrapped(sheltered, top.inside)


def _unwrapped(sheltered: Sheltered, nodes: list[_Node]) -> list[_Node]:
    """Without elements that the machine made up, or left empty; what was inside stays."""
    found: list[_Node] = []
    for node in nodes:
        if isinstance(node, str):
            found.append(node)
            continue
        inside = _unwrapped(sheltered, node.inside)
        if node.id not in sheltered.kept:
            found += inside
        elif inside or not _may_go(sheltered, node.id):
            found.append(_Element(node.id, inside))
    return found


def _may_go(sheltered: Sheltered, name: str) -> bool:
    """Whether this element is nothing once it is empty: a pair that had words inside."""
    kept = sheltered.kept[name]
    is_pair = isinstance(kept, Mark) and kept.form is Form.OPEN
    return is_pair and f'<b id="{name}"></b>' not in sheltered.html


def _found_again(sheltered: Sheltered, nodes: list[_Node]) -> list[_Node]:
    """With elements that came back without their tags, where their word stands in the text once."""
    here = set(_ids(nodes))
    for name, word in sheltered.stand_ins.items():
        pattern = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")
        if name not in here and isinstance(sheltered.kept[name], Mark) and _count(nodes, pattern) == 1:
            nodes = _put(nodes, pattern, name)
    return nodes


def _ids(nodes: list[_Node]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, _Element):
            yield node.id
            yield from _ids(node.inside)


def _count(nodes: list[_Node], pattern: re.Pattern[str]) -> int:
    return sum(len(pattern.findall(node)) if isinstance(node, str) else _count(node.inside, pattern) for node in nodes)


def _put(nodes: list[_Node], pattern: re.Pattern[str], name: str) -> list[_Node]:
    """With the element where the word stands."""
    found: list[_Node] = []
    for node in nodes:
        if isinstance(node, _Element):
            found.append(_Element(node.id, _put(node.inside, pattern, name)))
        elif word := pattern.search(node):
            found += [node[: word.start()], _Element(name), node[word.end() :]]
        else:
            found.append(node)
    return found


def _merged(sheltered: Sheltered, nodes: list[_Node]) -> list[_Node]:
    """What came back in pieces beside each other is one again: a link, from the first piece to the last; what stands
    for itself, where there are only signs between."""
    nodes = [
        _Element(node.id, _merged(sheltered, node.inside)) if isinstance(node, _Element) else node for node in nodes
    ]
    for name in sheltered.kept:
        at = [index for index, node in enumerate(nodes) if isinstance(node, _Element) and node.id == name]
        if len(at) < 2:
            continue
        pieces = nodes[at[0] : at[-1] + 1]
        between = _text([node for node in pieces if not (isinstance(node, _Element) and node.id == name)])
        is_one = _is_link(sheltered, name) or not any(character.isalnum() for character in between)
        if is_one and (name in sheltered.stand_ins or _is_link(sheltered, name)):
            nodes = [*nodes[: at[0]], _Element(name, _together(pieces, name)), *nodes[at[-1] + 1 :]]
    return nodes


def _is_link(sheltered: Sheltered, name: str) -> bool:
    kept = sheltered.kept[name]
    return isinstance(kept, Mark) and kept.form is Form.OPEN and kept.name in _ONCE


def _together(pieces: list[_Node], name: str) -> list[_Node]:
    """What is inside of the elements of this id, and between them."""
    inside: list[_Node] = []
    for node in pieces:
        inside += node.inside if isinstance(node, _Element) and node.id == name else [node]
    return inside


def _parts(sheltered: Sheltered, nodes: list[_Node]) -> Iterator[str | Mark]:
    for node in nodes:
        if isinstance(node, str):
            yield node
            continue
        kept = sheltered.kept[node.id]
        if isinstance(kept, Mark) and kept.form is Form.OPEN:
            yield kept
            yield from _parts(sheltered, node.inside)
            yield Mark(kept.number, Form.CLOSE, kept.name)
            continue
        before, after = _around(_text(node.inside), sheltered.stand_ins.get(node.id, ""))
        yield from (before, kept, after)


def _text(nodes: list[_Node]) -> str:
    return "".join(node if isinstance(node, str) else _text(node.inside) for node in nodes)


def _around(swallowed: str, stand_in: str) -> tuple[str, str]:
    """What the machine put into an element before and after the word that stands in it."""
    if not stand_in or stand_in not in swallowed:
        return "", ""
    return swallowed[: swallowed.index(stand_in)], swallowed[swallowed.rindex(stand_in) + len(stand_in) :]


def _without_doubles(parts: list[str | Mark]) -> list[str | Mark]:
    """Without a picture or a field that stands there a second time."""
    found: list[str | Mark] = []
    for part in parts:
        if not (_is_once(part) and part in found):
            found.append(part)
    return found


def _trimmed(sheltered: Sheltered, parts: list[str | Mark]) -> list[str | Mark]:
    """Without space at the edges, which is kept with them, and without wide space, or space before full stops
    and commas, where the source has none."""
    together: list[str | Mark] = []
    for part in parts:
        if isinstance(part, str) and together and isinstance(together[-1], str):
            together[-1] += part
        elif part != "":
            together.append(part)
    for odd, usual in ((_WIDE, " "), (_GAP, "")):
        if not any(odd.search(part) for part in split(sheltered.source) if isinstance(part, str)):
            together = [odd.sub(usual, part) if isinstance(part, str) else part for part in together]
    if together and isinstance(together[0], str):
        together[0] = together[0].lstrip()
    if together and isinstance(together[-1], str):
        together[-1] = together[-1].rstrip()
    return together


def _is_whole(sheltered: Sheltered, nodes: list[_Node], parts: list[str | Mark]) -> bool:
    """Whether every formula, variable, address and term is there, none of them twice, and no word is left that only
    stood for something."""
    came = Counter(_ids(nodes))
    needed = Counter(kept for kept in sheltered.kept.values() if isinstance(kept, str))
    words = "".join(part for part in parts if isinstance(part, str))
    return (
        all(words.count(word) >= count for word, count in needed.items())
        and all(came[name] <= 1 or _is_once(sheltered.kept[name]) for name in sheltered.stand_ins)
        and not any(word in words for word in sheltered.stand_ins.values() if word not in needed)
    )


def _is_once(kept: str | Mark) -> bool:
    return isinstance(kept, Mark) and kept.form is Form.ALONE and kept.name in _ONCE
