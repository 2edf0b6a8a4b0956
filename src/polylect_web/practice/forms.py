"""What people fill in about a case they keep. What the sides do is read by `described`."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from polylect.partnership import Arrangement
from polylect_web.accounts.models import Person, folded
from polylect_web.practice.actions import Kept
from polylect_web.practice.described import plain
from polylect_web.practice.models import LONGEST_NOTES, LONGEST_STEP, LONGEST_TITLE, Case, Stage
from polylect_web.practice.queries import Due, Order
from polylect_web.practice.table import several_lines


class CaseForm(forms.Form):
    """Everything about a case but its sides."""

    title = forms.CharField(
        label=_("Partner or title"), max_length=LONGEST_TITLE, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    stage = forms.ChoiceField(label=_("Stage"), choices=Stage.choices)
    next_step = forms.CharField(
        label=_("Next step"),
        max_length=LONGEST_STEP,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    next_on = forms.DateField(
        label=_("By when"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": _("Write year, month and day, as in 2027-01-31.")},
    )
    notes = forms.CharField(
        label=_("Notes"),
        max_length=LONGEST_NOTES,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )

    def clean_title(self) -> str:
        title = plain(self.cleaned_data["title"], LONGEST_TITLE)
        if not title:
            raise forms.ValidationError(self.fields["title"].error_messages["required"])
        return title

    def clean_next_step(self) -> str:
        return plain(self.cleaned_data["next_step"], LONGEST_STEP)

    def clean_notes(self) -> str:
        return several_lines(self.cleaned_data["notes"])

    def kept(self, arrangement: Arrangement) -> Kept:
        """What was filled in, with these sides. The form is valid."""
        values = self.cleaned_data
        return Kept(
            values["title"],
            arrangement,
            Stage(values["stage"]),
            values["next_step"],
            values["next_on"],
            values["notes"],
        )


def values_of(case: Case) -> dict[str, str | date | None]:
    """What the form shows of a case at first."""
    return {name: getattr(case, name) for name in CaseForm.base_fields}


class ShareForm(forms.Form):
    """With whom a case is shared: somebody's username, exactly, and whether they may change it."""

    username = forms.CharField(
        label=_("Username of the other person"),
        max_length=150,
        help_text=_("Exactly as they sign in here."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "dir": "auto"}
        ),
    )
    may_edit = forms.BooleanField(label=_("They may change it, too"), required=False)

    def __init__(self, data: Any, *, owner: Person) -> None:
        super().__init__(data)
        self._owner = owner

    def clean_username(self) -> Person:
        person = Person.objects.filter(username=folded(self.cleaned_data["username"]), is_active=True).first()
        if person is None:
            raise forms.ValidationError(
                _("Nobody here has this username. Ask the other person how they sign in, and write it exactly so.")
            )
        if person == self._owner:
            raise forms.ValidationError(_("This is your own username. The case is yours already."))
        return person


class FilterForm(forms.Form):
    """What of the list is shown, and in which order. What cannot be understood is left out."""

    text = forms.CharField(
        label=pgettext_lazy("field for a search", "Search"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "dir": "auto"}),
    )
    stage = forms.ChoiceField(label=_("Stage"), required=False)
    due = forms.ChoiceField(label=_("Next step"), required=False)
    sort = forms.ChoiceField(label=_("Sorted by"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        every = ("", pgettext_lazy("stages or dates", "all"))
        self.fields["stage"].choices = [every, *Stage.choices]  # type: ignore[attr-defined]
        self.fields["due"].choices = [every, *((one.value, one.label) for one in Due)]  # type: ignore[attr-defined]
        self.fields["sort"].choices = [(one.value, one.label) for one in Order]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, Any]:
        """The arguments of `queries.listed`."""
        self.is_valid()
        values = self.cleaned_data
        return {
            "text": values.get("text", ""),
            "stage": Stage(values["stage"]) if values.get("stage") else None,
            "due": Due(values["due"]) if values.get("due") else None,
            "order": Order(values["sort"]) if values.get("sort") else Order.NEXT,
        }

    @property
    def is_narrowed(self) -> bool:
        """Whether something was chosen that leaves cases out."""
        values = self.chosen()
        return bool(values["text"] or values["stage"] or values["due"])
