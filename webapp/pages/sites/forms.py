"""The forms of sites."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings

from webapp.accounts.models import Site
from webapp.accounts.roles import Role
from webapp.accounts.site_settings import (
    LONGEST,
    MOST_ENTRIES,
    SHORTEST,
    read_lang,
    read_name,
    read_origin,
    read_url_prefix,
    read_word,
)
from webapp.pages.forms import PlainForm

ROLES_IN_WORDS = (
    "Viewers see pictures and texts. Reviewers also hand pictures over and decide texts. "
    "Owners also change settings and members."
)


class Read(forms.CharField):
    """One line, made regular by a function that raises ValueError with a sentence."""

    def __init__(self, read: Callable[[str], str], **options: Any) -> None:
        super().__init__(**options)
        self.read = read

    def clean(self, value: Any) -> str:
        """What was read; the function also says what is missing."""
        try:
            return self.read(self.to_python(value) or "")
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


class Lines(forms.CharField):
    """A list with an entry a line, each made regular, without repetitions."""

    widget = forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "autocapitalize": "none"})

    def __init__(self, read: Callable[[str], str], **options: Any) -> None:
        super().__init__(required=False, **options)
        self.read = read

    def prepare_value(self, value: Any) -> Any:
        """The list as it is edited; what was typed stays as it is."""
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        """The entries that were read."""
        found: dict[str, None] = {}
        wrong: list[str] = []
        for line in filter(str.strip, super().clean(value).splitlines()):
            try:
                found[self.read(line)] = None
            except ValueError as error:
                wrong.append(str(error))
        if len(found) + len(wrong) > MOST_ENTRIES:
            wrong = [f"There are more than {MOST_ENTRIES} entries. Leave some out."]
        if wrong:
            raise forms.ValidationError(wrong[:5])
        return list(found)


class NameForm(PlainForm, forms.Form):
    """All that a new site needs."""

    name = Read(
        read_name,
        label="Name of the site",
        help_text="For you and its other members: “Bicycle shop”, for example.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class SettingsForm(PlainForm, forms.ModelForm):
    """All that a site's owners say of it."""

    name = Read(read_name, label="Name", widget=forms.TextInput(attrs={"autocomplete": "off"}))
    lang = Read(
        read_lang,
        label="Language of its texts",
        help_text="A language tag such as en, pt-BR or zh-Hant. The model drafts in English only.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    origins = Lines(
        read_origin,
        label="Origins of its pages",
        help_text="One a line, such as https://www.example.org. Only pages from there may use the publishable key.",
    )
    url_prefixes = Lines(
        read_url_prefix,
        label="Where its images are",
        help_text="Beginnings of their addresses, one a line, such as https://www.example.org/images/. "
        "Texts are served for these alone; for any if there is none.",
    )
    soft_length = forms.IntegerField(
        label="Characters of a long text",
        help_text=f"From {SHORTEST} to {LONGEST}; 125 is usual. Longer texts are not refused.",
        min_value=SHORTEST,
        max_value=LONGEST,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short", "autocomplete": "off"}),
    )
    final_stop = forms.BooleanField(
        label="Texts end with a full stop",
        help_text="Screen readers pause there.",
        required=False,
    )
    banned_words = Lines(read_word, label="Words that no text should have", help_text="One a line.")
    retention_days = forms.IntegerField(
        label="Days that pictures and drafts are kept",
        required=False,
        min_value=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short", "autocomplete": "off"}),
    )
    keeps_texts = forms.BooleanField(
        label="Keep decided texts, with their pictures, until a member deletes them",
        help_text="Without this, texts end with those days, and pages are served with them no more.",
        required=False,
    )
    blank_first = forms.BooleanField(
        label="Fields start empty",
        help_text="People write better texts that way. Without this, fields start with the best draft, to be changed.",
        required=False,
    )
    unreviewed = forms.ChoiceField(
        label="Give out drafts that nobody has decided",
        help_text="“Always” gives out even what is probably wrong. Such a text says that a machine wrote it.",
        choices=Site.Unreviewed.choices,
    )
    queue_unknown = forms.BooleanField(
        label="Describe pictures that its servers ask for",
        help_text=(
            "Those that are where its images are, as said above, and that nobody has handed over. They wait for a "
            "decision like all others. A page that uses the publishable key has nothing described."
        ),
        required=False,
    )
    public_pages = forms.BooleanField(
        label="Give each decided picture a public page",
        help_text="Whoever has its address, which cannot be guessed, then sees the picture itself, its text and the "
        "name of the site, without logging in, and can say that the text is wrong. Leave it off where not "
        "everybody may see the pictures.",
        required=False,
    )

    class Meta:
        model = Site
        fields = (
            "name", "lang", "origins", "url_prefixes", "soft_length", "final_stop", "banned_words", "retention_days",
            "keeps_texts", "blank_first", "unreviewed", "queue_unknown", "public_pages",
        )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = settings.RETENTION.days
        self.fields["retention_days"].help_text = f"At most {days}, as this service keeps nothing longer; or empty."

    def clean_retention_days(self) -> int | None:
        """As long as the service keeps anything, at most."""
        days: int | None = self.cleaned_data["retention_days"]
        if days is not None and days > settings.RETENTION.days:
            raise forms.ValidationError(f"This service keeps nothing longer than {settings.RETENTION.days} days.")
        return days


class InviteForm(PlainForm, forms.Form):
    """A new member: by user name, or by whoever follows a link."""

    user_name = forms.CharField(
        label="User name",
        help_text="Of somebody who has an account here. Leave it empty for a link that you send yourself.",
        required=False,
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    role = forms.ChoiceField(label="Role", help_text=ROLES_IN_WORDS, choices=Role.choices, initial=Role.REVIEWER)
