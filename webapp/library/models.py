"""What people handed over and what became of it: jobs, images, the bytes behind them, suggestions, decisions."""

import uuid
from datetime import datetime

from django.db import models

from webapp.accounts.models import Owner, Site


class Job(models.Model):
    """What one person or program handed over at once: one or more images and the context typed for them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(Owner, on_delete=models.CASCADE, related_name="jobs")
    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="jobs")
    lang = models.CharField(max_length=35, default="en")
    context = models.CharField(max_length=1000, blank=True, help_text="what the images are for, as the person wrote it")
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)
    ended_at = models.DateTimeField("since when none of its images waits", null=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["id"], condition=models.Q(ended_at=None), name="job_open")]

    def __str__(self) -> str:
        return f"Job {self.pk}"

    @property
    def expires_at(self) -> datetime:
        """When the job will be deleted with its images."""
        return self.created_at + self.site.retention


class Blob(models.Model):
    """Stored bytes, once for all who uploaded them. Without an image that refers to it a blob is removed."""

    sha256 = models.CharField("SHA-256 of the bytes as uploaded", max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField("bytes as uploaded")
    mime = models.CharField(max_length=50)
    width = models.PositiveIntegerField("pixels, as the file's header says")
    height = models.PositiveIntegerField()
    copy_mime = models.CharField(
        "type of the re-encoded copy; empty until the worker made one", max_length=50, blank=True
    )
    copy_width = models.PositiveIntegerField("pixels of the upright copy", null=True)
    copy_height = models.PositiveIntegerField(null=True)
    colours = models.CharField("the commonest ones of the copy, in words; empty: not known", max_length=100, blank=True)
    phash = models.CharField("perceptual hash; empty: no detail; null: not looked at", max_length=16, null=True)  # noqa: DJ001
    # Its four parts of 16 bits, by which near ones are found (webapp.library.near).
    phash_1 = models.PositiveIntegerField(null=True, db_index=True)
    phash_2 = models.PositiveIntegerField(null=True, db_index=True)
    phash_3 = models.PositiveIntegerField(null=True, db_index=True)
    phash_4 = models.PositiveIntegerField(null=True, db_index=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def has_copy(self) -> bool:
        """Whether the worker has made the copy that pages show."""
        return bool(self.copy_mime)


class Image(models.Model):
    """One owner's picture within a job, and the text decided for it."""

    class Kind(models.TextChoices):
        STILL = "still"
        ANIMATION = "animation"
        VIDEO = "video"

    class State(models.TextChoices):
        WAITING = "waiting", "waiting"
        SUGGESTED = "suggested", "draft ready"
        WITHHELD = "withheld", "without a draft"
        APPROVED = "approved", "approved as suggested"
        EDITED = "edited", "text written by a person"
        REJECTED = "rejected", "drafts rejected, without a text"
        FAILED = "failed", "failed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="images")
    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="images")
    owner = models.ForeignKey(Owner, on_delete=models.CASCADE, related_name="images")
    position = models.PositiveIntegerField("place within the job, from 1")
    name = models.CharField("file name as given, for display only", max_length=255)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.STILL)
    blob = models.ForeignKey(
        Blob,
        on_delete=models.PROTECT,
        null=True,
        related_name="images",
        help_text="empty: refused, or not fetched",
    )
    source_url = models.TextField("address that it is fetched from; empty: it was uploaded", blank=True)
    spool_name = models.CharField("file in the spool folder, until the worker has its copy", max_length=40, blank=True)
    lang = models.CharField(max_length=35, default="en")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    alt_text = models.TextField("decided text; null until a person chose", null=True)  # noqa: DJ001  ("" will be a decision too)
    version = models.PositiveIntegerField("how often it was decided on, taking back included", default=0)
    error_code = models.CharField(max_length=50, blank=True)
    error_message = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["job", "position"]
        constraints = [models.UniqueConstraint(fields=["job", "position"], name="one_image_a_position")]
        # A visitor's look for similar pictures reads that visitor's alone, however many others have on the same site.
        indexes = [models.Index(fields=["owner", "site", "state", "lang", "blob"], name="image_of_owner")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Whether the machine is done with it and no person has decided."""
        return self.state in (self.State.SUGGESTED, self.State.WITHHELD)

    @property
    def suggestion(self) -> "Suggestion | None":
        """The newest suggestion, or none. Prefetch ``suggestions`` where many images are listed."""
        return max(self.suggestions.all(), key=lambda suggestion: suggestion.pk, default=None)

    @property
    def starting_choice(self) -> str:
        """What a form starts with, as ``sentence`` takes it: nothing, unless the site wants the best draft chosen."""
        has_drafts = self.suggestion is not None and bool(self.suggestion.candidates)
        return "0" if has_drafts and self.is_open and not self.site.blank_first else ""

    def sentence(self, choice: str) -> str:
        """The candidate of the newest suggestion that a form's choice names by its rank, "0" the best; else nothing."""
        candidates = self.suggestion.candidates if self.suggestion else []
        return next((str(one["text"]) for rank, one in enumerate(candidates) if str(rank) == choice), "")

    @property
    def expires_at(self) -> datetime | None:
        """When the image will be deleted with all that belongs to it; None: not before somebody does so."""
        if self.site.keeps_texts and self.alt_text is not None:
            return None
        return self.created_at + self.site.retention


class Inference(models.Model):
    """What a model said of a blob under given options: same bytes, same model, same options, one inference ever.

    ``candidates`` is the beam's n-best, best first:
    ``[{"text": str, "tokens": [str], "token_log_probabilities": [float], "log_probability": float, "score": float}]``.
    ``confidence`` is that of the best: ``{"p": float | None, "band": str, "calibrated": bool}``
    (``captioner.types.Confidence``). ``withheld`` says why no sentence is shown, as a code of ``captioner.bands``.
    ``looks`` tells where the model looked for each thing that the best sentence names:
    ``[{"word": str, "place": str, "weights": [[float]]}]``, None where it has no attention. ``ocr`` is the text in the
    picture, as ``captioner.types.PictureText``; None where there is none or nobody read.
    """

    blob = models.ForeignKey(Blob, on_delete=models.CASCADE, related_name="inferences")
    model = models.CharField("name and version of the checkpoint", max_length=100)
    options = models.CharField("decoding options, in a canonical form", max_length=100)
    lang = models.CharField(max_length=35, default="en")  # what the model writes, whatever the site's language
    candidates = models.JSONField()
    confidence = models.JSONField()
    withheld = models.CharField(max_length=50, blank=True)
    looks = models.JSONField(null=True)
    ocr = models.JSONField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["blob", "model", "options"], name="one_inference_ever")]

    def __str__(self) -> str:
        return f"{self.model} on {self.blob_id[:12]}"


