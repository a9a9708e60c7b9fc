"""Django's forms in the manner of these pages: no jumping focus, no bubbles of the browser, errors in a summary."""

import math
from typing import Any

from django import forms
from django.http import HttpResponse

from webapp.accounts.throttle import Limit, TooManyAttempts, count_attempt
from webapp.pages.landing import FieldError


class PlainForm(forms.BaseForm):
    """A form whose fields leave the focus at the top of the page, and whose errors come from the server alone.

    ``retry_after``: seconds until it may be sent again, where it was sent too often.
    """

    use_required_attribute = False
    retry_after = 0

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("autofocus", None)

    def refuse_beyond(self, limit: Limit, *about: str) -> None:
        """Counts an attempt.

        Raises:
            ValidationError: there were too many; ``retry_after`` is set.
        """
        try:
            count_attempt(limit, *about)
        except TooManyAttempts as refusal:
            self.retry_after = refusal.seconds
            minutes = math.ceil(refusal.seconds / 60)
            message = f"This was tried too often. Wait {minutes} minute{'s' * (minutes != 1)}, then try again."
            raise forms.ValidationError(message, code="too_many_attempts") from refusal


class FormPage:
    """For a view of a form: its errors for the summary, and a status that tells them."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The context, with the errors of the form in the order of its fields."""
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        form = context.get("form")
        return {**context, "errors": errors_of(form)} if form else context

    def form_invalid(self, form: Any) -> HttpResponse:
        """The form again, with what was typed but passwords."""
        response: HttpResponse = self.render_to_response(  # type: ignore[attr-defined]
            self.get_context_data(form=form), status=429 if form.retry_after else 422
        )
        if form.retry_after:
            response.headers["Retry-After"] = str(form.retry_after)
        return response


def errors_of(form: forms.BaseForm) -> list[FieldError]:
    """What is wrong, each with the id of its control; what is wrong with the whole leads to the first."""
    whole = [FieldError(_control(next(iter(form))), str(message)) for message in form.non_field_errors()]
    return whole + [FieldError(_control(field), str(message)) for field in form for message in field.errors]


def _control(field: forms.BoundField) -> str:
    """The id of the field's control; of a group, that of its first."""
    return str(field[0].id_for_label if field.use_fieldset else field.auto_id)
