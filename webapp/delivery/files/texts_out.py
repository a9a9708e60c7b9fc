"""The decided texts of a site as rows."""

from collections.abc import Iterator

from django.db.models import Max, Q

from webapp.accounts.models import Site
from webapp.delivery.files.table import Row
from webapp.library.models import Image

# decision: which one the text was when it went out, so that a later one is not overwritten unseen.
COLUMNS = ("image", "decision", "name", "address", "lang", "state", "alt_text")
_AT_ONCE = 500


def decided_texts(site: Site) -> Iterator[Row]:
    """A row for each picture of the site that has a decided text, the oldest first."""
    stands = Max("decisions__pk", filter=Q(decisions__undoes=None, decisions__undone_by=None))
    images = Image.objects.filter(site=site, alt_text__gt="").annotate(stands=stands).order_by("created_at", "pk")
    for image in images.iterator(chunk_size=_AT_ONCE):
        yield {
            "image": str(image.pk),
            "decision": str(image.stands or ""),
            "name": image.name,
            "address": image.source_url,
            "lang": image.lang,
            "state": image.state,
            "alt_text": image.alt_text or "",
        }
