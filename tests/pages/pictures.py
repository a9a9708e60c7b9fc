"""Pictures as the pages meet them: handed over, with drafts, refused; made through the verbs of the service."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Pillow

from captioner.images import Limits, open_image, reencode
from tests.library.drafts import candidates
from webapp.accounts.models import Owner
from webapp.library import storage
from webapp.library.models import Image, Inference, Job, Suggestion
from webapp.library.offer import drafts_of
from webapp.library.submit import Upload, examine, submit
from webapp.queue.models import Work

SENTENCES = (
    "A dog runs across the grass.",
    "A brown dog is running.",
    "A man and a woman with a dog.",
    "A dog jumps.",
    "A horse.",
)
MODEL = "test-1"
LOOKS = [{"word": "dog", "place": "bottom left (41%)", "weights": [[0.1, 0.2], [0.6, 0.1]]}]
CONFIDENCE = {"p": 0.81, "band": "likely", "calibrated": True}


def png(seed: int = 0, size: tuple[int, int] = (64, 48)) -> bytes:
    """A PNG of one colour; another one for each seed."""
    file = io.BytesIO()
    Pillow.new("RGB", size, ((seed * 37) % 256, (seed * 91) % 256, 120)).save(file, "PNG")
    return file.getvalue()


def upload_file(name: str = "banner.png", content: bytes | None = None) -> SimpleUploadedFile:
    """A file of a form."""
    return SimpleUploadedFile(name, png() if content is None else content)


def hand_over(owner: Owner, *names: str, context: str = "") -> Job:
    """A job with one waiting picture for each name."""
    uploads = [Upload(name, png(seed)) for seed, name in enumerate(names, start=1)]
    return submit(owner, [examine(upload) for upload in uploads], context=context)


def hand_over_bad(owner: Owner) -> Job:
    """A job with one good file and one that is no image."""
    uploads = [Upload("good.png", png(1)), Upload("notes.jpg", b"Buy bread.")]
    return submit(owner, [examine(upload) for upload in uploads])


def describe(job: Job, *sentences: str, first: int | None = None, **found: object) -> list[Image]:
    """Does the worker's part for the waiting pictures of the job: a copy of each, and sentences about it.

    With ``first`` only that many are described; the others wait on. ``found``: other fields of ``Inference``.
    """
    said = candidates(*(sentences or SENTENCES))
    facts = {"candidates": said, "confidence": CONFIDENCE, **found}
    drafts = drafts_of(Inference(**facts))
    for image in waiting(job)[:first]:
        if image.blob is None:
            continue  # it is still to be fetched
        copy = reencode(open_image(storage.read_spooled(image.spool_name), Limits(), target=800), 1600)
        storage.write_copy(image.blob.pk, copy.data)
        image.blob.copy_mime, image.blob.copy_width, image.blob.copy_height = copy.mime, copy.width, copy.height
        image.blob.save()
        inference, _ = Inference.objects.get_or_create(blob=image.blob, model=MODEL, options="beam=5", defaults=facts)
        Suggestion.objects.create(
            image=image,
            inference=inference,
            site=image.site,
            text=drafts[0]["text"] if drafts else "",
            candidates=drafts,
        )
        state = Image.State.SUGGESTED if drafts else Image.State.WITHHELD
        Image.objects.filter(pk=image.pk).update(state=state)
        Work.objects.filter(image=image).update(status=Work.Status.DONE)
    return list(job.images.order_by("position"))


def fail(image: Image, *, message: str = "The model could not describe this picture. Try again.") -> None:
    """Does the worker's part for a picture that cannot be described just now."""
    Image.objects.filter(pk=image.pk).update(
        state=Image.State.FAILED, error_code="caption_failed", error_message=message
    )
    Work.objects.filter(image=image).update(status=Work.Status.FAILED, error_code="caption_failed")


def waiting(job: Job) -> list[Image]:
    """The job's pictures without a draft."""
    return list(job.images.filter(state=Image.State.WAITING).select_related("blob", "site").order_by("position"))
