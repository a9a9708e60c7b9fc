"""Audited pages whose uses can be decided on."""

from tests.pages.audited import look_at, start
from webapp.accounts.models import Owner
from webapp.audit.models import Audit, Use

PAGE_ADDRESS = "https://example.org/shop/"
TULIP = "https://example.org/shop/tulip.jpg"
PAGE = """<!doctype html><html lang="en"><title>Shop</title><h1>Flowers</h1>
<p>Our best: <img src="tulip.jpg"></p>
<a href="/basket"><img src="tulip.jpg"></a>
<p><img src="../shop/tulip.jpg"></p>
<p><img src="fence.jpg"></p>
"""


def audited(owner: Owner, html: str = PAGE, address: str = PAGE_ADDRESS) -> Audit:
    return look_at(start(owner, html, address=address))


def uses_of(audit: Audit) -> list[Use]:
    """In the order of the page."""
    uses = Use.objects.filter(page__audit=audit).order_by("page__position", "position")
    return list(uses.select_related("page__audit__site", "page__audit__owner", "image"))
