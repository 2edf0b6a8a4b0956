"""What is to be looked at in a translation, while it is typed and when it is saved.

`check` gives the errors of `polylect.messages.message.check` (placeholders, addresses) and then warnings and notes. A
warning keeps nobody from saving: it says what is there and what would be right, for a human to decide. So it has to be
right nearly always, or nobody reads it. What is usual in human translations is let pass: small numbers in words, an
exclamation mark that became a full stop in a caption, brackets that a source leaves open, too. How often each fires on
human translations is in docs/explanation/messages.md.

A text in its own language, unchanged, is never warned of; what a source does itself is no fault of its translation.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

import regex

from polylect import languages
from polylect.issues import Issue, Place, Severity, declare
from polylect.messages import message
from polylect.messages.message import OPTIONAL_KINDS, Form, Kind, split, words_of
from polylect.messages.numbers import Number, numbers, written_in

NUMBER_LOST = declare(
    "message-number-lost",
    Severity.WARNING,
    "The number {number} of the source is not in the translation. Write it, unless it stands there in words.",
)
NUMBER_OTHER = declare(
    "message-number-other",
    Severity.WARNING,
    "The source says {number}, the translation {other}. Write the same number.",
)
NUMBER_FORM = declare(
    "message-number-form",
    Severity.WARNING,
    "{number} is read as another number in this language. Write {right}.",
)
LINK_LOST = declare(
    "message-link-lost",
    Severity.WARNING,
    "The address {address} of the source is not in the translation. Write it as it is, or that of the same page in"
    " this language.",
)
END_MISSING = declare(
    "message-end-missing",
    Severity.WARNING,
    "The source ends with “{sign}”, the translation with no such sign. Write “{right}” at the end.",
)
END_ADDED = declare(
    "message-end-added",
    Severity.WARNING,
    "The translation ends with “{sign}”, the source with no such sign. Take it out.",
)
END_OTHER = declare(
    "message-end-other",
    Severity.WARNING,
    "The source ends with “{sign}”, the translation with “{other}”. Write “{right}” at the end.",
)
SIGN_OF_OTHER_SCRIPT = declare(
    "message-sign-of-other-script",
    Severity.WARNING,
    "“{sign}” is the sign of another script. Write “{right}”.",
)
OPENING_SIGN = declare(
    "message-opening-sign",
    Severity.WARNING,
    "“{sign}” has no “{right}” before it. Write “{right}” where the question or exclamation begins.",
)
SPACE_BEFORE_SIGN = declare(
    "message-space-before-sign",
    Severity.NOTE,
    "No space stands at “{sign}” in “{text}”. French writes one there that does not break.",
)
SPACE_AT_EDGE = declare(
    "message-space-at-edge",
    Severity.WARNING,
    "The translation begins or ends with a space that the source does not have. Take it out.",
)
SPACE_DOUBLED = declare(
    "message-space-doubled",
    Severity.WARNING,
    "Two spaces follow each other in “{text}”. Write one.",
)
WORD_DOUBLED = declare(
    "message-word-doubled",
    Severity.WARNING,
    "“{word}” stands there twice in a row. Write it once, unless both are meant.",
)
UNBALANCED = declare(
    "message-unbalanced",
    Severity.WARNING,
    "“{sign}” has no partner. Open and close brackets and quotation marks as the source does.",
)
IDENTICAL = declare(
    "message-identical",
    Severity.WARNING,
    "The translation is the source text, word for word. Translate it, unless it reads the same in both languages.",
)
MIXED_SCRIPTS = declare(
    "message-mixed-scripts",
    Severity.WARNING,
    "“{word}” mixes letters that look alike: “{letter}” is of another script than the rest of the word. Type the word"
    " again.",
)
INVISIBLE = declare(
    "message-invisible-character",
    Severity.WARNING,
    "An invisible character stands in “{text}”: {name} ({code}). Take it out, unless it is meant.",
)
LIKE_PLACEHOLDER = declare(
    "message-like-placeholder",
    Severity.WARNING,
    "“{found}” looks like a placeholder or a tag, and would be shown to learners as it is. Placeholders are written"
    " like those of the source, without spaces: <1>…</1>.",
)
TOO_LONG = declare(
    "message-much-longer",
    Severity.WARNING,
    "The translation has {percent} % of the length that is usual for this source. Look whether something else is in"
    " it.",
)
TOO_SHORT = declare(
    "message-much-shorter",
    Severity.WARNING,
    "The translation has {percent} % of the length that is usual for this source. Look whether something is missing.",
)
INCONSISTENT = declare(
    "message-translated-otherwise",
    Severity.WARNING,
    "The same source text is translated as “{other}” elsewhere in this course. Write the same, unless it means"
    " something else here.",
)

_OBJECT = "\ufffc"
"""What stands for a placeholder without words."""
_URL = re.compile(r"(?:https?://|www\.)[^\s<>\u3000-\u303f\uff00-\uff0f\ufffc]+", re.IGNORECASE)
_MAIL = re.compile(r"[A-Za-z0-9_.+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}")
_BEHIND_ADDRESS = ".,;:!?'\"’”»)]}…،؛؟"
_WORD = regex.compile(r"[\p{L}\p{M}]+(?:['’\u200c\u200d-][\p{L}\p{M}]+)*")
_LETTERS = regex.compile(r"[\p{L}\p{M}]+")
_REACH = 12
"""Characters to each side of a place, to show where it is."""
_MOST_TOLD = 20
"""Numbers, and addresses, that are looked into in one text: enough for people, and time stays linear."""

# Numbers
_SPELLED_UP_TO = 12
_OFTEN_SPELLED = frozenset({*range(_SPELLED_UP_TO + 1), *range(20, 101, 10), 1000})
_ROMAN = re.compile(r"(?<![A-Za-z])[IVXLC]+(?![A-Za-z])")
_HAN_NUMBER = re.compile(r"[〇一二三四五六七八九十百千万萬億亿兩两]")
_AFTERNOON = re.compile(r"[ap]\.?m\b", re.IGNORECASE)
_IS_NAMED = regex.compile(r"(?:\p{Lu}[\p{L}\p{M}]*|\bv|\bversions?)[ \u00a0._-]?$")
_LONGEST_NAME = 40

# Signs at the end
_STOP, _QUESTION, _EXCLAMATION, _ELLIPSIS, _COLON, _PAUSE = ".", "?", "!", "…", ":", ","
_ENDS = {
    sign: kind
    for kind, signs in {
        _STOP: ".。．｡।॥۔։።།༎",
        _QUESTION: "?？؟\u037e՞፧⁇⸮",
        _EXCLAMATION: "!！՜",
        _ELLIPSIS: "…⋯",
        _COLON: ":：፥፦",
        _PAUSE: ",;，、；،؛፣·-–—―~～",
    }.items()
    for sign in signs
}
_STRONGEST = (_QUESTION, _EXCLAMATION, _ELLIPSIS, _COLON, _STOP, _PAUSE)
_TONES = frozenset({_STOP, _EXCLAMATION, _ELLIPSIS})
_ENDS_OF_LANGUAGE = {"el": {";": _QUESTION}, "hy": {":": _STOP}}
_CLOSING = frozenset(" \t\r\n\u00a0\u202f\u2009'\"’”“»«›)]}」』）】》〉*_\u200e\u200f\u061c\u2069\u202c")
_SIGNS_OF_SCRIPT = {
    "Arab": {_QUESTION: "؟"},
    "Hans": {_STOP: "。", _QUESTION: "？", _EXCLAMATION: "！", _COLON: "：", _ELLIPSIS: "……"},
    "Jpan": {_STOP: "。", _QUESTION: "？", _EXCLAMATION: "！", _COLON: "："},
    "Armn": {_STOP: "։", _QUESTION: "՞", _EXCLAMATION: "՜"},
    "Ethi": {_STOP: "።"},
    "Grek": {_QUESTION: ";"},
}
_SIGNS_OF_SCRIPT["Hant"] = _SIGNS_OF_SCRIPT["Hans"]
_SIGNS_OF_LANGUAGE = {
    "ur": {_STOP: "۔"},
    **{language: {_STOP: "।"} for language in ("as", "bn", "hi", "ne", "or", "pa")},
}
_WITHOUT_STOPS = frozenset({"Thai", "Laoo", "Khmr", "Mymr", "Tibt", "Armn"})
"""Scripts whose sentences may end without any sign, or write it inside the last word."""
_ASKING = re.compile(r"[かのねな吗嗎呢么麼吧까요니나]$")
"""Words at the end that make a question without a sign."""

# Signs of another script, where they touch a letter of the script
_FOREIGN_SIGNS = {
    "Arab": (regex.compile(r"(?<=[\p{Arabic}\p{M}][»”\"')]?)[?,;](?!\d)"), {"?": "؟", ",": "،", ";": "؛"}),
    "Grek": (regex.compile(r"(?<=[\p{Greek}\p{M}])\?"), {"?": ";"}),
    "Hans": (regex.compile(r"(?<=\p{Han})(?:[?!,;:](?!\d)|\.$)"), dict(zip("?!,;:.", "？！，；：。", strict=True))),
}
_FOREIGN_SIGNS["Hant"] = _FOREIGN_SIGNS["Hans"]
_LANGUAGES_WITH_OPENING = frozenset({"es", "ast"})
_FRENCH_SIGN = regex.compile(r"(?<=\p{L})(?:[?!;»]|:(?=\s|$))|«(?=\p{L})")
_FRENCH_SIGNS = frozenset('?!;:«»“”"')

# Spaces, words, brackets
_TWO_SPACES = re.compile(r"(?<=\S)[ \u00a0]{2,}(?=\S)")
_LANGUAGES_WITHOUT_DOUBLES = {
    "en": frozenset({"had", "that", "bye", "very", "no", "so", "ha", "her", "do", "is", "in", "it", "on"}),
    "fr": frozenset({"nous", "vous", "bla", "non", "ha", "très", "en"}),
    "de": frozenset({"die", "das", "der", "den", "dem", "sie", "es", "ein", "nein", "so", "ja", "in", "was", "sich"}),
    "nl": frozenset({"die", "dat", "nee", "ja", "is", "zijn", "te"}),
    "es": frozenset({"no", "muy", "ja", "sí", "bla"}),
    "pt": frozenset({"não", "muito", "bla"}),
    "it": frozenset({"piano", "no", "via", "quasi", "mano", "man", "sotto", "poco", "così", "molto"}),
    "ca": frozenset({"no", "molt"}),
    "ru": frozenset({"что", "да", "нет", "очень", "чуть", "еле"}),
    "uk": frozenset({"що", "так", "ні", "дуже"}),
    "pl": frozenset({"nie", "bardzo", "się"}),
    "cs": frozenset({"ne", "velmi", "se"}),
    "sv": frozenset({"nej", "som", "det"}),
    "da": frozenset({"nej", "der", "det"}),
    "nb": frozenset({"nei", "det", "som"}),
    "el": frozenset({"σιγά", "όχι", "πολύ", "του", "της"}),
    "ar": frozenset({"لا", "شيئا", "رويدا", "جدا"}),
    "he": frozenset({"לא", "מאוד", "לאט"}),
}
"""Languages in which a word that stands there twice is a slip, and the words that are written so all the same. In most
others (Turkish, Hindi, Indonesian) doubling is grammar."""
_TANWIN = "\u064b"
"""Ends Arabic words that are doubled on purpose: one by one."""
_PAIRS = {")": "(", "]": "[", "}": "{", "】": "【", "》": "《", "」": "「", "』": "『"}
"""Closing brackets, and what opens them."""
_OPENING = frozenset(_PAIRS.values())
_SAME_BRACKETS = str.maketrans("（）", "()")
_POINTED = re.compile("[«»]")
_QUOTES = re.compile(r"[“”„‟]|(?<![\u0590-\u05ff])\"|\"(?![\u0590-\u05ff])")
_SMILEY = re.compile(r"[:;=]-?[()]")

# Letters and characters
_ALIKE = frozenset("aceopxyijsABCEHIJKMOPSTXYZасеорхуіјѕАВСЕНІЈКМОРЅТХУαικνορτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ")
_SCRIPTS_ALIKE = {name: regex.compile(rf"\p{{{name}}}") for name in ("Latin", "Cyrillic", "Greek")}
_LATIN = regex.compile(r"\p{Latin}")
_CYRILLIC_OR_GREEK = regex.compile(r"[\p{Cyrillic}\p{Greek}]")
_RIGHT_TO_LEFT = regex.compile(r"[\p{Arabic}\p{Hebrew}\p{Syriac}\p{Thaana}\p{Nko}\p{Adlam}]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufeff\ufff9-\ufffd\U000e0000-\U000e0fff]"
)
_DIRECTION_MARKS = frozenset("\u200e\u200f\u061c\u2066\u2067\u2068\u2069")
_JOINERS = frozenset("\u200c\u200d")
_FLAG = "\U0001f3f4"
_WITHOUT_JOINERS = regex.compile(r"[\p{Latin}\p{Cyrillic}\p{Greek}\p{Han}\p{Hebrew}\s]")
_WITHOUT_SPACES = regex.compile(r"[\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}\p{Han}\p{Hiragana}\p{Katakana}]")
_WELL_FORMED_MARK = re.compile(r"</?(?:a|img|field|math|code|var)?[0-9]{1,5}/?>")
_LIKE_MARK = regex.compile(
    r"[<＜‹〈]\s{0,3}/?\s{0,3}\p{L}{0,12}\s{0,3}\d{1,5}\s{0,3}/?\s{0,3}[>＞›〉]"
    r"|</?(?i:b|i|u|a|em|strong|br|p|span|code|sub|sup|img|li|ul|ol|div)(?:\s[^<>]{0,200})?/?>"
    r"|&(?:lt|gt|amp|nbsp|quot);"
)

# Length
_WIDTH = [
    (regex.compile(r"\p{Han}"), 2.9),
    (regex.compile(r"[\p{Hiragana}\p{Katakana}]"), 1.7),
    (regex.compile(r"\p{Hangul}"), 2.2),
    (regex.compile(r"[\p{Arabic}\p{Hebrew}\p{Syriac}]"), 1.25),
    (regex.compile(r"\p{Ethiopic}"), 1.8),
]
"""How many Latin letters a letter of a script stands for."""
_MOST_TIMES = 1.8
_LEAST_SHARE = 0.5
_MAY_ADD, _MAY_LEAVE = 24, 12
"""Letters by which a text may be longer or shorter, whatever the other's length."""