class Suggestion(models.Model):
    """The machine's draft for one image. It is never served as alt text: only a decision is.

    ``candidates`` is what is offered of the inference's sentences, best first (``webapp.library.offer``), and empty
    where they are withheld:
    ``[{"text": str, "source": "model" | "ocr", "model_text": str, "log_probability": float, "score": float,
    "applied_rules": [{"rule": str, "before": str, "after": str}]}]``. What was read in the picture has no
    log-probability and no score, and as ``model_text`` the whole of it.
    """

    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="suggestions")
    inference = models.ForeignKey(Inference, on_delete=models.PROTECT, related_name="suggestions")
    site = models.ForeignKey(Site, on_delete=models.CASCADE)
    lang = models.CharField(max_length=35, default="en")
    text = models.TextField()
    candidates = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["image", "inference"], name="one_suggestion_an_inference")]

    def __str__(self) -> str:
        return self.text


class Decision(models.Model):
    """What a person chose for an image. Rows are only ever added: together they are the history.

    Taking a decision back is a row too, ``undone``, without a text of its own: it names the one that it takes back. A
    decision stands while no row takes it back; the newest that stands gives the image its text.
    """

    class Verdict(models.TextChoices):
        APPROVED = "approved", "used a sentence of the machine unchanged"
        EDITED = "edited", "wrote or changed the text"
        REJECTED = "rejected", "found the drafts wrong"
        UNDONE = "undone", "took a decision back"

    class Reuse(models.TextChoices):
        SAME = "same", "of the same file, as it was handed over"
        ALIKE = "alike", "of a picture that looks alike, on a person's word"

    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="decisions")
    site = models.ForeignKey(Site, on_delete=models.CASCADE)
    lang = models.CharField(max_length=35, default="en")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    text = models.TextField(blank=True)
    suggestion = models.ForeignKey(Suggestion, on_delete=models.SET_NULL, null=True, help_text="what lay beside it")
    chosen_rank = models.PositiveIntegerField("rank of the candidate used unchanged, from 0", null=True)
    batch = models.UUIDField("the same for all that were taken at once", null=True, db_index=True)
    reuse = models.CharField(
        "how the text came from another image, if so", max_length=10, choices=Reuse.choices, blank=True
    )
    reused_from = models.ForeignKey(Image, on_delete=models.SET_NULL, null=True, related_name="+")
    undoes = models.OneToOneField("self", on_delete=models.CASCADE, null=True, related_name="undone_by")
    decided_by = models.ForeignKey(Owner, on_delete=models.SET_NULL, null=True)
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["decided_at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()}: {self.text}"


class UnsavedText(models.Model):
    """What stood in the fields of an image when another one's text was sent: typed or chosen, decided by nobody yet.

    A browser sends the fields of a whole page; so that nothing is lost without scripts, they are kept until they are.
    An alt text that came in the picture's file stands there too, with the choice ``file``.
    """

    image = models.OneToOneField(Image, on_delete=models.CASCADE, primary_key=True, related_name="unsaved_text")
    text = models.TextField(blank=True)
    choice = models.CharField("which sentence was chosen, as the form names it", max_length=10, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.text
