"""What endings and beginnings words take, as far as a glossary needs it: a little of many languages, no dictionary.

Two measures. `of_term` is narrow: the form itself with the common endings of its language, in one piece; it finds terms
in a source, and forbidden forms. `is_said` is wide: whether a text could hold a form in any of its inflections; it
errs on the side of yes. All texts are folded (`folding`).
"""

from collections.abc import Iterator
from functools import lru_cache

import regex

from polylect.captions.scripts import SPACELESS
from polylect.messages.folding import PLACEHOLDER, folded_words

_LETTER = rf"[[\p{{L}}\p{{M}}\p{{N}}_]--{SPACELESS}]"
"""A letter of a script with spaces between words."""
_WORD = regex.compile(rf"{_LETTER}+|{SPACELESS}", regex.V1)
_PIECE = regex.compile(
    rf"(?P<word>{_LETTER}+)|(?P<run>{SPACELESS}+)|(?P<space>[\s‐‑–-]+)|(?P<apostrophe>['’ʼ])|(?P<other>.)",
    regex.V1 | regex.DOTALL,
)
_GAP = rf"[\s‐‑–{PLACEHOLDER}-]+"
_NO_LETTER_AFTER = rf"(?!{_LETTER})"
_MARK_AFTER = r"(?!\p{M})"

_ENDINGS = {
    "fr": "s|x|e|es",
    "es": "s|es",
    "pt": "s|es",
    "gl": "s|es",
    "ca": "s|es",
    "it": "",
    "de": "e|n|en|er|ern|s|es|ns",
    "nl": "s|en|n|e",
    "sv": "en|et|n|ar|er|or|na|s|arna|erna",
    "da": "en|et|e|er|ne|ene|s",
    "nb": "en|et|e|er|ene|s",
}
_VOWEL_ENDINGS = {"it": "aeio", "es": "ao", "pt": "ao", "fi": "aeiouy", "ru": "аеиоуыьюя", "uk": "аеиоуіьюя"}
_LONGEST_ENDING = 3
"""Of the narrow measure, in a language without a list of its own."""
_LONGEST_TAIL = 7
"""What may follow the stem, in the wide measure."""
_LIGHT = frozenset(_ENDINGS) | {"en"}
_COMPOUNDING = frozenset({"de", "nl", "sv", "da", "nb", "is", "fi", "et", "hu", "af", "fy", "lb"})
_LEAST_COMPOUND = 5
_SHORT = 3
"""A word of so few letters has only the endings of the narrow measure."""
_CONTENT = 4
"""Words of a form that have so many letters have to be there; the others are articles and the like."""

_ARABIC_BEFORE = regex.compile(r"[وف]?(?:[بكل]?(?:ال)?|لل|س)")
_ARABIC_AFTER = "ة|ه|ها|هم|هن|ك|كم|نا|ي|ا|ات|ان|ون|ين|تي|ته|تها|تهم|تنا"
_ARABIC_WEAK = regex.compile("[اويىةءأؤئإآ]")
_HEBREW_BEFORE = regex.compile("[והבלכמש]{0,3}")
_HEBREW_AFTER = "ים|ות|ה|ת|י|ו|ם|ן|כם|הם|נו|יה|יו"
_CLITICS = {"ar": _ARABIC_BEFORE, "he": _HEBREW_BEFORE}

_ROMANCE = frozenset({"fr", "es", "pt", "gl", "ca", "it"})
_ROMANCE_VERB = regex.compile("(.{2,})(?:[aei]re?|re)(?:se|si)?")
_SPANISH_CHANGING = regex.compile("(.*)([eo])([^aeiou]*)")

_ENGLISH_VOWELS = "aeiou"


def beginnings(text: str, language: str) -> Iterator[int]:
    """Where a word may begin: at its first letter, and after its clitics; at each character of a script without
    spaces, and at a sign before a word."""
    clitics = _CLITICS.get(_base(language))
    for found in _WORD.finditer(text):
        at = found.start()
        if at and not (text[at - 1].isspace() or text[at - 1].isalnum()):
            yield at - 1  # “.NET”
        yield at
        if clitics:
            before = clitics.match(text, at, found.end())
            yield from range(at + 1, before.end() + 1 if before and before.end() < found.end() else at + 1)


