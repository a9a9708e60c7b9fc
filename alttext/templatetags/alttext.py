"""``{% load alttext %}``: the decided text of a picture in a template, and an img element with it."""

from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from alttext.fill import attributes as said
from alttext.lookup import the_lookup
from alttext.texts import Text

register = template.Library()


@register.filter
def alttext(address: object) -> str:
    """``{{ photo.url|alttext }}``: the decided text of a picture, or nothing. Relative addresses are those of
    ``SITE_URL``. What is all that a link or button holds needs a text of its place: write ``alttext_img`` there.
    """
    text = _text(str(address or ""))
    return text["alt_text"] if text else ""


@register.simple_tag(takes_context=True)
def alttext_img(
    context: template.Context, src: object, *, nth: int = 1, alone: bool = False, **attributes: Any
) -> SafeString:
    """``{% alttext_img photo.url class="wide" %}``: an img element, with its text where one is decided.

    An ``alt`` that is given, empty or not, is the author's and stays. Without a decided text there is no alt attribute:
    a file's name or an empty text would say something that nobody decided. An underscore in a name is a hyphen. An
    attribute that is None or False is left out, and True stands without a value.

    What was decided for this place comes before the text of the picture. ``nth``: which of the page's images with this
    address it is. ``alone=True``: it is all that a link or button holds, which only a text of this place can name.
    """
    request = context.get("request")
    site = the_lookup().options.site_url.rstrip("/")
    path = request.get_full_path() if request is not None else ""
    page = f"{site}{path}" if site and path else request.build_absolute_uri(path) if request is not None else ""
    given_alt = attributes.get("alt") is not None
    text = None if given_alt else _text(str(src or ""), page, nth=nth, alone=alone)
    alt = mark_safe(said(text, get_language() or "", say_lang="lang" not in attributes)) if text else ""  # noqa: S308 - escaped there
    given = [(name.replace("_", "-"), value) for name, value in attributes.items() if value not in (None, False)]
    valued = format_html_join("", ' {}="{}"', ((name, value) for name, value in given if value is not True))
    bare = format_html_join("", " {}", ((name,) for name, value in given if value is True))
    return format_html('<img src="{}"{}{}{}>', src or "", alt, valued, bare)


def _text(address: str, page: str = "", **use: Any) -> Text | None:
    """The text; none where anything goes wrong, for a page is worth more than its texts."""
    try:
        return the_lookup().text(address, page, page=page, **use)
    except Exception:  # the cache, say; a source that fails is told by its breaker
        return None
