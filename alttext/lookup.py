"""Texts by their addresses: from the cache, and what it does not know from the source, in one question."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import sha256
from urllib.parse import urljoin

from django.core.cache import caches
from django.core.signals import setting_changed
from django.utils.module_loading import import_string

from alttext.breaker import Breaker
from alttext.options import Options, options
from alttext.texts import Source, Text

_LONGEST = 2000  # characters of an address
_PAGE_SECONDS = 60  # that the texts of a whole page are remembered, beside those of its addresses


class Lookup:
    """Asks one source. What it does not know in time is not there: nothing here raises for the source's sake."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self._source: Source = import_string(options.source)(options)
        self._breaker = Breaker("The source of alt texts")

    def for_page(self, base: str, written: Sequence[str]) -> dict[str, Text]:
        """The texts by their addresses as the page at ``base`` writes them."""
        key = _key("page", base, *written)
        cache = caches[self.options.cache]
        known: dict[str, Text] | None = cache.get(key)
        if known is not None:
            return known
        absolute = {one: address for one in written if (address := resolved(one, base))}
        texts, complete = self._texts(absolute.values())
        found = {one: texts[address] for one, address in absolute.items() if address in texts}
        if complete:
            cache.set(key, found, min(_PAGE_SECONDS, self.options.cache_seconds))
        return found

    def text(self, address: str, base: str = "") -> Text | None:
        """The text of one picture."""
        absolute = resolved(address, base or self.options.site_url)
        return self._texts([absolute])[0].get(absolute) if absolute else None

    def _texts(self, addresses: Iterable[str]) -> tuple[dict[str, Text], bool]:
        """(texts by their addresses, whether all were asked for)."""
        cache = caches[self.options.cache]
        keys = {_key("address", address): address for address in addresses}
        known: dict[str, Text | str] = cache.get_many(keys)
        unknown = {key: address for key, address in keys.items() if key not in known}
        complete = True
        if unknown:
            try:
                asked = list(unknown.values())
                new = self._breaker.call(lambda: self._source.texts(asked))
            except Exception:  # the breaker has told the log, and the page goes out without
                new, complete = {}, False
            else:
                known |= {key: new.get(address) or "" for key, address in unknown.items()}
                cache.set_many({key: known[key] for key in unknown}, self.options.cache_seconds)
        return {keys[key]: text for key, text in known.items() if not isinstance(text, str)}, complete


def resolved(address: str, base: str) -> str:
    """The address as the page at ``base`` means it; "" for what is no picture's of the web."""
    try:
        absolute = urljoin(base, address.strip())
    except ValueError:
        return ""
    return absolute if absolute.startswith(("http://", "https://")) and len(absolute) <= _LONGEST else ""


@lru_cache(maxsize=1)
def the_lookup() -> Lookup:
    """That of this process, as the setting has it."""
    return Lookup(options())


def _forget(*, setting: str, **_: object) -> None:
    if setting in ("ALTTEXT", "CACHES"):
        the_lookup.cache_clear()


setting_changed.connect(_forget)


def _key(*parts: str) -> str:
    """A key that every cache takes, whatever stands in the addresses."""
    return f"alttext:{sha256(chr(10).join(parts).encode('utf-8', 'replace')).hexdigest()}"
