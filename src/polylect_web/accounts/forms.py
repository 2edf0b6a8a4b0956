"""What people fill in about themselves. Errors are whole sentences."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import regex
from babel.localedata import locale_identifiers
from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from polylect import languages
from polylect_web.accounts import actions, queries
from polylect_web.accounts.models import Person, folded

LANGUAGES_ASKED = 3
_USERNAME = regex.compile(r"[\p{L}\p{N}_][\p{L}\p{M}\p{N}_.+-]{0,149}")  # in many scripts, vowels are marks
_LONGEST_PASSWORD = 256
TOO_MANY_FAILURES = _("Too many attempts have failed. Wait a quarter of an hour, then try again.")
_BAD_EMAIL = {"invalid": _("Write an email address, such as name@example.org.")}
_BAD_PASSWORD = {
    "password_too_short": _("Write at least 8 characters."),
    "password_too_common": _("Many people have this password. Choose another one."),
    "password_too_similar": _("This password is too much like your name, username or email. Choose another one."),
}


class SignUpForm(forms.Form):
    """A username and a password; the rest if one likes. `person` is the guest who gets them, if there is one."""

    username = forms.CharField(
        label=_("Username"),
        max_length=30,
        help_text=_("Letters of any script, digits, and . _ + -. You sign in with it."),
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false", "dir": "auto"}
        ),
    )
    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        required=False,
        help_text=_("As it should stand on a certificate. You can leave this for later."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Email"),
        required=False,
        help_text=_("You can sign in with it, too. You can leave this out."),
        error_messages=_BAD_EMAIL,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=_LONGEST_PASSWORD,
        strip=False,
        help_text=_("At least 8 characters. A few words in a row are easy to keep in mind and hard to guess."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_username(self) -> str:
        username = folded(self.cleaned_data["username"])
        if not _USERNAME.fullmatch(username):
            raise forms.ValidationError(_("Use letters, digits and . _ + - only, and begin with a letter or a digit."))
        if Person.objects.filter(username=username).exists():
            raise forms.ValidationError(_("Somebody has this username already. Choose another one."))
        return username

    def clean_email(self) -> str:
        return _free_email(self.cleaned_data["email"], taken_by_others_than=None)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "password" in cleaned:
            known = Person(
                username=cleaned.get("username"), email=cleaned.get("email") or None, name=cleaned.get("name", "")
            )
            _check_password(self, "password", cleaned["password"], known)
        return cleaned


class SignInForm(forms.Form):
    """Username or email, and password; a guest is asked whether their work comes along."""

    username = forms.CharField(
        label=_("Username or email"),
        max_length=254,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false", "dir": "auto"}
        ),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=_LONGEST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    bring_work = forms.BooleanField(
        label=_("Add to my account what I did in this browser before"),
        required=False,
        initial=True,
        help_text=_("Attempts are added up, and the better score of each exercise is kept."),
    )

    def __init__(self, data: Mapping[str, Any] | None, *, has_work: bool) -> None:
        super().__init__(data)
        if not has_work:
            del self.fields["bring_work"]


class ProfileForm(forms.Form):
    """Name, email, and the languages somebody reads, best first."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        required=False,
        help_text=_("As it should stand on a certificate."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Email"),
        required=False,
        error_messages=_BAD_EMAIL,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )

    def __init__(self, data: Mapping[str, Any] | None, *, person: Person) -> None:
        self._person = person
        mine = person.reading_languages()
        initial = {"name": person.name, "email": person.email or "", "is_credited": person.is_credited}
        initial |= {f"language_{place}": tag for place, tag in enumerate(mine, start=1)}
        super().__init__(data, initial=initial)
        choices = [("", "–"), *_language_choices(mine)]
        for place, label in enumerate(
            (_("The language I like to read best"), _("The second"), _("The third")), start=1
        ):
            self.fields[f"language_{place}"] = forms.ChoiceField(label=label, choices=choices, required=False)
        self.fields["is_credited"] = forms.BooleanField(
            label=_("Name me below the lessons that I translated"), required=False
        )

    def clean_email(self) -> str:
        return _free_email(self.cleaned_data["email"], taken_by_others_than=self._person)

    def languages(self) -> list[str]:
        """The languages that were chosen, in order."""
        chosen = (self.cleaned_data[f"language_{place}"] for place in range(1, LANGUAGES_ASKED + 1))
        return [tag for tag in chosen if tag]


class PasswordForm(forms.Form):
    """The password there is, and the one to be."""

    current = forms.CharField(
        label=_("Present password"),
        max_length=_LONGEST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    password = forms.CharField(
        label=_("New password"),
        max_length=_LONGEST_PASSWORD,
        strip=False,
        help_text=_("At least 8 characters. It signs you out wherever else you are signed in."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, data: Mapping[str, Any] | None, *, person: Person) -> None:
        super().__init__(data)
        self._person = person

    def clean_current(self) -> str:
        wrong = str(_("This is not your present password."))
        return _confirmed(self._person, self.cleaned_data["current"], wrong)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "password" in cleaned:
            _check_password(self, "password", cleaned["password"], self._person)
        return cleaned


class DeleteForm(forms.Form):
    """The password, once more, before everything goes. A guest has none, and presses the button."""

    password = forms.CharField(
        label=_("Your password"),
        max_length=_LONGEST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, data: Mapping[str, Any] | None, *, person: Person) -> None:
        super().__init__(data)
        self._person = person
        if person.is_guest:
            del self.fields["password"]

    def clean_password(self) -> str:
        wrong = str(_("This is not your password. Nothing was deleted."))
        return _confirmed(self._person, self.cleaned_data["password"], wrong)


def _confirmed(person: Person, password: str, wrong: str) -> str:
    """The password, if it is this person's. Who found a browser signed in has no more guesses than anybody else."""
    key = actions.failure_key("confirmation", str(person.uuid))
    if queries.recent_failures([key]) >= queries.FAILURES_FOR_A_NAME:
        raise forms.ValidationError(TOO_MANY_FAILURES)
    if not person.check_password(password):
        actions.note_failed_sign_in([key])
        raise forms.ValidationError(wrong)
    return password


def _check_password(form: forms.Form, field: str, password: str, person: Person) -> None:
    try:
        password_validation.validate_password(password, person)
    except forms.ValidationError as error:
        for reason in error.error_list:
            form.add_error(field, _BAD_PASSWORD[reason.code or ""])


def _free_email(email: str, *, taken_by_others_than: Person | None) -> str:
    field = forms.EmailField(max_length=254, required=False, error_messages=_BAD_EMAIL)
    email = field.clean(folded(email))  # once more: folding may have made another one of it
    holder = Person.objects.filter(email=email).first() if email else None
    if holder and holder != taken_by_others_than:
        raise forms.ValidationError(_("An account with this email exists already."))
    return email


def _language_choices(also: Iterable[str]) -> list[tuple[str, str]]:
    """Languages by the name they have in themselves, those that somebody already chose included."""
    known = dict(_known_languages())
    return sorted((known | {tag: languages.autonym(tag) for tag in also}).items(), key=lambda pair: pair[1].casefold())


@lru_cache(maxsize=1)
def _known_languages() -> tuple[tuple[str, str], ...]:
    """The languages that babel's data has a name for, with those regional variants that people ask for."""
    tags = {languages.canonical(name) for name in locale_identifiers() if "_" not in name}
    tags |= {"pt-BR", "zh-Hans", "zh-Hant", "sr-Latn", "en-GB", "es-419", "fr-CA"}
    return tuple((tag, languages.autonym(tag)) for tag in sorted(tag for tag in tags if tag))
