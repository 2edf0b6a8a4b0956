"""What is translated in a course: found as messages, written in exchange forms, put back in another language.

`find` and `put_back` do it for one thing, `walk` and `find_all` for a course; `check` says what is wrong with
a translation, `checks` also what looks wrong, and `pseudo` makes one up. One file per form: `bundle` (message bundles
of MediaWiki's Translate, ours by uuid), `wikilearn` (WikiLearn's), `po`.
"""

from polylect.messages.blocks import COURSE_CODE, find, find_all, put_back, title_words, walk
from polylect.messages.message import Kind, Message, Placeholder, Target, check

__all__ = [
    "COURSE_CODE",
    "Kind",
    "Message",
    "Placeholder",
    "Target",
    "check",
    "find",
    "find_all",
    "put_back",
    "title_words",
    "walk",
]
