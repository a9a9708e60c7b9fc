"""The shapes that the API takes and gives; OpenAPI is generated from them."""

from dataclasses import asdict
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from captioner.alttext import AltText, AppliedRule, with_doubt
from captioner.bands import Band, Withheld
from webapp.api.problems import PROBLEMS
from webapp.feedback.public import public_address
from webapp.library.alike import Similar, similar_to
from webapp.library.looks import looks_as_said
from webapp.library.models import Image, Job
from webapp.library.reuse import reuse_of
from webapp.library.submit import CONTEXT_LENGTH
from webapp.queue.models import Work

SITE = "The site that the key was made for, which is meant without it too."


class Given(BaseModel):
    """What a client sends: an unknown field is a mistake that the client wants to hear of."""

    model_config = ConfigDict(extra="forbid")


class ImageData(Given):
    """One image in a JSON body."""

    name: str = Field("", max_length=255, description="File name, for display.")
    data: str = Field(description="The file's bytes in base64 (standard alphabet; line breaks are ignored).")


class CaptionRequest(Given):
    """One of ``image``, ``images`` and ``image_url``."""

    image: ImageData | None = None
    image_url: str = Field("", description="Where the image is to be fetched: an http or https address on the web.")
    images: list[ImageData] = Field(default_factory=list)
    context: str = Field("", max_length=CONTEXT_LENGTH, description="What the images are for.")
    site: UUID | None = Field(None, description=SITE)


class ImageState(StrEnum):
    """queued, running: the draft is on its way. suggested: it waits for a person. withheld: so does
    the image, without a draft, and `reason` says why. approved, edited: one decided. rejected: one found the drafts
    wrong, and wrote no text."""

    QUEUED = "queued"
    RUNNING = "running"
    SUGGESTED = "suggested"
    WITHHELD = "withheld"
    APPROVED = "approved"
    EDITED = "edited"
    REJECTED = "rejected"
    FAILED = "failed"


class JobStatus(StrEnum):
    """queued: no image was begun. running: not all are done. succeeded: all are done, and not every one failed. failed:
    every image failed."""

    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


class AppliedRuleOut(BaseModel):
    """A rule of alt-text style that changed the model's sentence."""

    rule: str = Field(description="Its stable id, for example guard-persons.")
    before: str
    after: str


class CandidateOut(BaseModel):
    """One draft: a sentence of the beam search, made alt text by the style rules, or text read in the picture."""

    text: str
    source: Literal["model", "ocr"] = Field(description="The model's sentence, or text that was read in the picture.")
    model_text: str = Field(description="The sentence as the model wrote it, or the whole text that was read.")
    applied_rules: list[AppliedRuleOut] = Field(description="What changed it, in order; empty when nothing did.")
    log_probability: float | None = Field(
        description="Natural logarithm of the sentence's probability under the model; null for text that was read."
    )
    score: float | None = Field(description="What the sentences are ranked by: the above, normalised by length.")


class ConfidenceOut(BaseModel):
    """How likely the draft is right: that everything it names is in the picture."""

    p: float | None = Field(description="Probability, 0 to 1; null for a model that was not calibrated.")
    band: Band = Field(description="likely: 0.75 or more. unsure: 0.5 or more. doubtful: less, and 0.2 or more.")
    calibrated: bool = Field(description="Whether p was measured on photographs that the model was not trained on.")


class ReasonOut(BaseModel):
    """Why there is no draft."""

    code: Withheld
    detail: str


class LookOut(BaseModel):
    """Where the model looked when it named a thing."""

    word: str
    place: str = Field(description="For example: bottom left (41%).")
    weights: list[list[float]] = Field(description="Of the picture's places, row by row from the top left.")


class ErrorOut(BaseModel):
    """Why an image failed."""

    code: str
    detail: str


