"""What people fill in about terms and their forms."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from polylect import languages
from polylect.messages import terms as library
from polylect.messages.glossary import LONGEST_ALSO, LONGEST_TERM, LONGEST_TEXT
from polylect.messages.message import without_controls
from polylect_web.glossary.models import MOST_FORMS, Standing, Term, TermForm
from polylect_web.glossary.queries import CourseNamed, Lacking

SITE = "site"
"""What a form says in place of a course, for the terms of every course."""
_AUTO = {"dir": "auto"}


class OneLine(forms.CharField):
    """A text on one line, without signs that no page can hold."""

    def to_python(self, value: Any) -> str:
        return " ".join(without_controls(super().to_python(value) or "").split())


class TermForms(forms.Form):
    """What a term is, and what it means. `courses`: where it may belong."""

    course = forms.ChoiceField(label=_("Belongs to"))
    text = OneLine(label=_("Term"), max_length=LONGEST_TERM, widget=forms.TextInput(attrs=_AUTO))
    language = forms.CharField(
        label=_("Language of the term"), max_length=35, help_text=_("A tag such as en or pt-BR.")
    )
    definition = OneLine(
        label=_("Definition"),
        max_length=LONGEST_TEXT,
        required=False,
        help_text=_("What it means here, in a sentence."),
        widget=forms.Textarea(attrs={"rows": 2} | _AUTO),
    )
    is_untranslatable = forms.BooleanField(
        label=_("It is not translated: it stays in the same letters in every language"), required=False
    )
    also = forms.CharField(
        label=_("Other spellings"),
        max_length=LONGEST_ALSO,
        required=False,
        help_text=_("Of the term itself, one on each line. Plurals such as “partners” are found without them."),
        widget=forms.Textarea(attrs={"rows": 2} | _AUTO),
    )
    note = OneLine(
        label=_("Note"),
        max_length=LONGEST_TEXT,
        required=False,
        help_text=_("For translators: what to avoid, and why."),
        widget=forms.Textarea(attrs={"rows": 2} | _AUTO),
    )

    def __init__(self, data: Any = None, *, courses: list[tuple[str, str]] | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        if courses is None:
            del self.fields["course"]
        else:
            self.fields["course"].choices = courses  # type: ignore[attr-defined]

    def clean_language(self) -> str:
        tag = languages.canonical(self.cleaned_data["language"].strip())
        if tag is None:
            raise forms.ValidationError(_("This is no language. Write a tag such as fr or pt-BR."))
        return tag

    def clean_also(self) -> str:
        lines = (" ".join(without_controls(line).split()) for line in self.cleaned_data["also"].splitlines())
        return "\n".join(dict.fromkeys(line for line in lines if line))

    def term(self) -> library.Term:
        """What was filled in. The form is valid."""
        values = self.cleaned_data
        also = tuple(line for line in values["also"].split("\n") if line and line != values["text"])
        return library.Term(
            values["text"],
            values["language"],
            values["definition"],
            values["is_untranslatable"],
            also=also,
            note=values["note"],
        )


def values_of(term: Term) -> dict[str, object]:
    """What the form shows of a term at first."""
    return {name: getattr(term, name) for name in TermForms.base_fields if name != "course"}


class WordForm(forms.Form):
    """One form of a term. Without a text it is none."""

    text = OneLine(label=_("Word"), max_length=LONGEST_TERM, required=False, widget=forms.TextInput(attrs=_AUTO))
    standing = forms.ChoiceField(label=_("Standing"), choices=Standing.choices, initial=Standing.PREFERRED)
    note = OneLine(label=_("Note"), max_length=LONGEST_TEXT, required=False, widget=forms.TextInput(attrs=_AUTO))

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        if values.get("note") and not values.get("text") and "text" not in self.errors:
            self.add_error("text", _("There is a note, and no word that it is about."))
        return values


class _Words(forms.BaseFormSet):  # type: ignore[type-arg]  # it takes no parameter at run time
    """The forms of a term in a language, and some room for more."""

    def clean(self) -> None:
        seen: set[str] = set()
        for form in self.forms:
            text = getattr(form, "cleaned_data", {}).get("text", "")
            if text and text in seen:
                form.add_error("text", _("This word is there twice."))
            seen.add(text)


Words = forms.formset_factory(
    WordForm, formset=_Words, extra=2, max_num=MOST_FORMS, validate_max=True, absolute_max=MOST_FORMS
)


def said(words: "forms.BaseFormSet[WordForm]") -> tuple[library.Form, ...]:
    """What was filled in. The forms are valid."""
    filled = (form.cleaned_data for form in words if form.cleaned_data.get("text"))
    return tuple(library.Form(one["text"], library.Standing(one["standing"]), one["note"]) for one in filled)


def initial_of(rows: tuple[TermForm, ...]) -> list[dict[str, str]]:
    """What the forms show at first."""
    return [{"text": row.text, "standing": row.standing, "note": row.note} for row in rows]


class FilterForm(forms.Form):
    """What of the list is shown. What cannot be understood is left out."""

    text = forms.CharField(
        label=pgettext_lazy("field for a search", "Search"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "dir": "auto"}),
    )
    course = forms.ChoiceField(label=_("Course"), required=False)
    lacking = forms.ChoiceField(label=_("Terms"), required=False)

    def __init__(self, data: Any, courses: tuple[CourseNamed, ...]) -> None:
        super().__init__(data)
        self._courses = {str(one.course.uuid): one.course for one in courses}
        every = [("", pgettext_lazy("courses", "all")), (SITE, _("Terms of every course"))]
        named = [(str(one.course.uuid), one.title) for one in courses]
        self.fields["course"].choices = [*every, *named]  # type: ignore[attr-defined]
        self.fields["lacking"].choices = [  # type: ignore[attr-defined]
            (Lacking.ALL.value, pgettext_lazy("terms", "all")),
            (Lacking.WITHOUT_FORM.value, _("without a word in this language")),
        ]

    def chosen(self) -> dict[str, Any]:
        """The arguments of `queries.listed`."""
        self.is_valid()
        values = self.cleaned_data
        return {
            "text": values.get("text", ""),
            "course": self._courses.get(values.get("course", "")),
            "is_of_site": values.get("course") == SITE,
            "lacking": Lacking(values.get("lacking", "")),
        }

    @property
    def is_narrowed(self) -> bool:
        """Whether something was chosen that leaves terms out."""
        return self.is_searched or bool(self.cleaned_data.get("course"))

    @property
    def is_searched(self) -> bool:
        """Whether only some terms of a course were asked for. `chosen` was called."""
        return bool(self.cleaned_data.get("text") or self.cleaned_data.get("lacking"))


class TableForm(forms.Form):
    """A table to take in, and where it belongs."""

    course = forms.ChoiceField(label=_("Belongs to"))
    file = forms.FileField(label=_("The file"), widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}))
    is_replacing = forms.BooleanField(
        label=_("What is here in other words becomes as it is in the table"), required=False
    )

    def __init__(self, data: Any = None, files: Any = None, *, courses: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(data, files, **options)
        self.fields["course"].choices = courses  # type: ignore[attr-defined]
