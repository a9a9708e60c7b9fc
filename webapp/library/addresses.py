"""An address that somebody typed, as a picture to be fetched. Nothing is resolved or asked here: workers do that."""

from webapp.fetch.from_settings import limits
from webapp.fetch.urls import read_url
from webapp.library.submit import Linked


def linked(typed: str) -> Linked:
    """The picture at an address; one without a scheme is taken for https, as browsers do.

    Raises:
        UrlInvalid: it is no address that may be fetched.
    """
    address = typed.strip()
    if "://" not in address:
        address = f"https://{address}"
    return Linked(read_url(address, limits()).url)