class ImageOut(BaseModel):
    """An image, the machine's draft, and the text that a person decided."""

    id: UUID
    job_id: UUID
    name: str
    source_url: str | None = Field(description="The address that it is fetched from; null for one that was sent.")
    state: ImageState
    suggestion: str | None = Field(
        description="The machine's unchecked draft; a doubt stands behind it until it is decided, unless it is likely "
        "right. It is not alt text."
    )
    applied_rules: list[AppliedRuleOut] = Field(
        description="What changed the model's words into the suggestion, in order."
    )
    candidates: list[CandidateOut] = Field(description="The draft and its alternatives, best first.")
    confidence: ConfidenceOut | None = Field(description="Of the draft; null when there is none of the model's.")
    reason: ReasonOut | None = Field(description="Why there is no draft; null when there is one.")
    attention: list[LookOut] | None = Field(description="Null for a model that cannot tell.")
    ocr_text: str | None = Field(description="Text that was read in the picture; null when none was, or none is read.")
    alt_text: str | None = Field(description="The decided text; null until a person chose one.")
    reused_from: UUID | None = Field(
        description="The image whose text it got: of the same file, or on a person's word as it looks alike; null "
        "where a person decided this one itself, or that image was deleted."
    )
    phash: str | None = Field(
        description="Perceptual hash (16 hexadecimal digits); null for a picture without detail, or that still waits."
    )
    public_page: str | None = Field(
        description="Path on this service of the page where anybody may see and report the text; null where its site "
        "has no such pages, or nothing is decided."
    )
    version: int = Field(description="Counts the decisions on the image, those taken back included.")
    lang: str = Field(description="Language of the texts (BCP 47).")
    mime: str | None = Field(description="Media type of the file as sent; null when it was refused.")
    width: int | None = Field(description="Pixels, as the file's header says.")
    height: int | None
    error: ErrorOut | None
    model: str | None = Field(description="Name and version of the checkpoint that made the draft.")
    created_at: datetime
    expires_at: datetime | None = Field(
        description="When the image is deleted with all that belongs to it; null: not by itself, its site keeps texts."
    )

    @classmethod
    def of(cls, image: Image) -> "ImageOut":
        """The image as the API shows it; see ``webapp.library.access`` for what to prefetch."""
        suggestion, blob, reuse = image.suggestion, image.blob, reuse_of(image)
        found = suggestion.inference if suggestion else None
        drafts = suggestion.candidates if suggestion else []
        reason = Withheld(found.withheld) if found and not drafts else None
        has_sentence = found is not None and not found.withheld
        is_sentence = has_sentence and drafts[0]["source"] == "model"
        looks = found.looks if found and has_sentence else None
        confidence = ConfidenceOut.model_validate(found.confidence) if found and is_sentence else None
        is_doubted = confidence is not None and confidence.band.asks_for_a_hedge and image.alt_text is None
        said = _suggestion(drafts[0], is_doubted=is_doubted) if drafts else None
        return cls(
            id=image.pk,
            job_id=image.job_id,
            name=image.name,
            source_url=image.source_url or None,
            state=image_state(image),
            suggestion=said.text if said else None,
            applied_rules=[AppliedRuleOut(**asdict(rule)) for rule in said.applied_rules] if said else [],
            candidates=[CandidateOut.model_validate(one) for one in drafts],
            confidence=confidence,
            reason=ReasonOut(code=reason, detail=reason.words) if reason else None,
            attention=None
            if looks is None
            else [LookOut.model_validate(look) for look in looks_as_said(looks, drafts)],
            ocr_text=found.ocr["text"] if found and found.ocr else None,
            alt_text=image.alt_text,
            reused_from=reuse.reused_from_id if reuse else None,
            phash=(blob.phash or None) if blob and image.state != Image.State.WAITING else None,
            public_page=public_address(image) or None,
            version=image.version,
            lang=image.lang,
            mime=blob.mime if blob else None,
            width=blob.width if blob else None,
            height=blob.height if blob else None,
            error=ErrorOut(code=image.error_code, detail=image.error_message) if image.error_code else None,
            model=found.model if found else None,
            created_at=image.created_at,
            expires_at=image.expires_at,
        )