def check(
    source_text: str, target_text: str, *, kind: Kind = Kind.TEXT, source_language: str, language: str
) -> tuple[Issue, ...]:
    """What a translator should look at, errors first. With an error the translation must not be taken as it is."""
    issues = list(message.check(source_text, target_text, kind=kind))
    is_same_language = _base(source_language) == _base(language)
    is_unchanged = is_same_language and source_text == target_text
    if kind in OPTIONAL_KINDS or is_unchanged or any(issue.kind is message.BLANK for issue in issues):
        return tuple(issues)
    source, target = _as_words(source_text), _as_words(target_text)
    issues += _about_identity(source, target, is_same_language)
    issues += _about_numbers(source, target, source_language, language)
    issues += _about_links(source, target, language)
    issues += _about_the_end(source, target, kind, source_language, language)
    issues += _about_signs(source, target, language, is_same_language)
    issues += _about_spaces(source, target)
    issues += _about_words(source, target, language)
    issues += _about_brackets(source, target)
    issues += _about_characters(source_text, target_text, language)
    issues += _about_placeholders(source_text, target_text)
    issues += _about_length(source, target)
    return tuple(sorted(issues, key=lambda issue: issue.severity is not Severity.ERROR))


def inconsistent(source_text: str, target_text: str, others: Sequence[tuple[str, str]]) -> tuple[Issue, ...]:
    """A warning where the same source is translated otherwise in most places: `others` are the source and the current
    target of other messages in this language. Spaces, letter case and placeholders make no difference."""
    own, wanted = _comparable(target_text), _comparable(source_text)
    said = [target for source, target in others if _comparable(source) == wanted and words_of(target).strip()]
    counted = Counter(_comparable(target) for target in said)
    if not said or counted[own] >= max(counted.values()):
        return ()
    most = max(counted, key=lambda wording: counted[wording])
    return (INCONSISTENT.at(Place(), other=next(target for target in said if _comparable(target) == most)),)


