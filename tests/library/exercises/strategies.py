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
formulas = st.sampled_from(
    ["x", "x+1", "2*x", "x^2", "sin(x)", "1/0", "y", "x+", "", "5", "1/(x-x)", "fact(x)", "[x,1]", "2x"]
)
samples = st.sampled_from(
    ["x@1:5#3", "x,y@1,1:5,9#3", "x@-1:1#2", "x@1:1#1", "x", "@", "x@1:2#0", "x@nan:inf#2", " x @1:2#1"]
)
truths = st.sampled_from(["true", "True", "false", "partial", ""])


areas = st.sampled_from(
    ["", 'rectangle="(1,1)-(9,9)"', 'rectangle="(9,9)-(1,1);[20,0]-[30,60]"', 'rectangle="(1.5,1)-(2,2)"',
     'regions="[]"', 'regions="[[1,1],[50,1],[20,40]]"', 'regions="[[[0,0],[9,9],[5,5]],[[1,1]]]"',
     'regions="[[1,2],[3"', 'regions="[[1e999,1],[2,2],[3,5]]"', 'regions="{}" rectangle="(0,0)-(0,0)"', 'regions="7"']
)  # fmt: skip
prompts = st.sampled_from(["", "<comment_prompt>P</comment_prompt>", "<comment_prompt/><tag_prompt>Q</tag_prompt>"])


@st.composite
def filled_choices(draw: st.DrawFn) -> str:
    """Choices with numbers in them."""
    inside = (
        "",
        '<numtolerance_input answer="{0}"/>',
        '<b>x <numtolerance_input answer="{0}" tolerance="{1}"/></b>',
        "<decoy_input/>",
        '<numtolerance_input answer="5" size="3"/> and <decoy_input/>',
        "<choicehint>w</choicehint>",
    )
    choices = []
    for _ in range(draw(st.integers(0, 3))):
        inner = draw(st.sampled_from(inside)).format(draw(numbers), draw(numbers))
        choices.append(f'<choice correct="{draw(truths)}">{escape(draw(texts))}{inner} b</choice>')
    return "".join(choices)


@st.composite
def tags(draw: st.DrawFn) -> str:
    """The tags of an annotation."""
    called = st.sampled_from(["correct", "partially-correct", "incorrect", "", "true"])
    return "".join(
        f'<option choice="{draw(called)}">{escape(draw(texts))}</option>' for _ in range(draw(st.integers(0, 3)))
    )


cells = st.sampled_from(
    ["", "venue", "money", "time expertise?", "nothing", "thanks?", "reach", "fee", "nothing time", "x"]
)
goals = st.sampled_from(["", "shared", "compatible shared", "none", "none shared", "x"])
kinds = st.sampled_from(["partnership", "service", "volunteering", "donation", "support", "not-yet", "x"])

changes = st.sampled_from(["", "<cell side='a' gains='reach'/>", "<goals overlap='none'/>", "<cell side='x'/>"])


@st.composite
def cases(draw: st.DrawFn, most: int = 3) -> str:
    """Sides of an arrangement, others, and goals; often of two sides whose cells say something."""
    if draw(st.booleans()):
        gains = draw(st.sampled_from(["reach", "nothing", "thanks?", "mission recruits?", "fee"]))
        return (
            f'<side name="a" kind="person" invests="time" gains="{gains}">{escape(draw(words))}</side><side name="b"'
            f' kind="group" invests="money venue?" gains="skills">B</side><goals overlap="{draw(goals)}"/>'
        )
    sides = [
        f'<{draw(st.sampled_from(["side", "side", "bystander"]))} name="{draw(st.sampled_from(["a", "b", "c", "d"]))}"'
        f' kind="{draw(st.sampled_from(["group", "person", ""]))}" invests="{draw(cells)}" gains="{draw(cells)}">'
        f"{escape(draw(texts))}</"
        for _ in range(draw(st.integers(0, most)))
    ]
    closed = [side + side[1:].split(" ")[0] + ">" for side in sides]
    return f'{"".join(closed)}<goals overlap="{draw(goals)}"/>'


