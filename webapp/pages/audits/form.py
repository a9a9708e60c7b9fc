"""The form that hands a page over: what was typed in it, and what is wrong with that."""

from dataclasses import dataclass

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from webapp.accounts.models import Owner, Site
from webapp.audit.archives import uploaded
from webapp.audit.errors import ArchiveUnusable, SourceTooLarge
from webapp.audit.models import Audit
from webapp.audit.start import start_archive, start_html, start_page
from webapp.fetch.errors import UrlInvalid
from webapp.library.uploads import ARCHIVE_FIELD, collect_uploads
from webapp.pages.landing import FieldError

ADDRESS, HTML, BASE, DEPTH, MOST, SCHEDULE = "address", "html", "base", "depth", "most", "schedule"
ARCHIVE = ARCHIVE_FIELD
DEPTHS = (
    ("0", "Only this page"),
    ("1", "And the pages that it links to"),
    ("2", "And those that these link to"),
    ("3", "And one step more"),
)
_USUAL_PAGES = 20
_NOTHING = "Give the address of a page, paste its HTML, or choose an archive."
_NOT_AGAIN = "Only what is fetched from an address can be looked at again. Choose “Never”, or give the page's address."
_SEVERAL = "Give only one of these: the address of a page, its HTML, or an archive."


class Wrong(Exception):  # noqa: N818 - a refusal is named for what it says
    """The form cannot be taken as it is."""

    def __init__(self, *errors: FieldError) -> None:
        super().__init__(errors)
        self.errors = errors


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields as they were sent."""

    address: str = ""
    html: str = ""
    base: str = ""
    depth: str = "0"
    most: str = ""
    schedule: str = Audit.Schedule.NEVER
    archive: UploadedFile | None = None

    @classmethod
    def of(cls, request: HttpRequest) -> "Typed":
        """The fields of a request."""
        sent = request.POST
        return cls(
            sent.get(ADDRESS, "").strip(),
            sent.get(HTML, ""),
            sent.get(BASE, "").strip(),
            sent.get(DEPTH, "0"),
            sent.get(MOST, "").strip(),
            sent.get(SCHEDULE, Audit.Schedule.NEVER),
            request.FILES.get(ARCHIVE),
        )

    @property
    def ways(self) -> list[str]:
        """The fields by which a page is handed over here: one, where all is well."""
        given = {ADDRESS: self.address, HTML: self.html.strip(), ARCHIVE: self.archive}
        return [field for field, value in given.items() if value]

    @property
    def has_html(self) -> bool:
        """Whether the part for HTML was used."""
        return bool(self.html.strip() or self.base)


def usual_pages() -> int:
    """How many pages are proposed where links are followed."""
    return min(_USUAL_PAGES, settings.MAX_AUDIT_PAGES)


def check(typed: Typed) -> None:
    """Raises Wrong for what can be told before anything is written."""
    errors = []
    if not typed.ways:
        errors.append(FieldError(HTML if typed.base else ADDRESS, _NOTHING))
    if len(typed.ways) > 1:
        errors.append(FieldError(typed.ways[0], _SEVERAL))
    if typed.depth not in dict(DEPTHS):
        errors.append(FieldError(DEPTH, "Choose how far links are followed."))
    elif typed.depth != "0" and _number(typed.most) is None:
        errors.append(FieldError(MOST, f"Give a number of pages from 1 to {settings.MAX_AUDIT_PAGES:,}."))
    if typed.schedule not in Audit.Schedule.values:
        errors.append(FieldError(SCHEDULE, "Choose how often."))
    elif typed.schedule != Audit.Schedule.NEVER and typed.ways and ADDRESS not in typed.ways:
        errors.append(FieldError(SCHEDULE, _NOT_AGAIN))
    if errors:
        raise Wrong(*errors)


def start(owner: Owner, typed: Typed, site: Site | None) -> Audit:
    """The audit of what was typed and checked, for a site or for the owner alone.

    Raises:
        Wrong: an address is none, the HTML is too large, or the archive cannot be used.
        Busy, StorageFull: as ``webapp.audit.start``.
    """
    (way,) = typed.ways
    try:
        if typed.archive is not None:
            return start_archive(owner, uploaded(collect_uploads([typed.archive])[0]), site=site)
        if way == HTML:
            html = typed.html.encode("utf-8", "replace")
            return start_html(owner, html, address=_with_scheme(typed.base), site=site)
        depth = int(typed.depth)
        most = _number(typed.most) or 1
        schedule = Audit.Schedule(typed.schedule)
        address = _with_scheme(typed.address)
        return start_page(owner, address, depth=depth, most_pages=most, schedule=schedule, site=site)
    except UrlInvalid as error:
        raise Wrong(FieldError(BASE if way == HTML else ADDRESS, error.message)) from error
    except (SourceTooLarge, ArchiveUnusable) as error:
        raise Wrong(FieldError(way, error.message)) from error


def _with_scheme(address: str) -> str:
    """Without a scheme it is taken for https, as browsers do."""
    return address if not address or "://" in address else f"https://{address}"


def _number(typed: str) -> int | None:
    text = typed or str(usual_pages())
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        return None
    return int(text) if 1 <= int(text) <= settings.MAX_AUDIT_PAGES else None
