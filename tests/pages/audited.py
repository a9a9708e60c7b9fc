"""Audits as the pages meet them: begun, and looked at as a worker does, without any network."""

import base64

from tests.pages.pictures import png
from webapp.accounts.models import Owner
from webapp.audit.models import Audit
from webapp.audit.start import start_html, start_page
from webapp.audit.take_in import Source, take_in
from webapp.queue.claim import claim

DATA = "data:image/png;base64," + base64.b64encode(png(5)).decode()
PAGE = f"""<!doctype html><html lang="de"><title>Shop &amp; more</title><h1>Wheels</h1>
<p>Text <b>before</b>.</p><img src="wheel.jpg" width="300" height="200"><p>Text after.</p>
<a href="/your-cart"><img src="cart.png"></a>
<a href="/x1"><img src="x.png" alt=""></a>
<p>A photo: <img src="IMG_1234.jpg" alt="IMG_1234.jpg"></p>
<p>Another: <img src="b.jpg" alt="Image of a blue bicycle in front of a wall"></p>
<p>Fine: <img src="c.jpg" alt="Two cyclists rest on a bench by the lake"></p>
<p><img src="dot.gif" width="1" height="1"><img src="line.png" alt=""></p>
<p>Read this: <img src="{DATA}" title=""></p>
"""


def start(owner: Owner, given: str, *, depth: int = 0, address: str = "https://example.org/shop/") -> Audit:
    """An audit of HTML, or of an address."""
    if given.startswith("https:"):
        return start_page(owner, given, depth=depth, most_pages=20)
    return start_html(owner, given.encode(), address=address)


def look_at(audit: Audit, *sources: str) -> Audit:
    """Does the worker's part for the pages that wait, in their order; ``sources`` for those that are to be fetched."""
    for html in sources or ("",):
        (work,) = claim("fetch", "test", 1, alone=False)
        assert work.page is not None
        source = (
            Source.handed_over(work.page) if not audit.is_fetched else Source(html.encode(), work.page.address, "utf-8")
        )
        assert take_in(work, source)
    return audit