def _base(language: str) -> str:
    return language.split("-")[0]


def _as_words(text: str) -> str:
    """A text without its placeholders; those that stand for something shown leave a character."""
    return "".join(
        part if isinstance(part, str) else _OBJECT if part.form is Form.ALONE else "" for part in split(text)
    )


def _comparable(text: str) -> str:
    return " ".join(words_of(text).split()).casefold()


def _without_addresses(text: str) -> str:
    return _MAIL.sub(_OBJECT, _URL.sub(_OBJECT, text))


# Identity


def _about_identity(source: str, target: str, is_same_language: bool) -> Iterator[Issue]:
    """Names, numbers, addresses and single words are often the same in two languages; phrases are not."""
    if is_same_language or source.strip() != target.strip():
        return
    words = _WORD.findall(_without_addresses(source))
    plain = [word for word in words if word == word.lower() and len(word) > 1]
    if len(plain) >= 2 or (plain and len(words) >= 4):
        yield IDENTICAL.at(Place())


# Numbers


def _about_numbers(source: str, target: str, source_language: str, language: str) -> Iterator[Issue]:
    """Each number of the source is to be there, in whatever digits. Of those that are not, each is told once."""
    source, target = _without_addresses(source), _without_addresses(target)
    wanted = {number.written: number for number in numbers(source, source_language)}
    if not wanted:
        return
    there = numbers(target, language)
    values = {value for number in there for value in number.values}
    by_digits = {number.digits: number for number in there}
    lost = []
    for number in wanted.values():
        if number.values & values:
            continue
        if number.digits not in by_digits:
            lost.append(number)
        elif not _is_name(source, number):
            yield from _about_form(number, by_digits[number.digits], language)
    others = _others(wanted.values(), there)[:_MOST_TOLD]
    yield from _about_lost(lost[:_MOST_TOLD], others, source, target)


