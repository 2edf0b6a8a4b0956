"""Random rows and random histories of them, for the exchange forms and for merging."""

from uuid import UUID

from hypothesis import strategies as st

from library.messages.strategies import message_texts
from polylect.messages.merging import Standing, Translation
from polylect.messages.message import Kind
from polylect.messages.rows import Row, State, base_of

_nasty = st.sampled_from(
    [
        "=1+1",
        "'=1+1",
        "+49 30",
        "-5",
        "@all",
        "\t=x",
        "＝x",
        " two spaces ",
        "line\nbreak",
        "\nfirst",
        'say "x", or; y',
        "a\x00b\x07c",
        "\ud7ff\ufffe\uffff",
        "مرحبا <1>بكم</1>",
        "‏RTL‎",
        "e\u0301\u200d👩‍👩‍👧",
        "]]>",
        "&amp;<b>",
        "<1>a</1> and <1>b</1>",
        "<1><2></1></2>",
        "</a2><a2>",
        "<math3/>\\<1>\\\\<4/>",
        "#| msgid",
        "\u2028\x85",
        "polylect: x y",
    ]
)
texts = st.one_of(_nasty, message_texts, st.text(max_size=6)).map(lambda text: text.encode("utf-8", "replace").decode())
"""What people and programs write, right and wrong."""

full_texts = texts.filter(lambda text: bool(text.strip()))

cuts = st.lists(st.integers(-1, 40), max_size=3).map(tuple)


@st.composite
def rows(draw: st.DrawFn) -> list[Row]:
    """Rows as they leave a site: each has a message of its own."""
    count = draw(st.integers(0, 4))
    made = []
    for number in range(count):
        text, some_cuts = draw(texts), draw(cuts)
        text = text if text.strip() else ""
        state = draw(st.sampled_from([State.OUTDATED, State.TRANSLATED, State.APPROVED])) if text else State.MISSING
        row = Row(
            key=str(UUID(int=number + 1)),
            place=f"block-{number % 2}|role.{number}",
            source=draw(full_texts),
            text=text,
            made_for=draw(full_texts) if state is State.OUTDATED else "",
            cuts=some_cuts if text else (),
            base=base_of(text, some_cuts),
            state=state,
            kind=draw(st.sampled_from(Kind)),
            note=draw(texts),
            reveals=draw(st.booleans()),
        )
        made.append(row)
    return made


_few_texts = st.sampled_from(["un", "deux", "trois <1>x</1>"])
_few_sources = st.sampled_from(["one", "two"])
_translations = st.builds(Translation, _few_texts, _few_sources, st.sampled_from([(), (1,)]))


@st.composite
def standings(draw: st.DrawFn) -> list[Standing]:
    """A few messages with what there is of them, so alike that rows often meet."""
    made = []
    for number in range(draw(st.integers(1, 3))):
        text, current = draw(_few_sources), draw(st.none() | _translations)
        others = draw(st.frozensets(_translations, max_size=2)) - {current}
        holds = current is not None and (current.made_for == text or draw(st.booleans()))
        made.append(
            Standing(
                str(UUID(int=number + 1)), f"b|{number}", text, current=current, holds=holds, others=frozenset(others)
            )
        )
    return made


@st.composite
def returned_rows(draw: st.DrawFn) -> list[Row]:
    """Rows of a file from anywhere: some say what they left with, some whose they are."""
    return draw(
        st.lists(
            st.builds(
                Row,
                key=st.integers(1, 4).map(lambda number: str(UUID(int=number))),
                place=st.just(""),
                source=st.one_of(st.just(""), _few_sources),
                text=st.one_of(st.just(""), _few_texts),
                made_for=st.one_of(st.just(""), _few_sources),
                cuts=st.sampled_from([None, (), (1,), (2,)]),
                base=st.none() | st.builds(base_of, st.one_of(st.just(""), _few_texts), st.sampled_from([(), (1,)])),
                is_unsure=st.booleans(),
            ),
            max_size=4,
        )
    )