@lru_cache(maxsize=8192)
def of_term(text: str, language: str) -> tuple[str, str] | None:
    """How a term or form looks in a text: its first letters (two, or one), and a pattern (`compiled`) to be matched
    where a word begins. None where there is nothing to look for."""
    pieces = list(_PIECE.finditer(folded_words(text)))
    if not any(piece["word"] or piece["run"] for piece in pieces):
        return None
    base = _base(language)
    is_verb = base == "en" and len(pieces) > 2 and pieces[0]["word"] == "to" and bool(pieces[1]["space"])
    if is_verb:
        pieces = pieces[2:]
    words = [at for at, piece in enumerate(pieces) if piece["word"]]
    pattern = ""
    for at, piece in enumerate(pieces):
        if piece["word"] and is_verb and at == words[0]:
            pattern += _english_verb(piece[0])
        elif piece["word"] and (at == words[-1] or base != "en"):
            pattern += _with_endings(piece[0], base)
        elif piece["space"]:
            pattern += _GAP if piece[0].isspace() else rf"(?:{_GAP})?"
        elif piece["apostrophe"]:
            pattern += "['’ʼ]"
        else:
            pattern += regex.escape(piece[0])
    last = pieces[-1]
    pattern += _NO_LETTER_AFTER if last["word"] else _MARK_AFTER if last["run"] else ""
    return _first_letters(pieces[0][0], base), pattern


@lru_cache(maxsize=8192)
def compiled(pattern: str) -> "regex.Pattern[str]":
    """A pattern of `of_term`, made when it is needed first: of hundreds of terms a text asks for few."""
    return regex.compile(pattern, regex.V1)


def is_said(form: str, text: str, language: str) -> bool:
    """Whether a folded text could hold this form: in one piece, or its longer words in some inflection, in any
    order."""
    narrow = of_term(form, language)
    if narrow is None or any(compiled(narrow[1]).match(text, at) for at in beginnings(text, language)):
        return True
    words = [found[0] for found in _PIECE.finditer(folded_words(form)) if found["word"] or found["run"]]
    content = [word for word in words if len(word) >= _CONTENT or _WORD.fullmatch(word) is None] or words
    return all(_wide(word, _base(language)).search(text) for word in content) or (
        _base(language) == "ar" and _is_said_in_arabic(content, text)
    )


def _base(language: str) -> str:
    base = language.split("-")[0].lower()
    return {"no": "nb", "nn": "nb"}.get(base, base)


def _first_letters(piece: str, base: str) -> str:
    """What every match begins with. An ending may change the second letter of a very short word."""
    return piece[:2] if len(piece) > _SHORT else piece[:1]


def _with_endings(word: str, base: str) -> str:
    """A word with the endings of the narrow measure."""
    letters = regex.escape(word)
    if len(word) < 2 or word.isdigit():
        return letters
    if base == "en":
        return _english_noun(word)
    if base == "ar":
        return _arabic_noun(word)
    if base == "he":
        return rf"{letters}(?:{_HEBREW_AFTER})?"
    if base == "ko":
        return rf"{letters}{_LETTER}{{0,4}}"
    stem = word[:-1] if word[-1] in _VOWEL_ENDINGS.get(base, "") and len(word) > _SHORT else word
    changed = rf"{regex.escape(stem)}[{_VOWEL_ENDINGS[base]}]" if stem != word else letters
    if base in _ENDINGS:
        return rf"(?:{changed}|{letters})(?:{_ENDINGS[base]})?"
    return rf"{regex.escape(stem)}{_LETTER}{{0,{_LONGEST_ENDING}}}" if len(word) > _SHORT else letters


def _english_noun(word: str) -> str:
    letters = regex.escape(word)
    if word.endswith("y") and word[-2] not in _ENGLISH_VOWELS:
        return rf"{regex.escape(word[:-1])}(?:y|ies)"
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return rf"{letters}(?:es)?"
    if word.endswith(("lf", "rf", "af", "ife")):
        return rf"(?:{letters}s?|{regex.escape(word.removesuffix('e')[:-1])}ves)"
    return rf"{letters}(?:s|es)?" if word.endswith("o") else rf"{letters}s?"


