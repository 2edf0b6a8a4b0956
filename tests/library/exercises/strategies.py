"""Random exercises, of every kind, and random answers to them. Texts are short, and hold what markup is made of."""

from html import escape

from hypothesis import strategies as st

from polylect import exercises
from polylect.exercises import Exercise

texts = st.text(st.sampled_from("abc xyz<>&\"'{}[]()é漢ا\u00a0,;"), max_size=12)
words = st.text(st.sampled_from("abcdé漢"), min_size=1, max_size=6)
numbers = st.integers(-99, 99).map(str) | st.sampled_from(
    ["0.5", "1e3", "[1,5)", "2*3", "5%", "x", "", "inf", "nan", "1+2j", "(1,1)", "[inf,nan]"]
)
truths = st.sampled_from(["true", "True", "false", "partial", ""])


@st.composite
def options(draw: st.DrawFn, hint: str) -> str:
    hints = draw(st.sampled_from(["", f"<{hint}>why</{hint}>", f'<{hint} label="So" selected="true">w</{hint}>']))
    name = draw(st.sampled_from(["", ' name="a"', ' name="b"', ' fixed="true"']))
    return f'correct="{draw(truths)}"{name}>{escape(draw(texts))}{hints}'


@st.composite
def questions(draw: st.DrawFn) -> str:
    """The XML of one question of some kind, well or badly written."""
    label = draw(st.sampled_from(["", "<label>L</label>", "<label>L</label><description>D</description>"]))
    count = draw(st.integers(0, 4))
    choices = "".join(f"<choice {draw(options('choicehint'))}</choice>" for _ in range(count))
    listed = "".join(f"<option {draw(options('optionhint'))}</option>" for _ in range(count))
    scheme = draw(
        st.sampled_from(["", ' partial_credit="points"', ' partial_credit="EDC"', ' partial_credit="halves"'])
    )
    drawn = draw(st.sampled_from(["", ' shuffle="true"', ' answer-pool="2"', ' points="3"']))
    accepted = escape(draw(words))
    credit = f'default="{draw(numbers)}" partial_answers="{draw(numbers)}"'
    return draw(
        st.sampled_from(
            [
                f'<numericalresponse answer="{draw(numbers)}" partial_credit="list,close">'
                f'<responseparam type="tolerance" {credit}/><textline/></numericalresponse>',
                f"<multiplechoiceresponse{scheme}>{label}<choicegroup{drawn}>{choices}</choicegroup></multiplechoiceresponse>",
                f"<choiceresponse{scheme}>{label}<checkboxgroup>{choices}</checkboxgroup></choiceresponse>",
                f"<optionresponse>{label}<optioninput>{listed}</optioninput></optionresponse>",
                f"<optionresponse>{label}<p>a <optioninput options=\"('a','b')\" correct='b'/> b "
                f"<optioninput options=\"('c','d')\" correct='c'/></p></optionresponse>",
                f'<numericalresponse answer="{draw(numbers)}">{label}<responseparam type="tolerance" default="5%"/>'
                "<formulaequationinput/></numericalresponse>",
                f'<p>x <numericalresponse answer="{draw(numbers)}"><textline/></numericalresponse> y</p>',
                f'<stringresponse answer="{accepted}" type="ci">{label}<textline/></stringresponse>',
                f'<stringresponse answer="{accepted}"><additional_answer answer="b"/><textline/></stringresponse>',
                f"<imageresponse>{label}<imageinput/></imageresponse>",
            ]
        )
    )


@st.composite
def problems(draw: st.DrawFn) -> Exercise:
    """An exercise of up to four questions, with text around, hints and explanations."""
    parts = draw(st.lists(questions() | texts.map(lambda text: f"<p>{escape(text)}</p>"), max_size=4))
    end = draw(st.sampled_from(["", "<demandhint><hint>h</hint></demandhint>", "<solution><p>because</p></solution>"]))
    return exercises.parse(f"<problem>{''.join(parts)}{end}</problem>")[0]


@st.composite
def forms(draw: st.DrawFn, exercise: Exercise) -> dict[str, list[str]]:
    """What a form might send: values that are offered, and others."""
    sent = {}
    for question in exercise.questions:
        for input in question.inputs:
            known = [option.code for option in input.options] or ["1", "a", "b"]
            sent[input.code] = draw(st.lists(st.sampled_from(known) | texts, max_size=3))
    return sent
