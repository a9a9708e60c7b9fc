"""Pictures of the web with decided texts, made by the library's own verbs."""

from webapp.accounts.models import Owner, Site
from webapp.library.decide import decide
from webapp.library.models import Image
from webapp.library.submit import Linked, submit
from webapp.queue.claim import claim
from webapp.queue.fail import fail

ADDRESS = "https://example.org/media/tulip.jpg"
TEXT = "Red tulips in front of a brick wall."


def programs_owner() -> Owner:
    return Owner.objects.create(kind=Owner.Kind.KEY)


def undecided(address: str = ADDRESS, *, owner: Owner | None = None, site: Site | None = None) -> Image:
    """A picture that could not be fetched: a person may decide its text all the same."""
    image = submit(owner or programs_owner(), [Linked(address)], site=site).images.get()
    (work,) = claim("fetch", "test", 1, alone=False)
    assert fail(work, "unreachable", "Nothing answers.", fault_of_image=True)
    image.refresh_from_db()
    return image


def decided(address: str = ADDRESS, text: str = TEXT, *, owner: Owner | None = None, site: Site | None = None) -> Image:
    image = undecided(address, owner=owner, site=site)
    decide(image, text, owner=image.owner)
    return image
