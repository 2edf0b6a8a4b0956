"""Several texts as one piece of HTML, whatever a machine makes of the paragraphs."""

import re

from polylect_web.machine.paragraphs import translated


def test_texts_go_together_as_paragraphs() -> None:
    asked: list[str] = []

    def loud(html: str) -> str:
        asked.append(html)
        return html.replace("a", "A")

    assert translated(["a", "b\nc", ""], loud) == ["A", "b\nc", ""]
    assert asked == ["<p>a</p>\n<p>b\nc</p>\n<p></p>"]


def test_where_paragraphs_run_together_texts_go_one_by_one() -> None:
    def joining(html: str) -> str:
        return re.sub(r"</p>\s*<p>", " ", html)

    assert translated(["a", "b"], joining) == ["a", "b"]


def test_where_not_even_one_comes_back_there_is_nothing() -> None:
    assert translated(["a", "b"], lambda html: "sorry") == ["", ""]
