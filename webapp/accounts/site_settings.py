"""Reading what people and programs write as settings of a site: each made regular, or refused with a sentence."""

import re

from webapp.fetch.errors import UrlInvalid
from webapp.fetch.limits import Limits
from webapp.fetch.urls import Target, read_url
from webapp.library.text import clean_text

NAME_LENGTH = 200
MOST_ENTRIES = 100  # of one list
SHORTEST, LONGEST = 20, 500  # characters that may be called long
_WORD_LENGTH = 50
_ANY_PORT = Limits(max_url_length=2_000, ports=frozenset(range(1, 65_536)))
# Well-formed by RFC 5646, without the few irregular tags that it keeps for history's sake.
_TAG = re.compile(
    r"(?P<language>[a-z]{2,3}(-[a-z]{3}){0,3}|[a-z]{4,8})(-(?P<script>[a-z]{4}))?(-(?P<region>[a-z]{2}|[0-9]{3}))?"
    r"(?P<rest>(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(-[a-wyz0-9](-[a-z0-9]{2,8})+)*(-x(-[a-z0-9]{1,8})+)?)"
)


def read_name(text: str) -> str:
    """The name of a site. Raises ValueError."""
    name = " ".join(clean_text(text).split())
    if not name:
        raise ValueError("Give the site a name.")
    if len(name) > NAME_LENGTH:
        raise ValueError(f"The name has {len(name):,} characters. Shorten it to {NAME_LENGTH}.")
    return name


def read_origin(text: str) -> str:
    """An origin as browsers send it: scheme, host, and the port unless it is the usual one. Raises ValueError."""
    target = _read_url(text)
    if target.path != "/":
        raise ValueError(f"{_shown(text)} is more than an origin. Leave out what follows the host: {target.origin}.")
    return target.origin


def read_url_prefix(text: str) -> str:
    """The beginning of addresses, in the plain form of addresses. Raises ValueError."""
    target = _read_url(text)
    if "?" in target.path or "#" in text:
        raise ValueError(f"{_shown(text)} has a query or a fragment. Give what comes before it.")
    return target.url


def read_lang(text: str) -> str:
    """A language tag in its usual spelling: ``pt-BR``, ``zh-Hant``. Raises ValueError."""
    tag = _TAG.fullmatch(text.strip().lower())
    if tag is None or len(text.strip()) > 35:
        raise ValueError(f"{_shown(text)} is no language tag. Write one such as en, pt-BR or zh-Hant.")
    script, region = tag["script"], tag["region"]
    parts = (tag["language"], script.title() if script else "", region.upper() if region else "")
    return "-".join(filter(None, parts)) + tag["rest"]


def read_word(text: str) -> str:
    """A word, or a few, in small letters. Raises ValueError."""
    word = " ".join(clean_text(text).split()).casefold()
    if not word or len(word) > _WORD_LENGTH:
        raise ValueError(f"{_shown(text)} is no word of 1 to {_WORD_LENGTH} characters.")
    return word


def _read_url(text: str) -> Target:
    try:
        return read_url(text.strip(), _ANY_PORT)
    except UrlInvalid as error:
        raise ValueError(f"{_shown(text)} is no address. Write one such as https://www.example.org.") from error


def _shown(text: str) -> str:
    text = " ".join(clean_text(text).split())
    return f"“{text[:60]}{'…' * (len(text) > 60)}”"
