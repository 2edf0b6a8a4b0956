"""Cleaning of author HTML, from text cases, and what holds for any text whatever."""

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import document_fromstring

from polylect.issues import Place
from polylect_web.foundation.clean import LONGEST_HTML, clean

CASES = Path(__file__).parents[2] / "cases" / "clean" / "fragments.txt"

MARKUP = """
<p> </p> <b> </b> <ul> <li> </ul> <br> <table> <tr> <td> </table> <math> <mi> </math> <mtext> </a> text &lt; &
< <!-- --> <script> </script> <style> </style> <svg> </svg> <foreignobject> <form> </form> <select> <option>
<textarea> </textarea> <noscript> </noscript> <title> </title> <template> <plaintext> <xmp> <html> </body>
</html> <frameset> <video> </video> </iframe> </div> <annotation-xml~encoding='text/html'>
<div~class='x~case'~id=i> <a~href='https://e.org'> <img~src='//e.org/a'> <img~src=a~onerror=x>
<a~href='javascript:x'> <iframe~src=x> <body~onload=x> <source~src='https://e.org/v'> <object~data=x>
<p~style='x'~onclick='x'> \0
"""
PIECES = st.sampled_from(MARKUP.split()).map(lambda piece: piece.replace("~", " "))
ANYTHING = st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=14).map("".join) | st.text(max_size=60)


def load_cases() -> list[tuple[str, dict[str, str]]]:
    cases = []
    for part in re.split(r"^===== ", CASES.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        title, _, rest = part.partition("\n")
        pieces = re.split(r"^--- (\S+)\n", rest, flags=re.MULTILINE)[1:]
        cases.append((title, {name: text.strip("\n") for name, text in zip(pieces[::2], pieces[1::2], strict=True)}))
    return cases


@pytest.mark.parametrize(("case"), [pytest.param(case, id=title) for title, case in load_cases()])
def test_the_case_is_cleaned_as_it_says(case: dict[str, str]) -> None:
    html, issues = clean(case["given"], Place("unit.html", 3))
    told = "\n".join(f"{issue.code}: {issue.params['found']}" for issue in issues)
    assert (html, told) == (case["clean"], case["issues"])


@pytest.mark.parametrize(("case"), [pytest.param(case, id=title) for title, case in load_cases()])
def test_what_is_clean_stays_as_it_is(case: dict[str, str]) -> None:
    assert clean(case["clean"]) == (case["clean"], ())


def test_issues_say_where() -> None:
    (issue,) = clean("<script>x</script>", Place("unit.html", 3, "intro"))[1]
    assert str(issue) == "unit.html:3 (intro): Scripts do not run here and were left out: script."


def test_a_text_that_is_far_too_long_is_told_and_not_shown() -> None:
    html, issues = clean("<b>x</b>" * LONGEST_HTML)
    assert (html, [issue.code for issue in issues]) == ("", ["clean-too-long"])


def test_an_element_may_have_any_number_of_attributes() -> None:
    start = time.process_time()
    html, _issues = clean("<p title='&#1;x' " + " ".join(f"a{number}=1" for number in range(20_000)) + ">y</p>")
    assert html == '<p title="x">y</p>'
    assert time.process_time() - start < 10


def test_a_text_that_is_nested_too_deep_is_told() -> None:
    html, issues = clean("<div>" * 5000 + "deep")
    assert [issue.code for issue in issues] == ["clean-depth"]
    assert len(html) < 5000 * len("<div></div>")


@given(ANYTHING)
def test_nothing_runs_or_loads_whatever_was_written(text: str) -> None:
    html, _ = clean(text)
    for element in document_fromstring(f"<div>{html}</div>").iter():
        assert element.tag not in {
            "script",
            "style",
            "iframe",
            "object",
            "form",
            "input",
            "link",
            "base",
            "svg",
            "template",
        }
        assert not [name for name in element.attrib if name.startswith("on") or name == "style"]
        assert not re.match(r"\s*(?:javascript|https?|//)", element.get("src", ""))
        assert not re.match(r"\s*javascript", element.get("href", ""))


@given(
    st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc"))).filter(
        lambda text: "<" not in text and "&" not in text and not text.startswith("\ufeff")  # which marks a byte order
    )
)
def test_plain_text_is_kept_to_the_letter(text: str) -> None:
    html, issues = clean(text)
    assert (html.replace("&gt;", ">").replace("&nbsp;", "\xa0"), issues) == (text, ())
