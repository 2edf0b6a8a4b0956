"""Exercises written in the plain-text form: what is written says the same; what has no words is named."""

import tarfile
from collections.abc import Iterator
from html import escape
from pathlib import Path

import markdown_pairs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from library.exercises.strategies import problems
from polylect import exercises
from polylect.exercises import Exercise, plaintext
from polylect.exercises.plaintext import folded

CASES = Path(__file__).parents[2] / "cases" / "exercises" / "plaintext_written.txt"
COURSES = ("demo-content-library", "demo-course", "kitchen-sink", "supported-components")


def read_cases() -> list[tuple[str, str, str, list[str]]]:
    """Title, XML, text and issues of each case."""
    cases = []
    for case in CASES.read_text("utf-8").split("\n===== ")[1:]:
        title, _, rest = case.partition("\n")
        rest, _, issues = rest.partition("--- issues\n")
        xml, _, text = rest.partition("--- text\n")
        cases.append((title, xml, text.strip("\n"), issues.split("\n")))
    return cases


def says_the_same(text: str, exercise: Exercise) -> bool:
    return folded(plaintext.read(text)[0]) == folded(exercise.xml)


@pytest.mark.parametrize(("title", "xml", "text", "issues"), read_cases(), ids=[case[0] for case in read_cases()])
def test_xml_is_written_as_an_author_would(title: str, xml: str, text: str, issues: list[str]) -> None:
    exercise = exercises.parse(xml)[0]
    written, found = plaintext.write(exercise, "problem.xml")
    assert [f"{issue.code} at {issue.place.line}: {issue.params['found']}" for issue in found] == [
        issue for issue in issues if issue
    ]
    assert (written or "").strip("\n") == text
    assert written is None or says_the_same(written, exercise)


@settings(max_examples=150)
@given(problems())
def test_any_exercise_is_written_as_what_it_is_or_an_issue_says_why_not(exercise: Exercise) -> None:
    text, issues = plaintext.write(exercise)
    assert (text is None) == bool(issues)
    assert text is None or says_the_same(text, exercise)


words = st.text(st.sampled_from("ab=x |([{}])<>&\"':,;-+~!@$^*?\\5é\u00a0\u2003漢"), min_size=1, max_size=9).filter(
    lambda text: text.strip(" ")
)
marks = st.sampled_from(
    ["[[a]]", "{{a}}", ">>a<<", "||a||", "[explanation]", "[code]", "---", "===", "(x) a", "[x] a", "= 5", "or= 5",
     "s= a", "not= a", "<b>", "&lt;", "((A B))", "selected: a", "+-", "[/code]", "((a)) b", "}} ", "(a", "b)", "[1,2)",
     "::"]
)  # fmt: skip
texts = words | marks | st.tuples(words, marks).map("".join) | st.tuples(marks, words).map("".join)
htmls = st.lists(
    texts.map(escape) | texts.map(lambda text: f"<b>{escape(text)}</b>"),
    min_size=1,
    max_size=3,
).map("".join)
numbers = st.sampled_from(["5", "-1.5", "1e3", ".5", "5*2", "1,000", "5%", "2*pi", "[1,5)", "(1,2]", "5 apples", "1 0"])


@st.composite
def remarks(draw: st.DrawFn, tag: str, attributes: str = "") -> str:
    label = draw(st.none() | texts)
    labelled = "" if label is None else f' label="{escape(label)}"'
    return f"<{tag}{attributes}{labelled}>{draw(htmls)}</{tag}>"


@st.composite
def choices(draw: st.DrawFn) -> str:
    shuffle = draw(st.sampled_from(["", ' shuffle="true"']))
    marks = st.sampled_from(['correct="true"', 'correct="false"', 'correct="false" fixed="true"'])
    written = [
        f"<choice {draw(marks)}>{draw(htmls)}{draw(st.just('') | remarks('choicehint'))}</choice>"
        for _ in range(draw(st.integers(1, 3)))
    ]
    return f'<choicegroup type="MultipleChoice"{shuffle}>{"".join(written)}</choicegroup>'


@st.composite
def checks(draw: st.DrawFn) -> str:
    written = []
    for _ in range(draw(st.integers(1, 3))):
        hints = [f'<choicehint selected="{selected}">{draw(htmls)}</choicehint>' for selected in ("true", "false")]
        said = "".join(hint for hint in hints if draw(st.booleans()))
        written.append(f'<choice correct="{draw(st.sampled_from(["true", "false"]))}">{draw(htmls)}{said}</choice>')
    compound = draw(st.just("") | htmls.map(lambda html: f'<compoundhint value="A B">{html}</compoundhint>'))
    return f"<checkboxgroup>{''.join(written)}{compound}</checkboxgroup>"


