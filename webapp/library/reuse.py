"""The same file again: an image gets the text that a person decided for the same bytes, as it is handed over."""

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q

from webapp.accounts.models import Membership, Owner, Site
from webapp.library import storage
from webapp.library.models import Decision, Image, Suggestion
from webapp.library.record import record, standing_decision

DECIDED = (Image.State.APPROVED, Image.State.EDITED)


def held_together(owner: Owner, site: Site) -> Q:
    """The condition by which images belong to the same people as what the owner hands over to the site.

    They are the members of the site together, or the owner alone where it has none.
    """
    has_members = Membership.objects.filter(site=site).exists()
    return Q(site=site) if has_members else Q(site=site, owner=owner)


def lock_decided(owner: Owner, site: Site, lang: str, hashes: Collection[str]) -> dict[str, Image]:
    """Of each of these files, by SHA-256, the image whose decided text a new one of the owner gets; locked.

    It is the one that was decided last, of the same people and in that language, with a draft and a copy, so that the
    new one needs no worker. Where the last decision was a rejection, nothing is given; what was taken back does not
    count. To be called before blobs are locked, as ``webapp.queue.fence`` wants it.
    """
    standing = Q(decisions__undoes=None, decisions__undone_by=None)
    newest = dict(
        Image.objects.filter(held_together(owner, site), blob__in=hashes, lang=lang)
        .filter(state__in=(*DECIDED, Image.State.REJECTED))
        .filter(Exists(Suggestion.objects.filter(image=OuterRef("pk"))), blob__copy_mime__gt="")
        .annotate(decided=Max("decisions__pk", filter=standing))
        .order_by("decided")
        .values_list("blob", "pk")
    )
    chosen = Image.objects.select_for_update().filter(pk__in=newest.values(), state__in=DECIDED).order_by("pk")
    return {image.blob_id: image for image in chosen if image.blob_id}


def reuse(images: Sequence[Image], decided: Mapping[str, Image]) -> set[UUID]:
    """Gives the waiting images, new or locked, the decisions of the same bytes, with the drafts that lay beside those.

    A decision is recorded as that of who made it, and as reused. Taken back, it leaves the drafts. The originals go
    after the commit, since the copies are kept.

    Args:
        decided: by the hash of the bytes, as ``lock_decided`` found them.

    Returns:
        The keys of those that got one: they need no worker.
    """
    given = set()
    for image in images:
        source = decided.get(image.blob_id or "")
        decision = standing_decision(source) if source else None
        draft = source.suggestion if source else None
        if image.state != Image.State.WAITING or not (decision and decision.decided_by and draft):
            continue
        _copy_draft(draft, image)
        verdict = Decision.Verdict(decision.verdict)
        record(
            image,
            verdict,
            decision.text,
            owner=decision.decided_by,
            version=None,
            rank=decision.chosen_rank,
            reuse=Decision.Reuse.SAME,
            reused_from=source,
        )
        _let_original_go(image)
        given.add(image.pk)
    return given


def reuse_of(image: Image) -> Decision | None:
    """The decision that gives the image its text, where that came from another image.

    ``webapp.library.access`` has it at hand.
    """
    standing = getattr(image, "standing_decisions", None)
    decision = standing_decision(image) if standing is None else standing[-1] if standing else None
    return decision if decision is not None and decision.reuse else None


def _copy_draft(draft: Suggestion, image: Image) -> None:
    Suggestion.objects.create(
        image=image,
        inference=draft.inference,
        site_id=image.site_id,
        lang=draft.lang,
        text=draft.text,
        candidates=draft.candidates,
    )


def _let_original_go(image: Image) -> None:
    transaction.on_commit(partial(storage.remove_spooled, image.spool_name), robust=True)
    image.spool_name = ""
    image.save(update_fields=["spool_name"])
