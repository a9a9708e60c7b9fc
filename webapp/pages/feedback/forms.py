"""The form on a public page."""

from typing import Any

from django import forms

from webapp.feedback.models import Report
from webapp.feedback.report import WORDS_LENGTH
from webapp.library.text import clean_text
from webapp.pages.forms import PlainForm


class ReportForm(PlainForm, forms.Form):
    """What is wrong, and the reader's own words. Nothing about the reader is asked.

    Programs that fill in every field also fill in ``homepage``, which people do not see, or are told to leave alone.
    """

    kind = forms.ChoiceField(
        label="What is wrong?",
        choices=Report.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose what is wrong with the description.",
            "invalid_choice": "Choose one of the answers.",
        },
    )
    words = forms.CharField(
        label="In your own words",
        help_text=f"What should it say? Up to {WORDS_LENGTH:,} characters. Leave out who you are.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    homepage = forms.CharField(
        label="Leave this field empty. It only catches programs that fill in everything",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def clean_words(self) -> str:
        """Fit for storing, and not longer than the field."""
        words = clean_text(self.cleaned_data["words"])
        if len(words) > WORDS_LENGTH:
            message = f"Your words have {len(words):,} characters. Shorten them to {WORDS_LENGTH:,}."
            raise forms.ValidationError(message)
        return words

    def clean(self) -> dict[str, Any]:
        """Own words are needed where no answer says it."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if found.get("kind") == Report.Kind.OTHER and not found.get("words") and "words" not in self.errors:
            self.add_error("words", "Say in your own words what is wrong.")
        return found

    def clean_homepage(self) -> str:
        """Nothing. A person whose browser filled it in finds it emptied, and sends the rest again."""
        if self.cleaned_data["homepage"]:
            self.data = {name: self.data[name] for name in self.data} | {"homepage": ""}
            raise forms.ValidationError("A field was filled in that has to stay empty. It is empty now: send again.")
        return ""