def _english_verb(word: str) -> str:
    letters = regex.escape(word)
    if word.endswith("e"):
        return rf"{regex.escape(word[:-1])}(?:e|es|ed|ing)"
    if word.endswith("y") and len(word) > 1 and word[-2] not in _ENGLISH_VOWELS:
        return rf"{regex.escape(word[:-1])}(?:y|ies|ied|ying)"
    return rf"{letters}(?:{regex.escape(word[-1])}?(?:ed|ing)|e?s)?"


def _arabic_noun(word: str) -> str:
    stem = word.removesuffix("ة") if len(word) > _SHORT else word
    return rf"{regex.escape(stem)}(?:{_ARABIC_AFTER})?"


@lru_cache(maxsize=4096)
def _wide(word: str, base: str) -> "regex.Pattern[str]":
    """A pattern for a word in whatever inflection it may have, to be searched for."""
    if _WORD.fullmatch(word) is None or len(word) == 1:  # a piece of a script without spaces, or a letter
        return regex.compile(regex.escape(word), regex.V1)
    if base == "ar":
        return regex.compile(rf"(?<!{_LETTER}){_ARABIC_BEFORE.pattern}{_arabic_stem(word)}", regex.V1)
    before = _HEBREW_BEFORE.pattern if base == "he" else ""
    is_part = base in _COMPOUNDING and len(word) >= _LEAST_COMPOUND
    border = "" if is_part else rf"(?<!{_LETTER}){before}"
    if len(word) <= _SHORT:
        return regex.compile(rf"{border}{_with_endings(word, base)}{_NO_LETTER_AFTER}", regex.V1)
    tail = "" if is_part else rf"{_LETTER}{{0,{_LONGEST_TAIL}}}{_NO_LETTER_AFTER}"
    verb = _ROMANCE_VERB.fullmatch(word) if base in _ROMANCE else None
    stem = _romance_stem(verb[1], base) if verb else regex.escape(_stem(word, base))
    return regex.compile(rf"{border}{stem}{tail}", regex.V1)


def _stem(word: str, base: str) -> str:
    """What stays of a word in its inflections. Where words change much, less stays."""
    if base in ("ko", "en"):
        left_out = 0 if base == "ko" or len(word) < _LEAST_COMPOUND else 1
    elif base in _LIGHT:
        left_out = 2 if len(word) > 5 else 1
    else:
        left_out = 3 if len(word) > 8 else 2 if len(word) > 4 else 1
    return word[: len(word) - left_out]


def _romance_stem(stem: str, base: str) -> str:
    """The stem of a verb. The last vowel of a Spanish one may change: “contar”, “cuenta”."""
    changing = _SPANISH_CHANGING.fullmatch(stem) if base == "es" else None
    if changing is None:
        return regex.escape(stem)
    vowels = "e|ie|i" if changing[2] == "e" else "o|ue|u"
    return rf"{regex.escape(changing[1])}(?:{vowels}){regex.escape(changing[3])}"


def _arabic_stem(word: str) -> str:
    """A noun with its article and the end that changes left out; a verb with any of its persons."""
    word = word.removeprefix("ال") if len(word) > _SHORT + 2 else word
    stem = word[:-1] if word[-1] in "ةهاي" and len(word) > _SHORT else word
    if stem[0] in "يت" and len(stem) > 2:
        return rf"[يتنا]{regex.escape(stem[1:])}"
    return regex.escape(stem)


def _is_said_in_arabic(words: list[str], text: str) -> bool:
    """By the consonants that stay in inner plurals and in the persons of a verb: “طرف”, “أطراف”."""
    there = [_ARABIC_WEAK.sub("", found[0]) for found in _WORD.finditer(text)]
    return all(
        _wide(word, "ar").search(text) or any(_consonants(word).fullmatch(consonants) for consonants in there)
        for word in words
    )


@lru_cache(maxsize=4096)
def _consonants(word: str) -> "regex.Pattern[str]":
    """A pattern for the consonants of whatever is made of this word. Around very few less may stand."""
    consonants = _ARABIC_WEAK.sub("", word.removeprefix("ال") if len(word) > _SHORT + 2 else word)
    most = 4 if len(consonants) > 2 else 2
    before, after = rf"[فبكلستنم]{{0,{most - 1}}}", rf"\p{{L}}{{0,{most}}}"
    return regex.compile(rf"{before}{consonants}{after}" if len(consonants) > 1 else regex.escape(word), regex.V1)
