"""Learn where sentences end in what people write: writes `src/polylect/captions/data/written-ends.json`.

    .venv/bin/python tools/train_written_ends.py FOLDER

FOLDER holds the pages of a book in English, `usr/share/doc/rust-doc/html/book` in the package as it was fetched and
unpacked (`apt-get download rust-doc=1.63.0+dfsg1-2`, `dpkg-deb -x`): The Rust Programming Language by Steve Klabnik and
Carol Nichols, with contributions from the Rust Community, MIT or Apache-2.0, of which Apache-2.0 was chosen. It talks
to its readers, as who explains something does.

Of each place between two words, the words around it say whether a sentence ends there, marks and capitals aside. Kept
is how much each of them says: the weights of a logistic regression, held near zero. `tools/train_caption_ends.py`
learns from captions how much that is worth where people speak. The same book gives the same file.
"""

import argparse
import re
from array import array
from collections.abc import Iterator, Sequence
from functools import partial
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
from train_caption_ends import logistic_loss, minimum
from train_captions import DATA, write

from polylect.captions import wording

LANGUAGE = "en"
HOLD = 1.0
"""How strongly weights are held near zero."""

SEEN_MIN, WEIGHT_MIN = 2, 0.2
"""What was seen less often, or says less, teaches nothing."""

LENGTH_MIN = 30
"""Characters of a paragraph: shorter ones are labels."""

_PARAGRAPHS, _CODE = ("p", "li", "dd"), ("pre", "script", "style", "table", "nav")
_END = re.compile(r"(?<=[.?!])[\"”)]*\s+(?=[\"“(]?[A-Z0-9])")
_SHORT = re.compile(r".*\b(?:e\.g|i\.e|etc|vs)\.")


def main() -> None:
    parser = argparse.ArgumentParser(description="Learn where sentences end in what people write.")
    parser.add_argument("folder", type=Path)
    paragraphs = list(_paragraphs(parser.parse_args().folder))
    write(DATA / "written-ends.json", _weights(paragraphs))


class _Page(HTMLParser):
    """The paragraphs of a page, without its code."""

    def __init__(self) -> None:
        super().__init__()
        self.paragraphs: list[str] = []
        self._text = ""
        self._is_text = False
        self._code = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in _PARAGRAPHS:
            self._finish()
            self._is_text = True
        self._code += tag in _CODE

    def handle_endtag(self, tag: str) -> None:
        if tag in _PARAGRAPHS:
            self._finish()
        self._code -= tag in _CODE

    def handle_data(self, data: str) -> None:
        if self._is_text and not self._code:
            self._text += data

    def _finish(self) -> None:
        text = " ".join(self._text.split())
        if len(text) > LENGTH_MIN and text[-1] in ".?!:":
            self.paragraphs.append(text)
        self._text, self._is_text = "", False


def _paragraphs(folder: Path) -> Iterator[list[list[str]]]:
    """Each paragraph once, as sentences of words. The page for printing has them all again."""
    known = set()
    for path in sorted(folder.glob("*.html")):
        page = _Page()
        page.feed(path.read_text("utf-8"))
        for text in page.paragraphs:
            if text not in known:
                known.add(text)
                sentences = (wording.words(part) for part in _END.split(text) if not _SHORT.fullmatch(part))
                yield [words for words in sentences if words]


def _weights(paragraphs: Sequence[list[list[str]]]) -> dict[str, float]:
    names: dict[str, int] = {}
    columns, lengths, truths = array("i"), array("i"), array("d")
    for sentences in paragraphs:
        words = [word for sentence in sentences for word in sentence]
        ends = set(np.cumsum([len(sentence) for sentence in sentences]).tolist())
        for place in range(1, len(words)):
            around = wording.around(
                LANGUAGE, words[max(0, place - wording.NEAR) : place], words[place:][: wording.NEAR]
            )
            columns.extend(names.setdefault(name, len(names)) for name in ["always", *around])
            lengths.append(1 + len(around))
            truths.append(place in ends)
    rows = np.repeat(np.arange(len(lengths)), lengths)
    seen = np.bincount(columns, minlength=len(names))
    is_kept = seen[columns] >= SEEN_MIN
    kept, held = np.array(columns)[is_kept], rows[is_kept]
    loss = partial(logistic_loss, kept, held, np.array(truths), HOLD)
    weights = zip(names, minimum(loss, np.zeros(len(names))).tolist(), strict=True)
    return {name: round(weight, 1) for name, weight in weights if abs(weight) >= WEIGHT_MIN}


if __name__ == "__main__":
    main()
