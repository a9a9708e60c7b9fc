"""Texts from the database of this very project, for a site that runs a Captioner in itself."""

from collections.abc import Sequence

from alttext.options import Options
from alttext.texts import Text, Texts
from webapp.accounts.owners import loopback_owner
from webapp.delivery.texts import Text as Decided
from webapp.delivery.texts import texts_at
from webapp.delivery.uses import texts_on_page


class DatabaseTexts:
    """A source of the app ``alttext``: ``ALTTEXT = {"SOURCE": "webapp.delivery.local.DatabaseTexts"}``."""

    def __init__(self, options: Options) -> None:
        del options  # what a remote source needs

    def texts(self, addresses: Sequence[str], page: str = "") -> Texts:
        """The texts by their addresses that a program on this machine may hear, and those of the page.

        Raises what the database raises.
        """
        asker = loopback_owner()
        found: Texts = {address: _text(text) for address, text in texts_at(asker, addresses).items()}
        of_uses = texts_on_page(asker, page, addresses) if page else {}
        return found | {use: _text(text) for use, text in of_uses.items()}


def _text(text: Decided) -> Text:
    return Text(alt_text=text.alt_text, lang=text.lang, origin=text.origin)