def _is_name(text: str, number: Number) -> bool:
    """Whether a number is part of a name, such as Python 3.11."""
    return _IS_NAMED.search(text[max(0, number.start - _LONGEST_NAME) : number.start]) is not None


def _about_form(number: Number, there: Number, language: str) -> Iterator[Issue]:
    if len(number.values) == 1:
        right = written_in(next(iter(number.values)), language, there.written)
        if right is not None:
            yield NUMBER_FORM.at(Place(), number=there.written, right=right)


def _others(wanted: Collection[Number], there: Sequence[Number]) -> list[Number]:
    """The numbers of a translation that its source does not have."""
    values = {value for number in wanted for value in number.values}
    digits = {number.digits for number in wanted}
    return [number for number in there if not number.values & values and number.digits not in digits]


def _about_lost(lost: Sequence[Number], others: list[Number], source: str, target: str) -> Iterator[Issue]:
    """A small or round number may be there in words, unless there is another number that the source does not have."""
    unexplained = []
    for number in lost:
        same = next((other for other in others if _is_said_otherwise(number, other, source)), None)
        if same is not None:
            others.remove(same)
        elif not _may_be_in_letters(number, target):
            unexplained.append(number)
    for number in unexplained:
        if others:
            yield NUMBER_OTHER.at(Place(), number=number.written, other=others.pop(0).written)
        elif number.whole not in _OFTEN_SPELLED:
            yield NUMBER_LOST.at(Place(), number=number.written)


