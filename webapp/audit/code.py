"""The code of an image: its start tag as the page has it, short enough to be read."""

import re

from turbohtml import Element

from webapp.scan.page import Page

_LONGEST = 600  # characters
_RUN = re.compile(r"[^\s\"'>]{200,}")  # an address, or data
_KEPT = 60


def code_of(page: Page, element: Element) -> str:
    """The start tag, with what is very long in it cut; "" for an element that the source does not write."""
    span = page.start_tag(element)
    if span is None:
        return ""
    tag = _RUN.sub(lambda run: f"{run[0][:_KEPT]}…", page.text[slice(*span)])
    return tag if len(tag) <= _LONGEST else f"{tag[:_LONGEST]}…"
