"""Texts from the database of this very project, for a site that runs a Captioner in itself."""

from collections.abc import Sequence

from alttext.options import Options
from alttext.texts import Text
from webapp.accounts.owners import loopback_owner
from webapp.delivery.texts import texts_at


class DatabaseTexts:
    """A source of the app ``alttext``: ``ALTTEXT = {"SOURCE": "webapp.delivery.local.DatabaseTexts"}``."""

    def __init__(self, options: Options) -> None:
        del options  # what a remote source needs

    def texts(self, addresses: Sequence[str]) -> dict[str, Text]:
        """The texts by their addresses that a program on this machine may hear. Raises what the database raises."""
        found = texts_at(loopback_owner(), addresses)
        return {
            address: Text(alt_text=text.alt_text, lang=text.lang, origin=text.origin) for address, text in found.items()
        }
