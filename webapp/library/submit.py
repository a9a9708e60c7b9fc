"""Handing images over: look at the header, keep the bytes, make the rows, say that there is work."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from captioner.images import ImageError, ImageHeader, Limits, file_too_large, inspect_image
from webapp.accounts.models import Owner, Site
from webapp.library import storage
from webapp.library.errors import NoImage, QueueFull, StorageFull, TextTooLong
from webapp.library.models import Blob, Image, Job
from webapp.library.quota import spend
from webapp.library.reuse import lock_decided, reuse
from webapp.library.text import clean_name, clean_text
from webapp.library.trouble import passing_trouble
from webapp.library.unsaved import offer_authors_texts
from webapp.metadata.alt_text import read_alt_text
from webapp.queue.hints import hint_after_commit
from webapp.queue.models import Work

CONTEXT_LENGTH = 1000


@dataclass(frozen=True, slots=True)
class Upload:
    """One file as handed over.

    ``source`` holds the bytes, or the file that Django received: a large one lies on disk and is read when needed, so
    that fifty photographs are never in memory at once. ``oversize`` is the number of bytes of a file that was too large
    to be kept at all (0: it was kept).
    """

    name: str
    source: bytes | UploadedFile
    oversize: int = 0

    @property
    def data(self) -> bytes:
        """The bytes, read anew each time."""
        if isinstance(self.source, bytes):
            return self.source
        self.source.seek(0)
        content: bytes = self.source.read()
        return content


@dataclass(frozen=True, slots=True)
class Examined:
    """An upload after a look at its header: exactly one of ``header`` and ``error`` is set.

    ``authors_text`` is the alt text that its author wrote into the file, which the copy that is kept does not have.
    """

    upload: Upload
    sha256: str
    size: int
    header: ImageHeader | None = None
    error: ImageError | None = None
    authors_text: str = ""

    @property
    def name(self) -> str:
        """The file's name, fit for display."""
        return clean_name(self.upload.name)

    @property
    def data(self) -> bytes:
        """The file's bytes."""
        return self.upload.data


@dataclass(frozen=True, slots=True)
class Linked:
    """An image that is still to be fetched; ``url`` was read by ``webapp.fetch.urls.read_url``."""

    url: str

    @property
    def name(self) -> str:
        """The last part of the address, fit for display; the host where it has none."""
        parts = urlsplit(self.url)
        return clean_name(unquote(parts.path).rstrip("/") or parts.netloc)


def examine(upload: Upload) -> Examined:
    """Reads the header only (the worker decodes); what cannot be an image within the limits gets its error."""
    if upload.oversize:
        return Examined(
            upload, sha256="", size=upload.oversize, error=file_too_large(upload.oversize, settings.MAX_IMAGE_BYTES)
        )
    data = upload.data
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        header = inspect_image(data, Limits(max_bytes=settings.MAX_IMAGE_BYTES))
    except ImageError as error:
        return Examined(upload, sha256=sha256, size=len(data), error=error)
    return Examined(upload, sha256=sha256, size=len(data), header=header, authors_text=read_alt_text(data))


