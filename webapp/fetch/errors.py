"""Why a fetch gave nothing: each with a stable code and a sentence that says what to do next."""

# ruff: noqa: N818 - an error is named for what it says, as in webapp.library.errors


class FetchError(Exception):
    """Base of every error of a fetch. ``code`` and ``message`` may be shown to anybody, ``detail`` only to the log.

    ``may_pass`` says whether the same fetch may succeed later.
    """

    code = "fetch_error"
    sentence = "The address could not be fetched."
    may_pass = False

    def __init__(self, message: str = "", *, detail: str = "") -> None:
        self.message = message or self.sentence
        self.detail = detail
        super().__init__(self.message)


class UrlInvalid(FetchError):
    """The text is no address that may be fetched, whatever it resolves to."""

    code = "url_invalid"
    sentence = "This is no web address that can be fetched. Give one that begins with https:// or http://."


class Unreachable(FetchError):
    """No connection: refused by our rule, unknown to DNS, or nobody there. On purpose nobody is told which."""

    code = "unreachable"
    sentence = "The address cannot be reached from here. Check that it opens for everybody on the web, then try again."
    may_pass = True


class FetchTimeout(FetchError):
    """A server was reached and takes too long."""

    code = "fetch_timeout"
    sentence = "The server took too long to answer. Try again later, or upload the file instead."
    may_pass = True


class NotYet(FetchError):
    """The host's turn is too far off to wait for it here. ``seconds``: until it is worth another try."""

    code = "not_yet"
    sentence = "The site asks for time between requests. It is asked again in a while."
    may_pass = True

    def __init__(self, seconds: float, *, detail: str = "") -> None:
        super().__init__(detail=detail or f"a turn in {seconds:.0f} s")
        self.seconds = seconds


class TlsFailed(FetchError):
    """A server was reached, and no connection that can be trusted could be made."""

    code = "tls_failed"
    sentence = "The server's certificate could not be verified. Ask its owner to mend it, or upload the file instead."


class BadResponse(FetchError):
    """The answer is no proper HTTP, has endless headers, or breaks off."""

    code = "bad_response"
    sentence = "The server's answer broke off or could not be read. Try again later, or upload the file instead."
    may_pass = True


class TooLarge(FetchError):
    """The body is larger than the limit, as sent or after decompression."""

    code = "too_large"
    sentence = "What the address holds is too large. Give the address of a smaller file."

    def __init__(self, limit: int = 0, *, detail: str = "") -> None:
        """limit: bytes that would have been read, where that is to be told."""
        message = (
            f"The address holds more than the {limit // 1_000_000:,} MB that are read. Give that of a smaller file."
            if limit >= 1_000_000
            else ""
        )
        super().__init__(message, detail=detail)


class TooManyRedirects(FetchError):
    """More redirects than the limit, or a circle of them."""

    code = "too_many_redirects"
    sentence = "The address redirects in a circle or too often. Open it in a browser and give the address it ends at."


class RedirectRefused(FetchError):
    """A redirect from https to http, or to what is no address that may be fetched."""

    code = "redirect_refused"
    sentence = "The address redirects to one that is not safe to follow. Give the https:// address it ends at."


class HttpStatus(FetchError):
    """The server answered, but not with what was asked for.

    ``retry_after`` holds the seconds that it asks to wait, as far as it said so.
    """

    code = "http_status"

    def __init__(self, status: int, *, retry_after: float | None = None, detail: str = "") -> None:
        super().__init__(_sentence_for(status), detail=detail)
        self.status = status
        self.retry_after = retry_after
        self.may_pass = status in (408, 425, 429) or status >= 500


class UnsupportedType(FetchError):
    """The content is of another type than was asked for, or compressed in a way that nobody asked for."""

    code = "unsupported_type"
    sentence = "The address holds another kind of file than is needed here. Give the address of one that fits."


class RobotsDisallowed(FetchError):
    """The site's robots.txt keeps us out, or could not be read."""

    code = "robots_disallowed"
    sentence = "The site's robots.txt asks programs not to read this address. Ask its owner to allow Captioner."


class BrowserFailed(FetchError):
    """The browser that was to build the page does not start, or ended."""

    code = "browser_failed"
    sentence = "The browser that builds pages failed on this server. Look again without it."


def _sentence_for(status: int) -> str:
    if status in (401, 402, 403, 407):
        return (
            f"The server keeps this address for some people only (status {status}). Give one that everybody may open."
        )
    if status in (404, 410):
        return f"There is nothing at this address (status {status}). Check it for a slip, or give another one."
    if status == 429:
        return "The server asks for fewer requests (status 429). Try again later."
    if status >= 500:
        return f"The server has trouble of its own (status {status}). Try again later."
    return f"The server did not hand the file over (status {status}). Open the address in a browser to see why."