class SimilarOut(BaseModel):
    """A decided image that looks like another one."""

    id: UUID
    name: str
    alt_text: str
    alike: int = Field(description="Per cent of the bits of both hashes that are the same.")
    same_file: bool
    width: int | None = Field(description="Pixels, as its file's header says.")
    height: int | None

    @classmethod
    def of(cls, found: Similar) -> "SimilarOut":
        """The image as the API shows it."""
        image, blob = found.image, found.image.blob
        return cls(
            id=image.pk,
            name=image.name,
            alt_text=image.alt_text or "",
            alike=found.alike,
            same_file=found.is_same_file,
            width=blob.width if blob else None,
            height=blob.height if blob else None,
        )


class ImageDetails(ImageOut):
    """An image by itself, with those that look like it."""

    similar: list[SimilarOut] = Field(
        description="Decided images of your site, or of yours, that look alike, the nearest first; at most three."
    )

    @classmethod
    def with_similar(cls, image: Image) -> "ImageDetails":
        """The image as the API shows it by itself."""
        similar = [SimilarOut.of(found) for found in similar_to(image)]
        return cls(**ImageOut.of(image).model_dump(), similar=similar)


class ProgressOut(BaseModel):
    """How far a job is. Failed images count as done."""

    done: int
    total: int


class JobOut(BaseModel):
    """What was handed over in one request."""

    id: UUID
    status: JobStatus
    progress: ProgressOut
    poll_after_ms: int | None = Field(description="When to ask again; null when all is done.")
    status_url: str
    context: str
    created_at: datetime
    images: list[ImageOut]

    @classmethod
    def of(cls, job: Job, *, status_url: str, poll_after_ms: int) -> "JobOut":
        """The job as the API shows it."""
        images = [ImageOut.of(image) for image in job.images.all()]
        status = job_status([image.state for image in images])
        finished = status in {JobStatus.SUCCEEDED, JobStatus.FAILED}
        done = sum(image.state not in {ImageState.QUEUED, ImageState.RUNNING} for image in images)
        return cls(
            id=job.pk,
            status=status,
            progress=ProgressOut(done=done, total=len(images)),
            poll_after_ms=None if finished else poll_after_ms,
            status_url=status_url,
            context=job.context,
            created_at=job.created_at,
            images=images,
        )


class ImagePage(BaseModel):
    """A page of a list, newest first."""

    images: list[ImageOut]
    page: int
    pages: int
    total: int


class FieldErrorOut(BaseModel):
    """One thing wrong with one part of the request."""

    field: str
    code: str
    detail: str


class ProblemOut(BaseModel):
    """An error (RFC 9457). ``code`` never changes its meaning; ``detail`` says what to do."""

    type: str
    title: str
    status: int
    code: Annotated[str, Field(json_schema_extra={"enum": list(PROBLEMS)})]
    detail: str
    request_id: str
    errors: list[FieldErrorOut]


def _suggestion(draft: dict[str, Any], *, is_doubted: bool) -> AltText:
    """A draft as it may leave the service: a site that reads this alone does not see the band, so the text tells it."""
    written = AltText(draft["text"], tuple(AppliedRule(**rule) for rule in draft["applied_rules"]))
    return with_doubt(written) if is_doubted else written


def image_state(image: Image) -> ImageState:
    """An image waits in the queue, or a worker has it just now, or it has come to rest."""
    if image.state != Image.State.WAITING:
        return ImageState(image.state)
    work = getattr(image, "work", None)
    return ImageState.RUNNING if work and work.status == Work.Status.RUNNING else ImageState.QUEUED


def job_status(states: list[ImageState]) -> JobStatus:
    """The status of a job whose images have these states."""
    if all(state == ImageState.FAILED for state in states):
        return JobStatus.FAILED
    if not {ImageState.QUEUED, ImageState.RUNNING} & set(states):
        return JobStatus.SUCCEEDED
    return JobStatus.QUEUED if set(states) <= {ImageState.QUEUED, ImageState.FAILED} else JobStatus.RUNNING
