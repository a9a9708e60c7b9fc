"""The form by which a file of texts comes back."""

import io
from itertools import islice
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from webapp.delivery.files.table import FORMATS, Row, Unreadable, read
from webapp.delivery.files.texts_in import COLUMNS, OF_USES
from webapp.pages.forms import PlainForm

MOST_BYTES = 2_000_000
MOST_ROWS = 1_000  # each is a decision; more of them take longer than a browser waits


class TextsForm(PlainForm, forms.Form):
    """A file, and whether it only is to be tried. ``rows``: what stands in it, once it is valid."""

    file = forms.FileField(
        label="File with changed texts",
        help_text=f"One of those above, with texts changed in it: .csv or .jsonl, at most {MOST_ROWS:,} rows and "
        f"{MOST_BYTES // 1_000_000} MB. Rows that you leave out stay as they are.",
        widget=forms.FileInput(attrs={"accept": ",".join(f".{one}" for one in FORMATS)}),
        error_messages={"required": "Choose a file.", "empty": "The file is empty. Choose another one."},
    )
    dry_run = forms.BooleanField(label="Only tell what would be decided", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows: list[Row] = []

    def clean_file(self) -> UploadedFile:
        """Reads the rows; nothing is decided before all of them are read."""
        file: UploadedFile = self.cleaned_data["file"]
        form = next((one for one in FORMATS if PurePath(file.name or "").suffix.lower() == f".{one}"), None)
        if form is None:
            raise forms.ValidationError("Give a file that ends in .csv or .jsonl.")
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(f"The file has more than {MOST_BYTES // 1_000_000} MB. Divide it.")
        try:
            with io.TextIOWrapper(file, encoding="utf-8", newline="" if form == "csv" else None) as lines:
                self.rows = list(islice(read(lines, COLUMNS, form, optional=OF_USES), MOST_ROWS + 1))
        except Unreadable as error:
            raise forms.ValidationError(str(error)) from error
        if len(self.rows) > MOST_ROWS:
            raise forms.ValidationError(
                f"The file has more than {MOST_ROWS:,} rows. Leave those out that did not change."
            )
        return file