def submit(owner: Owner, given: Sequence[Examined | Linked], *, context: str = "", site: Site | None = None) -> Job:
    """Takes the images into the library and the queues, all or nothing, and hints to the workers after the commit.

    A refused file becomes an image in state ``failed`` with its reason and without work; it costs the others nothing.
    The same bytes as those of a decided image get its text, and no work (``webapp.library.reuse``).
    A linked image goes to the fetch queue first.

    Raises:
        NoImage: the sequence is empty.
        TextTooLong: the context is longer than its field.
        QueueFull: more than ``MAX_QUEUED_IMAGES`` would wait.
        QuotaExceeded: more than may be handed over today, or this month.
        StorageFull, Busy: the files, or the rows, cannot be written just now. Nothing was kept.
    """
    if not given:
        raise NoImage("No image came with the request. Choose at least one file.")
    context = clean_text(context)
    if len(context) > CONTEXT_LENGTH:
        raise TextTooLong(f"The context has {len(context):,} characters. Shorten it to {CONTEXT_LENGTH:,}.")
    accepted = sum(isinstance(one, Linked) or one.header is not None for one in given)
    spooled: dict[int, str] = {}
    try:
        _refuse_when_full(accepted)  # before bytes are written
        for index, one in enumerate(given):
            if isinstance(one, Examined) and one.header:
                spooled[index] = storage.spool(one.data)
        with transaction.atomic():
            _refuse_when_full(accepted)
            site = site or Site.default()
            if accepted:
                spend(owner, site, accepted)
            return _make_rows(owner, site, given, spooled, context)
    except BaseException as error:
        for name in spooled.values():
            storage.remove_spooled(name)
        trouble = StorageFull() if isinstance(error, OSError) else passing_trouble(error)
        if trouble is None or trouble is error:
            raise
        raise trouble from error


def _refuse_when_full(more: int) -> None:
    waiting = Work.objects.filter(status=Work.Status.QUEUED, image__isnull=False).count()
    if more and waiting + more > settings.MAX_QUEUED_IMAGES:
        raise QueueFull(f"{waiting:,} images are waiting already. Try again in some minutes.")


def _make_rows(
    owner: Owner, site: Site, given: Sequence[Examined | Linked], spooled: dict[int, str], context: str
) -> Job:
    files = [one for one in given if isinstance(one, Examined)]
    decided = lock_decided(owner, site, site.lang, {one.sha256 for one in files if one.header})
    hold_blobs(files)
    job = Job.objects.create(owner=owner, site=site, lang=site.lang, context=context)
    images = [_image(job, index + 1, one, spooled.get(index, "")) for index, one in enumerate(given)]
    Image.objects.bulk_create(images)
    examined = [(image.pk, one) for image, one in zip(images, given, strict=True) if isinstance(one, Examined)]
    offer_authors_texts({pk: one.authors_text for pk, one in examined})
    reuse(images, decided)
    now = timezone.now()
    works = [
        Work(queue=Work.Queue.FETCH if image.source_url else Work.Queue.CAPTION, image=image, next_attempt_at=now)
        for image in images
        if image.state == Image.State.WAITING
    ]
    Work.objects.bulk_create(works)
    for queue in sorted({work.queue for work in works}):
        hint_after_commit(queue)
    return job


def hold_blobs(examined: Sequence[Examined]) -> None:
    """Makes the blobs that are new and locks those that stand, so that no deletion takes one away under us.

    One statement does both (insert, or update in place). The order is that of the keys wherever blobs are locked, so
    that two submissions of the same pictures cannot wait for each other.
    """
    blobs = {
        one.sha256: Blob(
            sha256=one.sha256,
            size=one.size,
            mime=one.header.mime,
            width=one.header.width,
            height=one.header.height,
        )
        for one in examined
        if one.header
    }
    Blob.objects.bulk_create(
        [blobs[sha256] for sha256 in sorted(blobs)],
        update_conflicts=True,
        unique_fields=["sha256"],
        update_fields=["size"],
    )


def _image(job: Job, position: int, one: Examined | Linked, spool_name: str) -> Image:
    image = Image(
        job=job,
        site=job.site,
        owner=job.owner,
        position=position,
        name=one.name,
        lang=job.lang,
        spool_name=spool_name,
    )
    if isinstance(one, Linked):
        image.source_url = one.url
    elif one.header:
        image.blob_id = one.sha256
        image.kind = kind_of(one.header)
    elif one.error:
        image.state = Image.State.FAILED
        image.error_code = one.error.code
        image.error_message = one.error.message
    return image


def kind_of(header: ImageHeader) -> Image.Kind:
    """Whether it moves."""
    return Image.Kind.ANIMATION if header.frames > 1 else Image.Kind.STILL
