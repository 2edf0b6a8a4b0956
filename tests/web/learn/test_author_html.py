"""What becomes of author HTML on its way into a page."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylect_web.learn.author_html import for_page
from polylect_web.learn.mathml import with_mathml


def test_tex_becomes_mathml_in_a_line_and_on_lines_of_its_own() -> None:
    assert "<msup><mi>x</mi><mn>2</mn></msup>" in for_page(r"<p>The area is \(x^2\).</p>")
    assert 'display="block"' in for_page(r"\[ \frac{1}{2} \]")
    assert "<mi>y</mi>" in for_page("[mathjaxinline]y[/mathjaxinline]")


def test_tex_that_cannot_be_read_stays() -> None:
    assert r"\(\frac{\)" in for_page(r"<p>\(\frac{\)</p>")


def test_tex_brings_no_scripts_in() -> None:
    html = for_page(r"\(\text{&lt;script&gt;alert(1)&lt;/script&gt;} \href{javascript:alert(1)}{x}\)")
    assert "script" not in html.replace("mscripts", "")


def test_tex_in_an_attribute_stays_as_it_is() -> None:
    html = r'<img src="/a.png" alt="\(x\) onerror=alert(1) \(y\)">'
    assert for_page(html) == html


def test_tex_ends_where_it_was_opened() -> None:
    html = for_page(r"<p>\(a\) and \(\begin{matrix} 1 \\[2pt] 2 \end{matrix}\), \(open</p><p>\) here</p>")
    assert html.count("<math") == 2
    assert r"\(open</p>" in html


@pytest.mark.parametrize("opened", [r"\(", r"\[", "[mathjax]", r"\(<b>x</b>", r"\(\["])
def test_marks_without_end_take_no_time(opened: str) -> None:
    start = time.process_time()
    for_page(opened * 30_000)
    assert time.process_time() - start < 5  # a square would take a minute


def test_a_table_scrolls_in_a_frame_that_takes_the_focus() -> None:
    html = for_page("<table><tr><td>1</td></tr></table>")
    assert html.startswith('<div class="table-frame" tabindex="0"><table>')


def test_cases_stand_side_by_side_each_under_its_heading() -> None:
    html = for_page('<div class="cases"><h3>A</h3><p>One.</p><h3>B</h3><p>Two.</p></div>')
    assert html == (
        '<div class="cases"><div class="case"><h3>A</h3><p>One.</p></div>'
        '<div class="case"><h3>B</h3><p>Two.</p></div></div>'
    )


@given(st.text(alphabet=r"\()[]{}^_&xy12<>frac$", max_size=40))
def test_no_tex_breaks_a_page(tex: str) -> None:
    with_mathml(rf"\({tex}\) \[{tex}\]")
