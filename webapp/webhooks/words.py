"""Why a try failed, in a sentence to the owner of the webhook. The sentences of fetches are for who gives a picture."""

from http import HTTPStatus

from webapp.webhooks.models import Delivery

# By code of webapp.fetch.errors. "unreachable" is also what is refused: nobody is told which.
_SENTENCES = {
    "unreachable": "The address cannot be reached from here. Check that it is open to the web.",
    "fetch_timeout": "The receiver took too long to answer. Answer first, and do the work later.",
    "tls_failed": "The receiver's certificate could not be verified. Have it renewed.",
    "bad_response": "The receiver's answer broke off, or was no HTTP.",
    "url_invalid": "Nothing may be sent to this address any more. Change it.",
}
_OTHER = "The receiver's answer could not be read."


def trouble(delivery: Delivery) -> str:
    """Why the last try failed; empty where it did not, or there was none yet."""
    if delivery.error_code != "http_status" or delivery.status is None:
        return _SENTENCES.get(delivery.error_code, _OTHER) if delivery.error_code else ""
    answered = f"The receiver answered with status {delivery.status}{_name(delivery.status)}."
    if 300 <= delivery.status < 400:
        return f"{answered} Redirects are not followed: give the address that it leads to."
    return answered


def _name(status: int) -> str:
    try:
        return f" ({HTTPStatus(status).phrase})"
    except ValueError:
        return ""
