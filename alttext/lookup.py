"""Texts by their addresses: from the cache, and what it does not know from the source, in one question."""

import time
from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Any

from django.core.cache import caches
from django.core.signals import setting_changed
from django.utils.module_loading import import_string

from alttext.addresses import resolved, with_parameters
from alttext.breaker import Breaker
from alttext.fill import chosen
from alttext.options import Options, options
from alttext.texts import Source, Text, Texts

_PAGE_SECONDS = 60  # that the texts of a whole page are remembered, beside those of its addresses and uses
_STALE_SECONDS = 3600  # that a text which is to be asked for anew is used while the source cannot be asked


class Lookup:
    """Asks one source. What it does not know in time is not there: nothing here raises for the source's sake."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self._source: Source = import_string(options.source)(options)
        self._breaker = Breaker("The source of alt texts")

    def for_page(self, page: str, base: str, written: Sequence[str]) -> Texts:
        """The texts of a page's pictures and their uses, by the addresses as the page writes them.

        base: what they are resolved by; that of the page unless it says another.
        """
        page = self._known_as(page)
        key = _key("page", page, base.partition("?")[0], *written)  # no picture's address takes from a base's query
        cache = caches[self.options.cache]
        known: Texts | None = cache.get(key)
        if known is not None:
            return known
        absolute = {one: address for one in written if (address := resolved(one, base))}
        texts, complete = self._texts(absolute.values(), page)
        spelt: dict[str, list[str]] = {}
        for one, address in absolute.items():
            spelt.setdefault(address, []).append(one)
        found: Texts = {}
        for place, text in texts.items():
            if isinstance(place, str):
                found |= dict.fromkeys(spelt[place], text)
            else:
                found |= {(one, place[1]): text for one in spelt[place[0]]}
        if complete:
            cache.set(key, found, min(_PAGE_SECONDS, self.options.cache_seconds))
        return found

    def text(self, address: str, base: str = "", *, page: str = "", nth: int = 1, alone: bool = False) -> Text | None:
        """The text of one picture, or that of its n-th use on the page if that is decided.

        alone: it is all that a link or button holds, so that only a text of the use will do.
        """
        absolute = resolved(address, base or self.options.site_url)
        if not absolute:
            return None
        texts, _ = self._texts([absolute], self._known_as(page))
        return chosen(texts, [absolute], nth, alone=alone)

    def _known_as(self, page: str) -> str:
        """The page's address as the source is asked about it."""
        counting = self.options.page_parameters
        return page if counting is None else with_parameters(page, counting)

    def _texts(self, addresses: Iterable[str], page: str) -> tuple[Texts, bool]:
        """(texts by their addresses and uses, whether all were asked for)."""
        wanted = list(dict.fromkeys(addresses))
        keys = {address: _key("picture", address) for address in wanted}
        keys_of_uses = {address: _key("places", page, address) for address in wanted} if page else {}
        cached: dict[str, tuple[Any, float]] = caches[self.options.cache].get_many(
            [*keys.values(), *keys_of_uses.values()]
        )
        known = {key: value for key, (value, _) in cached.items()}
        now = time.time()
        fresh = {key for key, (_, until) in cached.items() if now < until}
        unknown = [one for one in wanted if keys[one] not in fresh or (page and keys_of_uses[one] not in fresh)]
        complete = True
        if unknown:
            try:
                told = self._breaker.call(lambda: self._source.texts(unknown, page))
            except Exception:  # the breaker has told the log, and the page goes out with what is known
                complete = False
            else:
                new: dict[str, Any] = {keys[one]: told.get(one) or "" for one in unknown}
                new |= {keys_of_uses[one]: {} for one in unknown if page}
                for use, text in told.items():
                    if isinstance(use, tuple) and use[0] in keys_of_uses:
                        new.setdefault(keys_of_uses[use[0]], {})[use[1]] = text
                known |= new
                self._remember(new)
        found: Texts = {one: known[keys[one]] for one in wanted if known.get(keys[one])}
        for address, key in keys_of_uses.items():
            found |= {(address, nth): text for nth, text in known.get(key, {}).items()}
        return found, complete

    def _remember(self, new: dict[str, Any]) -> None:
        """Puts answers into the cache, each with the time until which it is as good as asked for anew.

        Texts stay beyond that. That there is none does not: a stranger makes up as many pages as they like.
        """
        cache, seconds = caches[self.options.cache], self.options.cache_seconds
        until = time.time() + seconds
        cache.set_many({key: (value, until) for key, value in new.items() if value}, seconds + _STALE_SECONDS)
        cache.set_many({key: (value, until) for key, value in new.items() if not value}, seconds)


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