def _is_said_otherwise(number: Number, other: Number, source: str) -> bool:
    """Half past three in the afternoon is 15:30 elsewhere, and the 1990s are the years 90."""
    own, theirs = number.whole, other.whole
    if own is None or theirs is None:
        return False
    is_hour = abs(own - theirs) == 12 and max(own, theirs) <= 24 and _AFTERNOON.search(source) is not None
    return is_hour or (1000 <= own <= 2100 and own % 100 == theirs)


def _may_be_in_letters(number: Number, target: str) -> bool:
    """Roman or Chinese numerals."""
    if number.whole is None:
        return False
    return (number.whole <= 50 and _ROMAN.search(target) is not None) or _HAN_NUMBER.search(target) is not None


# Addresses in words


def _about_links(source: str, target: str, language: str) -> Iterator[Issue]:
    ours, theirs = _addresses(source), _addresses(target)
    lost = [address for address in ours if address not in theirs][:_MOST_TOLD]
    lost = [address for address in lost if address not in target]  # Chinese goes on without a space
    others = [address for address in theirs if address not in ours][:_MOST_TOLD]
    in_language = re.compile(rf"[/.=]{re.escape(_base(language))}(?:[-_/.&]|$)", re.IGNORECASE)
    for address in lost:
        same = next((other for other in others if "@" not in other and in_language.search(other)), None)
        if same is not None:
            others.remove(same)
        else:
            yield LINK_LOST.at(Place(), address=address)


