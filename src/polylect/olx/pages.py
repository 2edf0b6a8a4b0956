"""Pages beside the outline: the about page, updates, handouts, the author's own tabs, textbooks."""

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from polylect.course.tree import Access, Page
from polylect.issues import Severity, declare
from polylect.olx.context import Context
from polylect.olx.policy import Policies

NO_TAB = declare("olx-tab-missing", Severity.ERROR, "The page “{name}” is listed here, but {expected} does not exist.")
UNLISTED_TAB = declare("olx-tab-unlisted", Severity.NOTE, "No tab leads to this page, so only staff can see it.")
UNKNOWN_ABOUT = declare(
    "olx-about-unknown", Severity.NOTE, "The about page has no part “{name}”; this is kept, not shown."
)

ABOUT_PARTS = (
    "title", "subtitle", "short_description", "overview", "description", "video", "effort", "duration", "prerequisites",
    "key_dates", "more_info", "faq", "ocw_links", "about_sidebar_html",
)  # fmt: skip
"""The parts of an about page that learners read, as Open edX calls them: the codes of pages of kind "about"."""

_ABOUT_SETTINGS = frozenset(
    {"entrance_exam_enabled", "entrance_exam_id", "entrance_exam_minimum_score_pct", "publish_date", "announcement"}
)
_MARKUP = re.compile(r"<(?!(?:img|iframe|video|audio|object|embed)\b)[^<>]*>|&nbsp;|\s", re.IGNORECASE)


def read(context: Context, policies: Policies, run: str) -> tuple[Page, ...]:
    """All the pages of the course."""
    found = (
        *_about(context, run),
        *_updates(context, run),
        *_handouts(context, run),
        *_tabs(context, policies, run),
        *_textbooks(context, policies),
    )
    return tuple(_with_own_codes(found))


def _with_own_codes(pages: Iterable[Page]) -> Iterator[Page]:
    """The pages, those after the first of a code with a number behind it."""
    taken: set[str] = set()
    repeats: Counter[str] = Counter()
    for page in pages:
        code = page.code
        while code in taken:
            repeats[page.code] += 1
            code = f"{page.code}-{repeats[page.code] + 1}"
        taken.add(code)
        yield page if code == page.code else replace(page, code=code)


def kept(context: Context, run: str) -> tuple[tuple[str, str], ...]:
    """Files of the about page that say something else than a learner reads, as (path, text)."""
    files = _about_files(context, run)
    texts = ((path, context.export.text(path) or "") for name, path in files.items() if name not in ABOUT_PARTS)
    return tuple((path, text) for path, text in texts if text.strip())


def _about_files(context: Context, run: str) -> dict[str, str]:
    """The files of the about page by their names; those of the run replace those of the course."""
    names = {}
    for folder in ("about/", f"about/{run}/"):
        for path in context.export.below(folder):
            stem, dot, ending = path.removeprefix(folder).rpartition(".")
            if dot and ending == "html" and "/" not in stem:
                names[stem] = path
    return names


def _about(context: Context, run: str) -> Iterator[Page]:
    files = _about_files(context, run)
    for name in ABOUT_PARTS:
        if name in files:
            text = _text(context, files[name])
            if _says_something(text):
                yield Page(name, "", text, "about")
    for name, path in files.items():
        if name not in ABOUT_PARTS and name not in _ABOUT_SETTINGS and context.export.size(path):
            context.export.report(UNKNOWN_ABOUT, path, name=name)


def _updates(context: Context, run: str) -> Iterator[Page]:
    """The updates, the newest first. Those that their author took back are gone."""
    listing = _first(context, f"info/{run}/updates.items.json", "info/updates.items.json")
    items = context.export.json(listing, list, "a list of updates") if listing else []
    for item in sorted(filter(_is_visible, items), key=lambda item: -_whole(item.get("id"))):
        text = context.links.internal(str(item.get("content") or ""), listing)
        yield Page(f"update-{_whole(item.get('id'))}", str(item.get("date") or ""), text, "updates")
    path = _first(context, f"info/{run}/updates.html", "info/updates.html")
    text = _text(context, path) if path else ""
    if not items and _says_something(text):
        yield Page("updates", "", text, "updates")


def _is_visible(item: object) -> bool:
    return isinstance(item, dict) and item.get("status", "visible") == "visible"


def _whole(number: object) -> int:
    return number if isinstance(number, int) else 0


def _handouts(context: Context, run: str) -> Iterator[Page]:
    path = _first(context, f"info/{run}/handouts.html", "info/handouts.html")
    text = _text(context, path) if path else ""
    if _says_something(text):
        yield Page("handouts", "", text, "handouts")


def _tabs(context: Context, policies: Policies, run: str) -> Iterator[Page]:
    """The static pages, in the order of the tabs; those without a tab are for staff."""
    listed = policies.course.get("tabs")
    for tab in listed if isinstance(listed, list) else ():
        if isinstance(tab, dict) and tab.get("type") == "static_tab":
            name, slug = str(tab.get("name") or ""), str(tab.get("url_slug") or "")
            path = _first(context, f"tabs/{run}/{slug}.html", f"tabs/{slug}.html")
            if path:
                hidden = tab.get("course_staff_only") is True or tab.get("is_hidden") is True
                yield Page(slug, name, _text(context, path), access=Access(staff_only=hidden))
            else:
                expected = context.export.place(f"tabs/{slug}.html")
                context.export.report(NO_TAB, policies.file, name=name or slug, expected=expected)
    for path in context.export.below("tabs/"):
        if path.endswith(".html") and path not in context.export.used:
            context.export.report(UNLISTED_TAB, path)
            slug = path.removeprefix("tabs/").removesuffix(".html")
            yield Page(slug, slug, _text(context, path), access=Access(staff_only=True))


def _textbooks(context: Context, policies: Policies) -> Iterator[Page]:
    """A page for each textbook: the list of its chapters, with links."""
    for attribute in ("pdf_textbooks", "html_textbooks"):
        books = policies.course.get(attribute)
        for number, book in enumerate(books if isinstance(books, list) else (), start=1):
            if isinstance(book, dict):
                yield _textbook(context, policies.file, f"{attribute}-{number}", book)


def _textbook(context: Context, file: str, code: str, book: Mapping[str, Any]) -> Page:
    chapters = book.get("chapters")
    items = "".join(
        f'<li><a href="{_escaped(chapter, "url")}">{_escaped(chapter, "title")}</a></li>'
        for chapter in (chapters if isinstance(chapters, list) else ())
        if isinstance(chapter, dict)
    )
    text = context.links.internal(f"<ul>{items}</ul>", file, 0)
    return Page(code, str(book.get("tab_title") or ""), text)


def _escaped(entry: Mapping[str, Any], name: str) -> str:
    return html.escape(str(entry.get(name) or ""))


def _first(context: Context, *paths: str) -> str:
    return next((path for path in paths if path in context.export), "")


def _text(context: Context, path: str) -> str:
    return context.links.internal(context.export.text(path) or "", path)


def _says_something(text: str) -> bool:
    return bool(_MARKUP.sub("", text))
