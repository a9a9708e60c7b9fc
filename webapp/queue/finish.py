"""Finishing: what a batch found is written in one transaction, behind the fence."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from webapp.accounts.models import Site
from webapp.library import storage
from webapp.library.ended import end_jobs_after_commit
from webapp.library.found import Found
from webapp.library.models import Blob, Image, Inference, Suggestion
from webapp.library.near import columns_of
from webapp.library.offer import Drafts, drafts_of
from webapp.library.style import style_of
from webapp.queue.fence import lock_blobs, lock_claimed, lock_images
from webapp.queue.models import Work


@dataclass(frozen=True, slots=True)
class Copy:
    """Facts of a re-encoded copy that lies in storage: its media type, its size in pixels, the picture's phash, and its
    colours in words.
    """

    mime: str
    width: int
    height: int
    phash: str = ""
    colours: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What was found for one claimed row.

    ``found`` is None where an inference of the same bytes, model and options stands already, ``copy`` is None
    where the copy does.
    """

    work: Work
    found: Found | None
    copy: Copy | None


def finish(results: Sequence[Result], *, model: str, options: str) -> int:
    """Writes inferences, suggestions, facts of copies and the ends of the rows, all or nothing.

    A row whose claim is no longer the newest, or that was deleted meanwhile, is passed over: its result is dropped.
    What a person decided meanwhile stands.

    Args:
        results: one for each row; rows may share a blob.
        model: name and version of the checkpoint.
        options: the decoding options in their canonical form.

    Returns:
        How many rows ended.
    """
    with transaction.atomic():
        live = lock_claimed(result.work for result in results)
        images = lock_images(live)
        blobs = lock_blobs([result.work.sha256 for result in results])
        kept = [result for result in results if result.work.pk in live]
        inferences = _save_inferences(kept, model, options)
        _save_copies(kept, blobs)
        _remove_stray_copies(results, blobs)
        drafts = _drafts(images, inferences)
        _suggest(images, inferences, drafts)
        _show(images, drafts)
        end_done(live)
        end_jobs_after_commit({image.job_id for image in images})
    return len(live)


def end_done(works: Collection[int]) -> None:
    """Ends locked rows: nothing is left to do."""
    Work.objects.filter(pk__in=works).update(
        status=Work.Status.DONE, lease_until=None, finished_at=timezone.now(), error_code="", error_message=""
    )


def _save_inferences(results: Sequence[Result], model: str, options: str) -> dict[str, Inference]:
    new = {
        result.work.sha256: Inference(
            blob_id=result.work.sha256,
            model=model,
            options=options,
            candidates=list(result.found.candidates),
            confidence=dict(result.found.confidence),
            withheld=result.found.withheld,
            looks=None if result.found.looks is None else list(result.found.looks),
            ocr=None if result.found.ocr is None else dict(result.found.ocr),
        )
        for result in results
        if result.found is not None
    }
    # Another worker may have said it first: same bytes, same model, same options, one inference ever.
    Inference.objects.bulk_create([new[sha256] for sha256 in sorted(new)], ignore_conflicts=True)
    said = Inference.objects.filter(
        blob__in={result.work.sha256 for result in results}, model=model, options=options
    )  # fmt: skip
    return {inference.blob_id: inference for inference in said}


def _save_copies(results: Sequence[Result], blobs: dict[str, Blob]) -> None:
    for result in results:
        blob = blobs[result.work.sha256]
        if result.copy is not None and not blob.has_copy:
            copy = result.copy
            columns = {"copy_mime": copy.mime, "copy_width": copy.width, "copy_height": copy.height}
            columns |= {"colours": copy.colours} | columns_of(copy.phash)
            for name, value in columns.items():
                setattr(blob, name, value)
            blob.save(update_fields=list(columns))


def _remove_stray_copies(results: Sequence[Result], blobs: dict[str, Blob]) -> None:
    """The last image of a blob was deleted while we made its copy: no trace of it may stay."""
    for result in results:
        if result.work.sha256 not in blobs:
            storage.remove_copy(result.work.sha256)


def _drafts(images: Sequence[Image], inferences: dict[str, Inference]) -> dict[UUID, Drafts]:
    """What is offered for each image, by its key: sites differ in how they want the same words written."""
    sites = Site.objects.in_bulk({image.site_id for image in images})
    return {image.pk: drafts_of(inferences[image.blob_id or ""], style_of(sites[image.site_id])) for image in images}


def _suggest(images: Sequence[Image], inferences: dict[str, Inference], drafts: dict[UUID, Drafts]) -> None:
    suggestions = []
    for image in images:
        assert image.blob_id is not None
        inference = inferences[image.blob_id]
        candidates = drafts[image.pk]
        suggestions.append(
            Suggestion(
                image=image,
                inference=inference,
                site_id=image.site_id,
                lang=inference.lang,
                text=candidates[0]["text"] if candidates else "",
                candidates=candidates,
            )
        )
    Suggestion.objects.bulk_create(suggestions, ignore_conflicts=True)


def _show(images: Sequence[Image], drafts: dict[UUID, Drafts]) -> None:
    """Brings the images up to date; their originals go after the commit, since the copies are kept."""
    originals = [image.spool_name for image in images]
    now = timezone.now()
    for image in images:
        if image.state in (Image.State.WAITING, Image.State.FAILED):
            image.state = Image.State.SUGGESTED if drafts[image.pk] else Image.State.WITHHELD
        image.spool_name = image.error_code = image.error_message = ""
        image.updated_at = now
    Image.objects.bulk_update(images, ["state", "spool_name", "error_code", "error_message", "updated_at"])

    def remove_originals() -> None:
        for name in originals:
            storage.remove_spooled(name)

    transaction.on_commit(remove_originals, robust=True)
