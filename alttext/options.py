"""The setting ``ALTTEXT``: a dictionary, whose entries are the fields of ``Options`` in capitals."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True, slots=True)
class Options:
    """How texts are had and where they are put.

    url, key: of a Captioner and its API. source: the dotted path of another source. timeout: seconds for a lookup.
    site_url: scheme and host that the site's pictures are known by, where those of a request are others, as behind a
    proxy. skip: beginnings of paths that are left alone. max_bytes: of a page that is looked at. cache: its name in
    ``CACHES``; cache_seconds: how long a text, or that there is none, is remembered. page_parameters: those of a page's
    query that make it another page; all where None.
    """

    url: str = ""
    key: str = ""
    source: str = "alttext.remote.RemoteTexts"
    timeout: float = 0.5
    site_url: str = ""
    skip: tuple[str, ...] = ("/admin/",)
    max_bytes: int = 2_000_000
    cache: str = "default"
    cache_seconds: int = 300
    page_parameters: Sequence[str] | None = None


def options() -> Options:
    """The options as set.

    Raises:
        ImproperlyConfigured: an entry that is not known.
    """
    given = {name.lower(): value for name, value in getattr(settings, "ALTTEXT", {}).items()}
    unknown = sorted(given.keys() - {field.name for field in fields(Options)})
    if unknown:
        raise ImproperlyConfigured(f"ALTTEXT has no entry {unknown[0].upper()}.")
    return Options(**{**given, "skip": tuple(given.get("skip", Options().skip))})