@st.composite
def fixed_cases(draw: st.DrawFn) -> str:
    """Two sides that are what they are; mostly one condition fails."""
    gains = draw(st.sampled_from(["thanks", "nothing", "reach", "reach", "x"]))
    invests = draw(st.sampled_from(["time", "time", "venue", "nothing"]))
    return (
        f'<side name="a" kind="person" invests="{invests}" gains="{gains}">{escape(draw(words))}</side>'
        f'<side name="b" kind="group" invests="money" gains="skills">{escape(draw(texts))}</side>'
        f'<goals overlap="{draw(st.sampled_from(["shared", "compatible", "none"]))}"/>'
    )


codes_of_cells = st.sampled_from(
    ["a.invests", "a.gains", "b.invests", "b.gains", "overlap", "a.money", "b.nothing", "x"]
)
conditions = st.sampled_from(["sides", "investment", "overlap", "benefit", "none", "x"])


_PAIR = (
    '<side name="a" kind="group" invests="time" gains="{}">A</side><side name="b" kind="group" invests="money venue"'
    ' gains="skills">B</side><goals overlap="shared"/>'
)
sound_sorts = st.sampled_from(
    [
        '<case name="a" kind="donation">A<right>R</right></case><case name="b" kind="partnership">B</case>',
        f'<case name="a" kind="partnership">A{_PAIR.format("reach")}<explain kind="service">E</explain></case>'
        '<case name="b" kind="service"><p>B</p></case>',
    ]
)


@st.composite
def sorted_cases(draw: st.DrawFn) -> str:
    inner = st.sampled_from(["", "<right>R</right>"]) | fixed_cases() | explanations("kind", kinds)
    return "".join(
        f'<case name="{draw(st.sampled_from(["a", "b", "c", "-"]))}" kind="{draw(kinds)}">{escape(draw(texts))}'
        f"{draw(inner)}</case>"
        for _ in range(draw(st.integers(0, 3)))
    )


@st.composite
def sound_arrangements(draw: st.DrawFn) -> str:
    """A case whose cells give what its verdict states."""
    gains, overlap, kind = draw(
        st.sampled_from(
            [
                ("reach mission?", "shared compatible", "partnership"),
                ("thanks?", "shared none", "volunteering"),
                ("thanks reach?", "none", "x"),
                ("skills", "none", "not-yet"),
            ]
        )
    )
    second = draw(st.sampled_from(["", '<verdict kind="not-yet">If<goals overlap="none"/></verdict>']))
    first = f'<verdict kind="{kind}">When</verdict>' if second else f'<verdict kind="{kind}"/>'
    return (
        f'<value of="invests" name="own" like="time">{escape(draw(texts))}</value>'
        f'<side name="a" kind="person" invests="time own?" gains="{gains}">{escape(draw(words))}</side>'
        f'<side name="b" kind="group" invests="venue" gains="skills">B</side><goals overlap="{overlap}"/>'
        f'<bystander name="c" kind="group">{escape(draw(texts))}</bystander>{first}{second}'
    )


@st.composite
def verdicts(draw: st.DrawFn) -> str:
    return "".join(
        f'<verdict kind="{draw(kinds)}">{draw(st.sampled_from(["", "if"]))}{draw(changes)}</verdict>'
        for _ in range(draw(st.sampled_from([0, 1, 1, 1, 2])))
    )


