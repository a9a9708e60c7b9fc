"""The decided texts of a site as rows: of pictures, and of single places where they stand."""

from collections.abc import Iterator

from django.db.models import Max, Q

from webapp.accounts.models import Site
from webapp.delivery.files.table import Row
from webapp.library.models import Image
from webapp.uses.models import DecidedUse

# image or use: which of both a row is of. decision: which one the text was when it went out, so that a later one is not
# overwritten unseen. page, position: of a use.
COLUMNS = ("image", "use", "decision", "page", "position", "name", "address", "lang", "state", "alt_text")
_AT_ONCE = 500
_STANDS = Max("decisions__pk", filter=Q(decisions__undoes=None, decisions__undone_by=None))


def decided_texts(site: Site) -> Iterator[Row]:
    """A row for each picture of the site that has a decided text, then for each decided use, the oldest first."""
    images = Image.objects.filter(site=site, alt_text__gt="").annotate(stands=_STANDS).order_by("created_at", "pk")
    for image in images.iterator(chunk_size=_AT_ONCE):
        yield {
            "image": str(image.pk),
            "use": "",
            "decision": str(image.stands or ""),
            "page": "",
            "position": "",
            "name": image.name,
            "address": image.source_url,
            "lang": image.lang,
            "state": image.state,
            "alt_text": image.alt_text or "",
        }
    uses = DecidedUse.objects.filter(site=site).exclude(state=DecidedUse.State.UNDECIDED)
    for use in uses.annotate(stands=_STANDS).order_by("created_at", "pk").iterator(chunk_size=_AT_ONCE):
        yield {
            "image": "",
            "use": str(use.pk),
            "decision": str(use.stands or ""),
            "page": use.page,
            "position": str(use.position),
            "name": "",
            "address": use.address,
            "lang": use.lang,
            "state": use.state,
            "alt_text": use.alt_text or "",
        }