def _addresses(text: str) -> dict[str, None]:
    """The web and mail addresses of a text, each once, in order."""
    found = (address for pattern in (_URL, _MAIL) for address in pattern.findall(text))
    return dict.fromkeys(address.rstrip(_BEHIND_ADDRESS) for address in found)


# Signs


def _about_the_end(source: str, target: str, kind: Kind, source_language: str, language: str) -> Iterator[Issue]:
    (ours, sign, _), (theirs, other, rest) = _end(source, source_language), _end(target, language)
    is_alike = _are_spoken_alike if kind is Kind.CAPTION else _are_written_alike
    script = languages.script(language)
    if ours in (theirs, _OBJECT, _PAUSE) or theirs == _OBJECT or is_alike(ours, theirs, rest, script):
        return
    if _kinds(sign, source_language) & _kinds(other, language):
        return
    if ours and ours == _end(rest, language)[0]:  # “… kind to us!” may end as « … ! ».
        return
    right = _sign_in(language, ours)
    if not theirs:
        yield END_MISSING.at(Place(), sign=sign, right=right)
    elif not ours:
        yield END_ADDED.at(Place(), sign=other)
    else:
        yield END_OTHER.at(Place(), sign=sign, other=other, right=right)


def _end(text: str, language: str) -> tuple[str, str, str]:
    """The kind of sign that a text ends with, behind brackets and quotation marks; the sign as it is written; and the
    text before it.

    The first two are empty for none; a placeholder at the end may hold any sign.
    """
    known = _known_ends(language)
    at = len(text)
    while at and text[at - 1] in _CLOSING:
        at -= 1
    start = at
    while start and text[start - 1] in known:
        start -= 1
    written, rest = text[start:at], text[:start]
    if not written:
        return _OBJECT if not rest or rest[-1] == _OBJECT else "", "", rest
    kinds = _kinds(written, language)
    return next(kind for kind in _STRONGEST if kind in kinds), written, rest


def _kinds(written: str, language: str) -> set[str]:
    """The kinds of several signs in a row; full stops in a row are an ellipsis."""
    known = _known_ends(language)
    kinds = Counter(known[sign] for sign in written)
    return {_ELLIPSIS if kind == _STOP and count > 1 else kind for kind, count in kinds.items()}


def _known_ends(language: str) -> Mapping[str, str]:
    return _ENDS | _ENDS_OF_LANGUAGE.get(_base(language), {})


