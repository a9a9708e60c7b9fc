"""Django's own forms of accounts, with the words of these pages and limits on how often they are sent."""

from typing import Any

from django import forms
from django.contrib.auth.forms import (
    AuthenticationForm,
    PasswordChangeForm,
    PasswordResetForm,
    SetPasswordForm,
    UserCreationForm,
)
from django.contrib.auth.models import User
from django.http import HttpRequest

from webapp.accounts.client_address import client_network
from webapp.accounts.throttle import (
    GUESSES,
    GUESSES_OF_ONE,
    MAILS,
    MAILS_TO_ONE,
    forget_attempts,
    take_back_attempt,
)
from webapp.pages.forms import PlainForm


class LogInForm(PlainForm, AuthenticationForm):
    """Name and password. Whether the name or the password was wrong stays unsaid."""

    error_messages = {
        "invalid_login": "The user name or the password is wrong. Capital letters count in both.",
        "inactive": "The user name or the password is wrong. Capital letters count in both.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "User name"

    def clean(self) -> dict[str, Any]:
        """Looks the pair up. Guesses are counted before, right ones are taken off again."""
        name = str(self.cleaned_data.get("username", "")).casefold()
        address = client_network(self.request) if self.request else ""
        if name and self.cleaned_data.get("password"):
            self.refuse_beyond(GUESSES, address)
            self.refuse_beyond(GUESSES_OF_ONE, name, address)
        cleaned: dict[str, Any] = super().clean()
        if self.user_cache is not None:
            take_back_attempt(GUESSES, address)
            forget_attempts(GUESSES_OF_ONE, name, address)
        return cleaned


class SignUpForm(PlainForm, UserCreationForm):
    """A user name and a password; an address of mail is a matter of choice."""

    class Meta(UserCreationForm.Meta):
        model = User
        fields = ("username", "email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name, email = self.fields["username"], self.fields["email"]
        name.label, name.help_text = "User name", "Letters, digits and @ . + - _"
        name.error_messages["required"] = "Choose a user name."
        email.label, email.help_text = "E-mail address", "Only for a link to set a new password, should you forget it."
        email.widget.attrs["autocomplete"] = "email"
        _name_new_passwords(self, "password1", "password2")


class NewPasswordForm(PlainForm, SetPasswordForm):
    """A new password for who followed the link in a mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name_new_passwords(self, "new_password1", "new_password2")


class ChangePasswordForm(PlainForm, PasswordChangeForm):
    """The old password and a new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = "Password until now"
        self.fields["old_password"].error_messages["required"] = "Write the password that you have until now."
        _name_new_passwords(self, "new_password1", "new_password2")

    def clean_old_password(self) -> str:
        """Guesses are limited here too: who finds an open session does not have the password."""
        name = self.user.get_username().casefold()
        self.refuse_beyond(GUESSES_OF_ONE, name, "change")
        password: str = super().clean_old_password()
        forget_attempts(GUESSES_OF_ONE, name, "change")
        return password


class DeleteAccountForm(PlainForm, forms.Form):
    """The password once more: who finds an open session deletes no account."""

    password = forms.CharField(
        label="Your password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Write your password."},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        """Guesses are counted with those of changing the password."""
        name, password = self.user.get_username().casefold(), str(self.cleaned_data["password"])
        self.refuse_beyond(GUESSES_OF_ONE, name, "change")
        if not self.user.check_password(password):
            raise forms.ValidationError("The password is wrong. Nothing is deleted.")
        forget_attempts(GUESSES_OF_ONE, name, "change")
        return password


class AskResetForm(PlainForm, PasswordResetForm):
    """Asks for a mail. The answer is the same whether an account has the address or not."""

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        self.request = request
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "E-mail address of the account"
        self.fields["email"].error_messages["required"] = "Write the address that you gave for the account."

    def clean_email(self) -> str:
        """The address, unless too many mails were asked for."""
        self.refuse_beyond(MAILS, client_network(self.request))
        email = str(self.cleaned_data["email"])
        self.refuse_beyond(MAILS_TO_ONE, email.casefold())
        return email


def _name_new_passwords(form: forms.BaseForm, first: str, second: str) -> None:
    form.fields[first].label, form.fields[second].label = "New password", "New password again"
    form.fields[first].help_text = "At least 10 characters, and none of the common ones. Pasting is welcome."
    form.fields[second].help_text = ""
    form.fields[first].error_messages["required"] = "Choose a password."
    form.fields[second].error_messages["required"] = "Write the password again."
