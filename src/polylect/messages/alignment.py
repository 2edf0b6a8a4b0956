"""Which message of a course lives on as which, when the course was edited.

In this order, each step takes from what the steps before left:

1. A text that stays in its place, by a name that its author or a code gave the place (`question.q1.choice.c2`).
2. A text that stays between the same neighbors. Roles that only count (`html.part.3`) shift with every paragraph put
   in before them; so they come after.
3. A text that stays in its block, in order; then one that somebody translated before it was edited, and that is back.
4. A block under another code, if the two have half of their texts in common, and one that nothing else holds: steps 1
   to 3 as if it were that block. Several blocks that say the same, word for word, are so together: in their order.
5. A text that there is only one of in the course, before and after: it moved to another block.
6. A text that was edited: in the same block (or step 4's), of the same kind, and reading much alike, the most alike
   first. What stands in the same place, or between the same neighbors, needs to be less alike than what also moved.

All else is new, or gone: its translations are memory. No message is ever given to two texts, or one text to two
messages. Addresses are never taken for edited: another address is another thing.

Texts are compared by the words they share, each counting as many characters as it has: 0 for none, 1 for all. How
alike is alike was set on real edits and real neighbors; docs/explanation/messages.md has the numbers.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from heapq import nsmallest

from polylect.messages.message import Kind
from polylect.messages.words import vocabulary

ALIKE_IN_PLACE = 0.4
"""Least likeness of two texts that stand in the same place for one to be the other, edited."""
ALIKE_ELSEWHERE = 0.65
"""… that stand in different places of a block."""
ALIKE_BLOCKS = 0.5
"""Least share of their words that a block and one under another code have in common, for it to be that block."""

_ALIKE_SHORT = 0.75
"""Least likeness, by characters, of texts of few words: so that a slip of the pen counts, and a tomato is no potato."""
_FEW_WORDS = 3
_RARE_WORDS = 8
_MOST_WITH_A_WORD = 48
_MOST_COMPARED = 6
_SMALL_GAP = 16
"""Pairs: of four texts between two neighbors that stayed, any can be any."""
_NOT_EDITED = frozenset({Kind.ADDRESS.value, Kind.MEDIA.value})

_Key = Callable[[str, "Standing"], Hashable]
"""What a text is matched by, from the code of its block and the text. None: by nothing."""
_Text = tuple[str, str]
"""Kind and text."""
_Groups = Mapping[Hashable, list[int]]


class Way(Enum):
    """How a message lives on."""

    SAME = "same"
    MOVED = "moved"
    EDITED = "edited"


@dataclass(frozen=True)
class Standing:
    """A text where it stands. Two kinds of text (a heading, a choice) are never one message.

    `former`: earlier wordings that somebody translated. `is_gone`: it was known once, and the version before does not
    hold it.
    """

    block_code: str
    role: str
    kind: str
    text: str
    former: tuple[str, ...] = ()
    is_gone: bool = False


def align(
    known: Sequence[Standing], found: Sequence[Standing], elsewhere: Collection[tuple[str, str]] = frozenset()
) -> list[int | None]:
    """For each text that was found, the number (in `known`) of the message that it is, or None for a new one.

    Both in reading order, and what `is_gone` behind all else. `elsewhere`: kind and text of whatever else stands in
    the course before and after, and is not to be aligned.
    """
    match = _Matching(known, found)
    match.by_place(only_named=True)
    match.between_neighbors()
    match.by_place(only_named=False)
    match.by_text()
    match.rename_blocks(elsewhere)
    match.only_ones(elsewhere)
    match.edited()
    return match.result


def way(known: Standing, found: Standing) -> Way:
    """How a message lives on as a text that it was aligned with."""
    if known.text != found.text:
        return Way.EDITED
    return Way.SAME if (known.block_code, known.role) == (found.block_code, found.role) else Way.MOVED


def likeness(before: str, after: str) -> float:
    """How much alike two texts are, from 0 to 1."""
    return _likeness(before, vocabulary(before), after, vocabulary(after))


class _Matching:
    """Who is matched so far; each step takes from what the steps before left.

    `_known_codes`: the block codes of known texts, by the latest name of their blocks.
    """

    def __init__(self, known: Sequence[Standing], found: Sequence[Standing]) -> None:
        self.result: list[int | None] = [None] * len(found)
        self._known, self._found = known, found
        self._known_codes = [one.block_code for one in known]
        self._found_codes = [one.block_code for one in found]
        self._is_free = [True] * len(known)

    def by_place(self, *, only_named: bool) -> None:
        """Matches what stays under its role."""

        def key(code: str, one: Standing) -> Hashable:
            return (code, one.role, one.kind, one.text) if _is_named(one.role) or not only_named else None

        self._match(self._free_known(key), self._free_found(key))

    def between_neighbors(self) -> None:
        """Matches what stays between the same two neighbors."""
        self._match(
            self._grouped_known(_with_neighbors(self._known, self._known_codes)),
            self._grouped_found(_with_neighbors(self._found, self._found_codes)),
        )

    def by_text(self) -> None:
        """Matches what stays in its block, in order; then what is again as it was translated once."""

        def key(code: str, one: Standing) -> Hashable:
            return code, one.kind, one.text

        self._match(self._free_known(key), self._free_found(key))
        former: defaultdict[Hashable, list[int]] = defaultdict(list)
        for at, one in enumerate(self._known):
            for text in one.former if self._is_free[at] else ():
                former[self._known_codes[at], one.kind, text].append(at)
        if former:
            self._match(former, self._free_found(key))

    def rename_blocks(self, elsewhere: Collection[_Text]) -> None:
        """Finds blocks that have another code now, and matches what is in them. They hold a text that only they do."""
        before, now = set(self._known_codes), set(self._found_codes)
        lost = self._free_known(lambda code, one: None if code in now or one.is_gone else code)
        new = self._free_found(lambda code, one: None if code in before else code)
        if not lost or not new:
            return
        before_in, now_in = _holders(self._known, self._known_codes), _holders(self._found, self._found_codes)
        held = {text: count for text, count in before_in.items() if now_in[text] == count and text not in elsewhere}
        texts_lost = {str(code): tuple(_text(self._known[at]) for at in texts) for code, texts in lost.items()}
        texts_new = {str(code): tuple(_text(self._found[at]) for at in texts) for code, texts in new.items()}
        renamed = _renamed(
            {code: set(texts) for code, texts in texts_lost.items()},
            {code: set(texts) for code, texts in texts_new.items()},
            {text for text, count in held.items() if count == 1},
        ) | _renamed_twins(texts_lost, texts_new, held)
        if renamed:
            self._known_codes = [renamed.get(code, code) for code in self._known_codes]
            self.by_place(only_named=True)
            self.between_neighbors()
            self.by_place(only_named=False)
            self.by_text()

    def only_ones(self, elsewhere: Collection[_Text]) -> None:
        """Matches what there is only one of on both sides, in whatever blocks."""
        before = Counter((one.kind, one.text) for one in self._known if not one.is_gone)
        now = Counter((one.kind, one.text) for one in self._found)

        def key(code: str, one: Standing) -> Hashable:
            text = (one.kind, one.text)
            return None if before[text] > 1 or now[text] > 1 or text in elsewhere else text

        lost = self._free_known(key)
        self._match({text: at for text, at in lost.items() if len(at) == 1}, self._free_found(key))

    def edited(self) -> None:
        """Matches, block by block, what reads much alike, the most alike first."""

        def key(code: str, one: Standing) -> Hashable:
            return None if one.kind in _NOT_EDITED else (code, one.kind)

        lost, new = self._free_known(key), self._free_found(key)
        in_place = self._in_place() if new else {}
        for of, at_found in new.items():
            if of in lost:
                self._match_edited(lost[of], at_found, in_place)

    def _match_edited(self, lost: list[int], new: list[int], in_place: Mapping[int, Collection[int]]) -> None:
        before = {at: vocabulary(self._known[at].text) for at in lost}
        now = {at: vocabulary(self._found[at].text) for at in new}
        pairs = {(k, f) for f in new for k in in_place.get(f, ()) if k in before}
        alike = []
        for k, f in {*pairs, *_sharing_words(before, now)}:
            score = _likeness(self._known[k].text, before[k], self._found[f].text, now[f])
            if score >= (ALIKE_IN_PLACE if (k, f) in pairs else ALIKE_ELSEWHERE):
                alike.append((-score, (k, f) not in pairs, abs(k - f), k, f))
        for *_, k, f in sorted(alike):
            self._take(k, f)

    def _in_place(self) -> Mapping[int, Collection[int]]:
        """By free found text: the free known ones under the same role, or between the same neighbors that stayed."""
        found_at: defaultdict[int, set[int]] = defaultdict(set)
        by_role = self._free_known(lambda code, one: None if one.is_gone else (code, one.role))
        for role, at_found in self._free_found(lambda code, one: (code, one.role)).items():
            for f in at_found:
                found_at[f].update(by_role.get(role, ())[:_MOST_COMPARED])
        stayed = [None if free or one.is_gone else at for at, (one, free) in enumerate(self._known_free())]
        followed = [None if at is None or self._known[at].is_gone else at for at in self.result]
        gaps = self._grouped_known(
            [
                None if one.is_gone else gap
                for one, gap in zip(self._known, _gaps(self._known_codes, stayed), strict=True)
            ]
        )
        for gap, at_found in self._grouped_found(_gaps(self._found_codes, followed)).items():
            at_known = gaps.get(gap, [])
            if len(at_known) * len(at_found) <= _SMALL_GAP:
                for f in at_found:
                    found_at[f].update(at_known)
        return found_at

    def _known_free(self) -> Iterable[tuple[Standing, bool]]:
        return zip(self._known, self._is_free, strict=True)

    def _free_known(self, key: _Key) -> _Groups:
        return self._grouped_known(map(key, self._known_codes, self._known))

    def _free_found(self, key: _Key) -> _Groups:
        return self._grouped_found(map(key, self._found_codes, self._found))

    def _grouped_known(self, keys: Iterable[Hashable]) -> _Groups:
        return _grouped(keys, self._is_free)

    def _grouped_found(self, keys: Iterable[Hashable]) -> _Groups:
        return _grouped(keys, (at is None for at in self.result))

    def _match(self, known: Mapping[Hashable, Sequence[int]], found: _Groups) -> None:
        for key, at_found in found.items():
            for k, f in zip(known.get(key, ()), at_found, strict=False):
                self._take(k, f)

    def _take(self, k: int, f: int) -> None:
        if self._is_free[k] and self.result[f] is None:
            self.result[f] = k
            self._is_free[k] = False


def _grouped(keys: Iterable[Hashable], is_free: Iterable[bool]) -> _Groups:
    """The numbers of what is free, by key; what has None as its key is left out."""
    groups: defaultdict[Hashable, list[int]] = defaultdict(list)
    for at, (key, free) in enumerate(zip(keys, is_free, strict=True)):
        if free and key is not None:
            groups[key].append(at)
    return groups


def _text(one: Standing) -> _Text:
    return one.kind, one.text


def _is_named(role: str) -> bool:
    return not role.rpartition(".")[2].isdigit()


def _with_neighbors(standing: Sequence[Standing], codes: Sequence[str]) -> list[Hashable]:
    """A key for each text: block, kind, text, and the texts around it in its block. What is gone has none."""
    here = [None if one.is_gone else (one.kind, one.text) for one in standing]
    return [None if text is None else (*around, text) for text, around in zip(here, _gaps(codes, here), strict=True)]


def _gaps(codes: Sequence[str], anchors: Sequence[Hashable]) -> list[tuple[Hashable, Hashable, Hashable]]:
    """For each place: its block, and the nearest anchors before and behind it there. None is no anchor."""

    def nearest(numbers: Iterable[int]) -> dict[int, Hashable]:
        last: dict[str, Hashable] = {}
        found: dict[int, Hashable] = {}
        for at in numbers:
            found[at] = last.get(codes[at])
            if anchors[at] is not None:
                last[codes[at]] = anchors[at]
        return found

    before, behind = nearest(range(len(codes))), nearest(range(len(codes) - 1, -1, -1))
    return [(code, before[at], behind[at]) for at, code in enumerate(codes)]


def _holders(standing: Sequence[Standing], codes: Sequence[str]) -> Counter[_Text]:
    """How many blocks hold each text."""
    held = {(code, one.kind, one.text) for one, code in zip(standing, codes, strict=True) if not one.is_gone}
    return Counter((kind, text) for _, kind, text in held)


def _renamed(lost: Mapping[str, set[_Text]], new: Mapping[str, set[_Text]], only: Collection[_Text]) -> dict[str, str]:
    """Codes of blocks that are gone, and the new ones that hold the same texts; those with most in common first."""
    holding: defaultdict[_Text, list[str]] = defaultdict(list)
    for code, texts in lost.items():
        for text in texts:
            holding[text].append(code)
    order = {code: number for codes in (lost, new) for number, code in enumerate(codes)}
    alike = []
    for code, texts in new.items():
        for before in {before for text in texts if text in only for before in holding.get(text, ())}:
            share = 2 * _size(texts & lost[before]) / (_size(texts) + _size(lost[before]))
            if share >= ALIKE_BLOCKS:
                alike.append((-share, order[before], order[code], before, code))
    renamed: dict[str, str] = {}
    for *_, before, now in sorted(alike):
        if before not in renamed and now not in renamed.values():
            renamed[before] = now
    return renamed


def _renamed_twins(
    lost: Mapping[str, tuple[_Text, ...]], new: Mapping[str, tuple[_Text, ...]], held: Mapping[_Text, int]
) -> dict[str, str]:
    """Codes of blocks that are gone and have the same texts as each other, and of as many new ones that have them, in
    their order. `held`: texts by how many blocks hold them, before and after; one has to be held by the twins alone."""
    twins, successors = (defaultdict[tuple[_Text, ...], list[str]](list) for _ in range(2))
    for group, blocks in ((twins, lost), (successors, new)):
        for code, texts in blocks.items():
            group[texts].append(code)
    renamed: dict[str, str] = {}
    for texts, codes in twins.items():
        count = len(codes)
        if 1 < count == len(successors.get(texts, ())) and any(held.get(text) == count for text in texts):
            renamed |= zip(codes, successors[texts], strict=True)
    return renamed


def _size(texts: Iterable[_Text]) -> int:
    return sum(len(text) for _, text in texts)


def _sharing_words(before: Mapping[int, Counter[str]], now: Mapping[int, Counter[str]]) -> Iterator[tuple[int, int]]:
    """For each text now, those before that share most of its rarest words; a few, whatever their number."""
    holding: defaultdict[str, list[int]] = defaultdict(list)
    for k, words in before.items():
        for word in words:
            holding[word].append(k)
    for f, words in now.items():
        known = [(len(holding[word]), word) for word in words if word in holding]
        shared: Counter[int] = Counter()
        for count, word in nsmallest(_RARE_WORDS, known):
            if count <= _MOST_WITH_A_WORD:
                for k in holding[word]:
                    shared[k] += len(word)
        for *_, k in nsmallest(_MOST_COMPARED, ((-weight, abs(k - f), k) for k, weight in shared.items())):
            yield k, f


def _likeness(before: str, words_before: Counter[str], after: str, words_after: Counter[str]) -> float:
    weight = sum(len(word) * count for words in (words_before, words_after) for word, count in words.items())
    shared = sum(len(word) * min(count, words_after[word]) for word, count in words_before.items())
    alike = 2 * shared / weight if weight else 0.0
    if max(words_before.total(), words_after.total()) <= _FEW_WORDS and not _counts(before) and not _counts(after):
        by_characters = SequenceMatcher(None, before.casefold(), after.casefold(), autojunk=False).ratio()
        alike = max(alike, by_characters if by_characters >= _ALIKE_SHORT else 0)
    return alike


def _counts(text: str) -> bool:
    return any(character.isdigit() for character in text)
