"""Scripts of authors: what runs them, and how their variables come into texts.

A script (`<script type="loncapa/python">`) is Python that its author wrote. It runs elsewhere, behind `Runner`, once
for a content and a seed; what it leaves are variables, and `$name` in any text or attribute of the exercise stands for
one. Nothing of it is trusted: a variable is text, never markup, never a number before a kind has read it as one.
"""

import ast
import re
import warnings
from collections.abc import Collection, Iterator, Mapping
from typing import Protocol

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

STAND_IN = "1"
"""What every variable counts as while nobody has run the script: enough to find the texts and the fields."""

_SENTENCE = re.compile(r"[^\W\d_]\s+\S*[^\W\d_]")
"""Two words in a row."""
_NAME = re.compile(r"\$([A-Za-z_]\w*)", re.ASCII)


class ScriptFailed(Exception):
    """An author's script did not come to its end. `sentence` says why, in English and for authors; `is_limit`: it took
    more time, memory or output than there is."""

    def __init__(self, sentence: str, *, is_limit: bool = False) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.is_limit = is_limit


class Runner(Protocol):
    """Runs author scripts elsewhere: another process, no network, no files, limits on everything."""

    @property
    def engine(self) -> str:
        """What makes the values, such as `cpython-3.11/1`: another name, where the same script may give others."""
        ...

    def run(
        self,
        code: str,
        seed: int,
        given: Mapping[str, Json] | None = None,
        wanted: Collection[str] | None = None,
    ) -> Mapping[str, Json]:
        """Runs Python with these names given, and gives the wanted global names it left; without `wanted`, all whose
        values can be written as JSON. The same for the same arguments. Raises ScriptFailed."""
        ...


def is_open(text: str) -> bool:
    """Whether a variable may stand in the text."""
    return "$" in text and _NAME.search(text) is not None


def filled(text: str, variables: Mapping[str, str] | None) -> str:
    """The text with each `$name` replaced by that variable, the longest name that fits first, as Open edX does it:
    names that are no variables stay. Without variables each name is the stand-in."""
    if "$" not in text:
        return text
    if variables is None:
        return _NAME.sub(STAND_IN, text)
    return _NAME.sub(lambda found: _longest(found[1], variables), text)


def said_texts(code: str) -> tuple[str, ...]:
    """The sentences that stand in a script as plain string constants, in order and each once: what it may say to a
    learner. A single word is none, and neither is what documents a function. The script is read, never run."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an author's "\\d" is no news to anybody here
            tree = ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()
    sentences = sorted((line, column, text.strip()) for line, column, text in _constants(tree))
    return tuple(dict.fromkeys(text for _, _, text in sentences if _SENTENCE.search(text)))


def as_text(value: Json) -> str:
    """A value as a text shows it: what Python's `str` gives, without NUL, which no page and no database keeps."""
    return str(value).replace("\0", "")


def _constants(tree: ast.AST) -> Iterator[tuple[int, int, str]]:
    """The strings of a program, with their lines and columns: without those that are statements of their own, as what
    documents a function is, and without the pieces of f-strings."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Constant):
            if isinstance(node.value, str):
                yield node.lineno, node.col_offset, node.value
        elif isinstance(node, ast.JoinedStr):
            waiting += [part for part in node.values if not isinstance(part, ast.Constant)]
        elif not isinstance(node, ast.Expr):
            waiting += ast.iter_child_nodes(node)
        elif not isinstance(node.value, ast.Constant):
            waiting.append(node.value)


def _longest(name: str, variables: Mapping[str, str]) -> str:
    for end in range(len(name), 0, -1):
        if name[:end] in variables:
            return variables[name[:end]] + name[end:]
    return f"${name}"