@st.composite
def dropdowns(draw: st.DrawFn) -> str:
    if draw(st.booleans()):
        options = draw(st.lists(texts.filter(lambda text: "'" not in text), min_size=1, max_size=3))
        listed = ",".join(f"'{option}'" for option in options)
        right = draw(st.sampled_from(["", *options]))
        return f'<optioninput options="({escape(listed)})" correct="{escape(right)}"/>'
    written = [
        f'<option correct="{draw(st.sampled_from(["True", "False"]))}">{draw(htmls)}'
        f"{draw(st.just('') | remarks('optionhint'))}</option>"
        for _ in range(draw(st.integers(1, 3)))
    ]
    return f"<optioninput>{''.join(written)}</optioninput>"


@st.composite
def questions(draw: st.DrawFn) -> str:
    tag = draw(st.sampled_from(["multiplechoice", "choice", "option", "numerical", "string"])) + "response"
    attributes = ""
    if tag == "numericalresponse":
        attributes = f' answer="{draw(numbers.filter(lambda text: text != "5 apples"))}"'
        tolerance = draw(st.sampled_from(["", '<responseparam type="tolerance" default="5%"/>']))
        further = "".join(
            f'<additional_answer answer="{draw(st.sampled_from(["6", "1e3", "-.5"]))}"/>' for _ in range(2)
        )
        if "[" in attributes or "(" in attributes:
            tolerance = ""
        core = f"{tolerance}{further}<formulaequationinput/>{draw(st.just('') | remarks('correcthint'))}"
    elif tag == "stringresponse":
        kind = draw(st.sampled_from(["ci", "ci regexp"]))
        attributes = f' answer="{escape(draw(texts | numbers))}" type="{kind}"'
        core = draw(st.just("") | remarks("correcthint"))
        for _ in range(draw(st.integers(0, 2))):
            answer = escape(draw(texts))
            also = (
                f'<additional_answer answer="{answer}">{draw(st.just("") | remarks("correcthint"))}</additional_answer>'
            )
            core += draw(st.just(also) | remarks("stringequalhint", f' answer="{answer}"'))
        core += '<textline size="20"/>'
    else:
        core = draw({"multiplechoiceresponse": choices(), "choiceresponse": checks()}.get(tag, dropdowns()))
    before, after = (draw(prose()) if draw(st.booleans()) else "" for _ in range(2))
    return f"<{tag}{attributes}>{before}{core}{after}</{tag}>"


@st.composite
def prose(draw: st.DrawFn) -> str:
    html, tip = draw(htmls), draw(htmls)
    return draw(
        st.sampled_from(
            [
                f"<p>{html}</p>",
                f"<label>{html}</label>",
                f"<label>{html}</label><description>{tip}</description>",
                f'<h3 class="hd hd-2 problem-header">{html}</h3>',
                f'<solution><div class="detailed-solution"><p>Explanation</p><p>{html}</p></div></solution>',
                f"<div><p>{html}</p> {tip}</div>",
                f"<pre><code>{html}\n</code></pre>",
                f"<pre>{html}\n  (x) {tip}\n</pre>",
                "<script>x = [[1, 2]]\n---\n= 5</script>",
                "<p/>",
            ]
        )
    )


@st.composite
def sayable(draw: st.DrawFn) -> Exercise:
    """An exercise that uses only what the form has words for, with texts that look like its marks."""
    items = draw(st.lists(questions() | prose(), max_size=4))
    hints = "".join(f"<hint>{html}</hint>" for html in draw(st.lists(htmls, max_size=2)))
    end = f"<demandhint>{hints}</demandhint>" if hints else ""
    return exercises.parse(f"<problem>{''.join(items)}{end}</problem>")[0]


@settings(max_examples=300)
@given(sayable())
def test_what_the_form_has_words_for_is_always_written(exercise: Exercise) -> None:
    text, issues = plaintext.write(exercise)
    assert text is not None, (exercise.xml, issues)
    assert says_the_same(text, exercise)


@given(st.text(max_size=200))
def test_no_xml_breaks_the_writer(xml: str) -> None:
    assert plaintext.write(Exercise(xml))[1]


@pytest.mark.shared
def test_all_that_open_edx_makes_of_plain_text_is_written_back(shared: Path) -> None:
    pairs = [row for row in markdown_pairs.rows(shared / "capa" / "markdown_olx.jsonl.gz") if row["olx_wellformed"]]
    assert markdown_pairs.written_back(pairs) == (len(pairs), len(pairs), [])


@pytest.mark.shared
def test_more_than_half_of_the_problems_in_real_courses_can_be_said(shared: Path) -> None:
    found = [plaintext.write(exercise) for exercise in real_exercises(shared / "courses")]
    assert len(found) > 80
    assert sum(text is not None for text, _ in found) >= 53
    assert all(issues for text, issues in found if text is None)


def real_exercises(courses: Path) -> Iterator[Exercise]:
    for name in COURSES:
        with tarfile.open(courses / f"{name}.tar.gz") as archive:
            for member in archive:
                file = archive.extractfile(member) if member.name.endswith(".xml") else None
                xml = file.read().decode() if file else ""
                if "<problem" in xml and etree.fromstring(xml.encode()).tag == "problem":
                    yield exercises.parse(xml)[0]
