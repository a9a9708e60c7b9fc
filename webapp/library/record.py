"""One more decision in the history of an image, which shows it from then on. All under the image's lock."""

from uuid import UUID

from webapp.accounts.models import Owner
from webapp.library.errors import NotReady, StaleVersion
from webapp.library.models import Decision, Image, UnsavedText


def lock_drafted(image: Image) -> Image:
    """The image as it is now, locked until the transaction ends.

    Raises:
        NotReady: it still waits for its draft.
        Image.DoesNotExist: it was deleted meanwhile.
    """
    current = Image.objects.select_for_update().get(pk=image.pk)
    if current.state == Image.State.WAITING:
        raise NotReady("The draft of this picture is not ready yet. Try again when it is.")
    return current


def record(
    image: Image,
    verdict: Decision.Verdict,
    text: str,
    *,
    owner: Owner,
    version: int | None,
    rank: int | None = None,
    reuse: Decision.Reuse | None = None,
    reused_from: Image | None = None,
    batch: UUID | None = None,
) -> Decision:
    """Adds a decision on the locked image to its history.

    Saying again what stands already, as a second press does, adds nothing and changes nothing of what stands.

    Args:
        version: the image's ``version`` that the person saw; None to decide whatever happened since.
        rank: the candidate's whose text it is.
        reuse: how the text came from another image, ``reused_from``; None where it did not.
        batch: the same for all that are made at once.

    Raises:
        StaleVersion: somebody decided otherwise since.
    """
    standing = standing_decision(image)
    if standing and (standing.verdict, standing.text, standing.chosen_rank) == (verdict, text, rank):
        UnsavedText.objects.filter(image=image).delete()
        return standing
    refuse_stale(image, version)
    decision = Decision.objects.create(
        image=image,
        site_id=image.site_id,
        lang=image.lang,
        verdict=verdict,
        text=text,
        suggestion=image.suggestion,
        chosen_rank=rank,
        reuse=reuse or "",
        reused_from=reused_from,
        batch=batch,
        decided_by=owner,
    )
    UnsavedText.objects.filter(image=image).delete()
    show(image, decision)
    return decision


def refuse_stale(image: Image, version: int | None) -> None:
    """Raises StaleVersion where the person saw another ``version`` of the image than the present one."""
    if version is not None and version != image.version:
        raise StaleVersion(image.alt_text)


def show(image: Image, decision: Decision | None) -> None:
    """Gives the image the text and the state of the decision that stands now; without one, those of its draft."""
    if decision is None:
        image.alt_text, image.state = None, _undecided_state(image)
    else:
        image.alt_text, image.state = decision.text or None, Image.State(decision.verdict)
    image.version += 1
    image.save(update_fields=["alt_text", "state", "version", "updated_at"])


def standing_decision(image: Image) -> Decision | None:
    """The newest decision that nobody has taken back: the image's text is of it."""
    return image.decisions.filter(undoes=None, undone_by=None).order_by("pk").last()


def _undecided_state(image: Image) -> Image.State:
    if image.error_code:
        return Image.State.FAILED
    has_draft = image.suggestion is not None and image.suggestion.candidates
    return Image.State.SUGGESTED if has_draft else Image.State.WITHHELD