def _are_written_alike(ours: str, theirs: str, rest: str, script: str) -> bool:
    """Whether another sign at the end is a matter of the script: some need none, and a word may ask by itself."""
    if ours == _QUESTION and theirs in ("", _STOP) and _ASKING.search(rest):
        return True
    return not theirs and script in _WITHOUT_STOPS


def _are_spoken_alike(ours: str, theirs: str, rest: str, script: str) -> bool:
    """The same of captions, which are often written without full stops, and where tone is the translator's to hear."""
    if not ours or (ours in _TONES and (theirs in _TONES or theirs == _PAUSE)):
        return True
    return (script == "Jpan" and ours in _TONES and not theirs) or _are_written_alike(ours, theirs, rest, script)


def _sign_in(language: str, kind: str) -> str:
    """How a language writes a sign."""
    signs = _SIGNS_OF_SCRIPT.get(languages.script(language), {}) | _SIGNS_OF_LANGUAGE.get(_base(language), {})
    return signs.get(kind, kind)


def _about_signs(source: str, target: str, language: str, is_same_language: bool) -> Iterator[Issue]:
    """Signs inside the text, as the language writes them. Of a kind, the first is told."""
    if is_same_language:
        return
    target = _LIKE_MARK.sub(" ", _without_addresses(target))
    yield from _about_foreign_signs(target, language)
    if _base(language) in _LANGUAGES_WITH_OPENING and not set("¿¡") & set(target):
        sign = next((sign for sign in target if sign in "?!"), None)
        if sign is not None:
            yield OPENING_SIGN.at(Place(), sign=sign, right="¿" if sign == "?" else "¡")
    if _base(language) == "fr" and language != "fr-CA" and _FRENCH_SIGNS & set(source):
        found = _FRENCH_SIGN.search(target)
        if found is not None:
            yield SPACE_BEFORE_SIGN.at(Place(), sign=found[0], text=_around(target, found.start()))


def _about_foreign_signs(target: str, language: str) -> Iterator[Issue]:
    known = _FOREIGN_SIGNS.get(languages.script(language))
    if known is not None:
        pattern, right = known
        found = pattern.search(target)
        if found is not None:
            yield SIGN_OF_OTHER_SCRIPT.at(Place(), sign=found[0], right=right[found[0]])


# Spaces, words, brackets


def _about_spaces(source: str, target: str) -> Iterator[Issue]:
    begins = target != target.lstrip() and source == source.lstrip()
    if begins or (target != target.rstrip() and source == source.rstrip()):
        yield SPACE_AT_EDGE.at(Place())
    found = _TWO_SPACES.search(target)
    if found is not None and not _TWO_SPACES.search(source):
        yield SPACE_DOUBLED.at(Place(), text=_around(target, found.start()))


def _about_words(source: str, target: str, language: str) -> Iterator[Issue]:
    exceptions = _LANGUAGES_WITHOUT_DOUBLES.get(_base(language))
    if exceptions is None or next(_doubled(source), None) is not None:
        return
    for word in _doubled(target):
        if word.casefold() not in exceptions:
            yield WORD_DOUBLED.at(Place(), word=word)
            return


def _doubled(text: str) -> Iterator[str]:
    """Words that stand there twice with nothing but space between. A name may: Baden Baden."""
    before, end = "", 0
    for found in _WORD.finditer(text):
        word = found[0]
        is_name = word[0].isupper() and before[:1].isupper()
        is_double = len(word) > 1 and word.casefold() == before.casefold() and text[end : found.start()].isspace()
        if is_double and not is_name and _TANWIN not in word:
            yield word
        before, end = word, found.end()


def _about_brackets(source: str, target: str) -> Iterator[Issue]:
    if _unpaired(source) is None:
        sign = _unpaired(target)
        if sign is not None:
            yield UNBALANCED.at(Place(), sign=sign)


