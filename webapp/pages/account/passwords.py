"""Changing a password, and setting a new one with a link in a mail. All of it is Django's own."""

from typing import Any

from django.contrib.auth.views import (
    PasswordChangeView,
    PasswordResetConfirmView,
    PasswordResetDoneView,
    PasswordResetView,
)
from django.contrib.messages.views import SuccessMessageMixin
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from webapp.pages.account.forms import AskResetForm, ChangePasswordForm, NewPasswordForm
from webapp.pages.forms import FormPage


@method_decorator(never_cache, name="dispatch")
class ChangePassword(FormPage, SuccessMessageMixin, PasswordChangeView):
    """A new password for who is logged in; the account's other sessions end."""

    form_class = ChangePasswordForm
    template_name = "account/password.html"
    success_url = reverse_lazy("pages:account")
    success_message = "The password is changed. You are logged out everywhere else."


class AskReset(FormPage, PasswordResetView):
    """Asks for a mail with a link."""

    form_class = AskResetForm
    template_name = "account/reset.html"
    email_template_name = "account/reset_mail.txt"
    subject_template_name = "account/reset_subject.txt"
    success_url = reverse_lazy("pages:reset-sent")

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form counts by the request's address."""
        return {**super().get_form_kwargs(), "request": self.request}


class ResetSent(PasswordResetDoneView):
    """What to do next, whether a mail was sent or not."""

    template_name = "account/reset_sent.html"


class Reset(FormPage, SuccessMessageMixin, PasswordResetConfirmView):
    """A new password for who followed the link, which works once and for an hour."""

    form_class = NewPasswordForm
    template_name = "account/reset_confirm.html"
    success_url = reverse_lazy("pages:log-in")
    success_message = "The password is changed. Log in with it."
