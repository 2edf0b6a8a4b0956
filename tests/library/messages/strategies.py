"""Random pages, texts and translations."""

from collections.abc import Sequence

from hypothesis import strategies as st

from polylect.messages import Message, Target

_TAGS = [
    "p",
    "b",
    "i",
    "a",
    "code",
    "div",
    "li",
    "ul",
    "td",
    "br",
    "img",
    "span",
    "pre",
    "script",
    "style",
    "svg",
    "math",
    "h2",
    "button",
    "option",
    "select",
    "textarea",
    "iframe",
    "x-y",
]
_ATTRIBUTES = [
    "",
    ' class="x"',
    " title=word",
    ' alt="A &amp; b"',
    ' href="/a?b=1&copy=2"',
    " src='pic.png'",
    ' lang="fr"',
    ' dir="rtl"',
    ' translate="no"',
    ' data-place="q1"',
    ' href="javascript:x"',
    ' placeholder="say &quot;x&quot;"',
    " hidden",
    ' title="open',
    " =x",
]
_opening = st.builds(
    "<{}{}{}".format, st.sampled_from(_TAGS), st.sampled_from(_ATTRIBUTES), st.sampled_from([">", "/>", ">", " "])
)
_closing = st.builds("</{}>".format, st.sampled_from(_TAGS))
_odd = st.sampled_from(
    [
        "<!-- c -->",
        "<!--",
        "<!-->",
        "-->",
        "<![CDATA[ x ]]>",
        "<![CDATA[",
        "<?xml?>",
        "<!DOCTYPE html>",
        "</",
        "<",
        ">",
        "&",
        "\\",
        "&nbsp;",
        "&lt;1&gt;",
        "&#0;",
        "&copy",
        "<1>",
        "</2>",
        "<3/>",
        "\\<1>",
        "<a1>",
        "\\(x^2\\)",
        "\\[",
        "$x",
        "${y}",
        "\x00",
        "\r\n",
    ]
)
words = st.text(st.sampled_from("ab 1\u00a0é漢ש.<>&\"'\\\n"), max_size=8)
"""Short texts full of what markup is made of."""

messy_html = st.lists(
    st.one_of(_opening, _closing, _opening, _closing, words, _odd, st.text(max_size=4)), max_size=24
).map("".join)
"""HTML as nobody should write it."""

marks = st.builds(
    "<{}{}{}{}>".format,
    st.sampled_from(["", "/"]),
    st.sampled_from(["", "a", "img", "var", "b"]),
    st.integers(0, 4),
    st.sampled_from(["", "/"]),
)
message_texts = st.lists(st.one_of(words, marks, st.text(max_size=3)), max_size=8).map("".join)
"""Texts in the notation of messages, right and wrong."""


def targets_for(messages: Sequence[Message]) -> st.SearchStrategy[dict[str, Target]]:
    """A translation of each message, or none."""
    one = st.builds(Target, st.one_of(message_texts, st.just("javascript:x"), st.just('" onclick="x')), st.just("fr"))
    return st.fixed_dictionaries({}, optional={message.role: one for message in messages})