def _unpaired(text: str) -> str | None:
    """The first bracket or quotation mark without a partner. Quotation marks of a shape have to be even in number,
    since languages open and close with different ones."""
    waiting: list[str] = []
    for sign in _SMILEY.sub("", text.translate(_SAME_BRACKETS)):
        if sign in _OPENING:
            waiting.append(sign)
        elif sign in _PAIRS:
            if not waiting or waiting[-1] != _PAIRS[sign]:
                return sign
            waiting.pop()
    if waiting:
        return waiting[0]
    for marks in (_QUOTES.findall(text), _POINTED.findall(text)):
        if len(marks) % 2:
            return str(marks[-1])
    return None


# Letters and characters


def _about_characters(source_text: str, target_text: str, language: str) -> Iterator[Issue]:
    yield from _about_scripts(source_text, target_text)
    meant = set(source_text)
    may_turn = languages.direction(language) == "rtl" or _RIGHT_TO_LEFT.search(target_text) is not None
    for found in _UNSEEN.finditer(target_text):
        unseen = found[0]
        if unseen not in meant and not _is_useful(target_text, found.start(), may_turn):
            name = unicodedata.name(unseen, "CONTROL CHARACTER")
            around = _around(target_text, found.start())
            yield INVISIBLE.at(Place(), name=name, code=f"U+{ord(unseen):04X}", text=around)
            return


def _about_scripts(source: str, target: str) -> Iterator[Issue]:
    if not _LATIN.search(target) or not _CYRILLIC_OR_GREEK.search(target):
        return
    known = set(_LETTERS.findall(source))
    for word in _LETTERS.findall(target):
        letter = _strange_letter(word)
        if letter and word not in known:
            yield MIXED_SCRIPTS.at(Place(), word=word, letter=letter)
            return


def _strange_letter(word: str) -> str:
    """A letter of another script than most of the word's, if each such letter looks like one of the word's script."""
    by_script = {name: pattern.findall(word) for name, pattern in _SCRIPTS_ALIKE.items()}
    most, *others = sorted(by_script.values(), key=len, reverse=True)
    strange = [letter for letters in others for letter in letters]
    is_slip = 0 < len(strange) < len(most) and _ALIKE.issuperset(strange)
    return strange[0] if is_slip else ""


def _is_useful(text: str, at: int, may_turn: bool) -> bool:
    """Whether an invisible character does something where it stands."""
    unseen, before, behind = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if unseen in _DIRECTION_MARKS:
        return may_turn
    if unseen in _JOINERS:
        return not (_WITHOUT_JOINERS.match(before) or _WITHOUT_JOINERS.match(behind) or not before or not behind)
    if unseen == "\u200b":
        return bool(_WITHOUT_SPACES.match(before) or _WITHOUT_SPACES.match(behind))
    return unseen == "\u2060" or (unseen >= "\U000e0000" and _FLAG in text)


def _around(text: str, at: int) -> str:
    """What a reader sees around a place, to find it by."""
    return _UNSEEN.sub("", text[max(0, at - _REACH) : at + _REACH]).strip()


def _about_placeholders(source_text: str, target_text: str) -> Iterator[Issue]:
    known = set(_LIKE_MARK.findall(source_text))
    for found in _LIKE_MARK.finditer(target_text):
        if found[0] not in known and not _WELL_FORMED_MARK.fullmatch(found[0]):
            yield LIKE_PLACEHOLDER.at(Place(), found=found[0])
            return


# Length


def _about_length(source: str, target: str) -> Iterator[Issue]:
    """By far more or less than languages differ in, for long texts."""
    usual, length = _width(source), _width(target)
    if not usual:
        return
    percent = round(100 * length / usual)
    if length > usual * _MOST_TIMES + _MAY_ADD:
        yield TOO_LONG.at(Place(), percent=percent)
    elif length < usual * _LEAST_SHARE - _MAY_LEAVE:
        yield TOO_SHORT.at(Place(), percent=percent)


def _width(text: str) -> float:
    """A text's length in Latin letters."""
    return len(text) + sum((letters - 1) * len(pattern.findall(text)) for pattern, letters in _WIDTH)
