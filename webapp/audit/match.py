"""The same image at two looks at a page: what was described or decided for it stays, and what changed is counted."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from uuid import UUID

from webapp.audit.describe import DESCRIBED
from webapp.audit.models import Page, Use

# By what two uses are taken for the same, the surest first: the very place; the same file in the same context; the
# same file. Drawings in the page itself have no file and go by their kind.
_SAME: tuple[Callable[[Use], Hashable], ...] = (
    lambda use: (use.key, use.address),
    lambda use: (use.facts["kind"], use.address, _place(use)),
    lambda use: (use.facts["kind"], use.address),
)


def carry_over(page: Page, uses: Sequence[Use]) -> dict[str, int]:
    """Gives the uses of a new look, not yet saved, the pictures of those that they replace.

    A picture is its address: a use that is new on this page has it too where the audit has it elsewhere. What no longer
    asks for words of its picture gets none.

    Returns:
        How many are ``new``, ``gone``, have another ``text``, and are the ``same``.
    """
    before = list(page.uses.all())
    pairs = _pairs(before, uses)
    wanting = [use for use in uses if use.todo in DESCRIBED and use.address]
    pictures: dict[str, UUID | None] = {use.address: use.image_id for use in before if use.image_id}
    pictures |= _elsewhere(page, {use.address for use in wanting} - pictures.keys())
    for use in wanting:
        use.image_id = pictures.get(use.address)
    texts = sum(old.alt != new.alt for old, new in pairs)
    counts = {"new": len(uses) - len(pairs), "gone": len(before) - len(pairs), "text": texts}
    return {**counts, "same": len(pairs) - texts}


def _pairs(before: Iterable[Use], after: Iterable[Use]) -> list[tuple[Use, Use]]:
    """Each use with the one that it replaces, none twice."""
    pairs = []
    for same in _SAME:
        left: defaultdict[Hashable, list[Use]] = defaultdict(list)
        for use in before:
            left[same(use)].append(use)
        rest = []
        for use in after:
            if found := left[same(use)]:
                pairs.append((found.pop(0), use))
            else:
                rest.append(use)
        before, after = [use for uses in left.values() for use in uses], rest
    return pairs


def _place(use: Use) -> Hashable:
    context = use.facts["context"]
    link = context["link"]
    return (link["address"] if link else "", context["heading"], context["before"])


def _elsewhere(page: Page, addresses: set[str]) -> dict[str, UUID | None]:
    """The pictures that the audit has at these addresses on other pages."""
    known = Use.objects.filter(page__audit=page.audit_id, image__isnull=False, address__in=addresses).order_by()
    return dict(known.values_list("address", "image"))