@st.composite
def explanations(draw: st.DrawFn, name: str, codes: st.SearchStrategy[str]) -> str:
    return "".join(
        f'<explain {name}="{draw(codes)}">{escape(draw(texts))}</explain>' for _ in range(draw(st.integers(0, 3)))
    )


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
                f'<formularesponse answer="{draw(formulas)}" samples="{draw(samples)}">{label}<hintgroup>'
                f'<formulahint answer="{draw(formulas)}" samples="{draw(samples)}" name="h"/>'
                '<hintpart on="h">why</hintpart></hintgroup><textline/></formularesponse>',
                f'<formularesponse answer="{draw(formulas)}" samples="x@1:5#3" type="cs">{label}<responseparam'
                f' type="tolerance" default="{draw(numbers)}"/><formulaequationinput points="2"/></formularesponse>',
                f'<symbolicresponse expect="{draw(formulas)}">{label}<textline/></symbolicresponse>',
                f'<stringresponse answer="{accepted}" type="ci">{label}<textline/></stringresponse>',
                f'<stringresponse answer="{accepted}"><additional_answer answer="b"/><textline/></stringresponse>',
                f"<truefalseresponse{scheme}>{label}<choicegroup{drawn}>{choices}</choicegroup></truefalseresponse>",
                f"<choicetextresponse>{label}<radiotextgroup>{draw(filled_choices())}</radiotextgroup></choicetextresponse>",
                f"<choicetextresponse><checkboxtextgroup>{draw(filled_choices())}</checkboxtextgroup>{label}"
                "</choicetextresponse>",
                f'<imageresponse>{label}<imageinput src="/static/a.png" alt="{escape(draw(texts))}" width="90"'
                f' height="60" {draw(areas)}/></imageresponse>',
                f'<imageresponse><imageinput src="a" {draw(areas)}/> or <p>b <imageinput src="b" {draw(areas)}/></p>'
                "</imageresponse>",
                f"<annotationresponse>{label}<annotationinput><title>T</title><text>{accepted}</text><comment>C</comment>"
                f"{draw(prompts)}<options>{draw(tags())}</options></annotationinput></annotationresponse>",
                f'<arrangementresponse points="10" sides="{draw(st.sampled_from(["", "given"]))}">{label}'
                f"{draw(sound_arrangements() | st.builds(str.__add__, cases(), verdicts()))}"
                f"{draw(explanations('kind', kinds))}<note>N</note>"
                "</arrangementresponse>",
                f"<repairresponse>{label}{draw(fixed_cases())}{draw(explanations('cell', codes_of_cells))}"
                "</repairresponse>",
                f'<missingresponse missing="{draw(conditions)}" points="2">{label}{draw(fixed_cases())}'
                f"{draw(explanations('condition', conditions))}<note>N</note></missingresponse>",
                f'<sortresponse kinds="{draw(st.sampled_from(["", "donation service partnership", "x"]))}">{label}'
                f"{draw(sorted_cases() | sound_sorts)}<note>N</note></sortresponse>",
                f'<contrastresponse flips="{draw(codes_of_cells)}">{label}<case>{accepted}{draw(fixed_cases())}</case>'
                f"<case><title>T</title>{draw(fixed_cases())}</case>{draw(explanations('cell', codes_of_cells))}"
                "</contrastresponse>",
                f'<matrixresponse of="{draw(st.sampled_from(["", "gains", "x"]))}" offered="{draw(cells)}">{label}'
                f"{draw(cases())}{draw(explanations('cell', codes_of_cells))}</matrixresponse>",
                f'<matrixresponse points="3"><side name="a" invests="time venue?">{escape(draw(texts))}</side>'
                f'<side name="b" invests="{draw(st.sampled_from(["nothing", "money", "time content?"]))}">b</side>'
                f"{draw(explanations('cell', codes_of_cells))}</matrixresponse>",
                f'<contrastresponse flips="a.gains">{label}<case>{accepted}{_PAIR.format("reach")}</case>'
                f"<case>b{_PAIR.format(draw(st.sampled_from(['thanks', 'nothing', 'skills'])))}</case>"
                f"{draw(explanations('cell', codes_of_cells))}<note>N</note></contrastresponse>",
                f"<schematicresponse>{label}<schematic/></schematicresponse>",
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
            for inner in (inner for option in input.options for inner in option.inner):
                sent[inner.code] = draw(st.lists(numbers | texts, max_size=2))
    return sent
