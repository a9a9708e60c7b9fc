"""How far an audit is: its pages, then the descriptions that were asked for; in the sentences that pages show."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Q
from django.utils import timezone

from webapp.audit.access import uses_on
from webapp.audit.models import Audit, Page
from webapp.library.models import Image
from webapp.pages.audits.names import name_of
from webapp.pages.progress import queue_sentence
from webapp.queue.health import BEAT_AGE
from webapp.queue.models import Work, WorkerBeat

_RESTING = "Nobody fetches pages at the moment. What waits is kept, and looked at as soon as the fetcher runs."


@dataclass(frozen=True)
class AuditProgress:
    """Counts of the audit's pages, of the images on them, and of the pictures that are described."""

    audit: Audit
    name: str
    pages: dict[str, int]
    images: int
    needing: int
    pictures: dict[str, int]

    @classmethod
    def of(cls, audit: Audit) -> "AuditProgress":
        """Counts, in five queries."""
        uses = uses_on(audit)
        needs = ~Q(todo="nothing") | Q(facts__findings__0__isnull=False)
        counted = uses.aggregate(all=Count("pk"), needing=Count("pk", filter=needs))
        asked = Image.objects.filter(uses__page__audit=audit).order_by()
        return cls(
            audit=audit,
            name=name_of(audit, audit.pages.order_by("position").first()),
            pages=dict(audit.pages.order_by().values_list("state").annotate(Count("pk"))),
            images=counted["all"],
            needing=counted["needing"],
            pictures=dict(asked.values_list("state").annotate(Count("pk", distinct=True))),
        )

    @property
    def pages_waiting(self) -> int:
        """Pages that are still to be looked at, however the audit stands."""
        return self.pages.get(Page.State.WAITING, 0)

    @property
    def is_paused(self) -> bool:
        """Whether pages wait because somebody said so."""
        return self.audit.state == Audit.State.PAUSED and self.pages_waiting > 0

    @property
    def is_looking(self) -> bool:
        """Whether pages are being looked at."""
        return self.audit.state != Audit.State.PAUSED and self.pages_waiting > 0

    @property
    def _counts(self) -> dict[str, int]:
        """Pages while they come, then pictures."""
        return self.pages if self.is_looking else self.pictures

    @property
    def total(self) -> int:
        """Pages, or pictures, in all."""
        return sum(self._counts.values())

    @property
    def waiting(self) -> int:
        """Those without an outcome, that may have one without anybody's doing."""
        return self._counts.get("waiting", 0)  # the word of both, Page.State and Image.State

    @property
    def failed(self) -> int:
        """Those that came to nothing."""
        return self._counts.get("failed", 0)

    @property
    def done(self) -> int:
        """Those that are ready."""
        return self.total - self.waiting - self.failed

    @property
    def ended(self) -> int:
        """Those with an outcome."""
        return self.total - self.waiting

    @property
    def heading(self) -> str:
        """ "Shop: 14 images, 5 need something"."""
        pages = sum(self.pages.values())
        looked = f"{pages - self.pages_waiting:,} of {pages:,} pages looked at"
        if self.is_paused:
            return f"{self.name}: paused, {looked}"
        if self.is_looking:
            return f"Looking at {self.name}" if pages == 1 else f"{self.name}: {looked}"
        if not self.pages.get(Page.State.SCANNED):
            return f"{self.name}: {'could not be read' if self.pages.get(Page.State.FAILED) else 'not looked at'}"
        stopped = "stopped, " if self.audit.state == Audit.State.CANCELLED else ""
        return f"{self.name}: {stopped}{self.found}"

    @property
    def found(self) -> str:
        """ "14 images, 5 need something"."""
        if not self.images:
            return "no images"
        images = f"{self.images:,} image{'s' * (self.images != 1)}"
        if not self.needing:
            return f"{images}, nothing to do"
        if self.images == 1:
            return f"{images}, it needs something"
        return f"{images}, {self.needing:,} need{'s' * (self.needing == 1)} something"

    @property
    def title(self) -> str:
        """The heading, and which audit, so that no two tabs have the same."""
        return f"{self.heading}, audit {self.audit.pk.hex[:6]}"

    @property
    def sentence(self) -> str:
        """What else there is to say: pages that failed, descriptions that come, texts that are decided."""
        said = []
        failed = self.pages.get(Page.State.FAILED, 0)
        if failed and sum(self.pages.values()) > 1:
            said.append(f"{failed:,} page{'s' * (failed != 1)} could not be read.")
        if (self.is_looking or self.is_paused) and self.images:
            said.append(f"So far: {self.found}.")
        asked = sum(self.pictures.values())
        if asked:
            said.append(self._described(asked))
        return " ".join(said)

    def _described(self, asked: int) -> str:
        get = self.pictures.get
        decided = get(Image.State.APPROVED, 0) + get(Image.State.EDITED, 0)
        waiting, failed = get(Image.State.WAITING, 0), get(Image.State.FAILED, 0)
        counts = [(asked - waiting - failed, "done"), (waiting, "waiting"), (failed, "failed")]
        told = ", ".join(f"{count:,} {word}" for count, word in counts if count)
        texts = f" {decided:,} of {asked:,} texts decided." if not waiting else ""
        return f"Descriptions asked for: {asked:,}, {told}.{texts}" if asked != waiting else (
            f"Descriptions asked for: {asked:,}, all waiting."
        )  # fmt: skip

    @cached_property
    def queue(self) -> str:
        """Why it takes a while; empty when nothing is on its way."""
        if not self.waiting:
            return ""
        if not self.is_looking:
            waiting = Image.objects.filter(uses__page__audit=self.audit, state=Image.State.WAITING)
            return queue_sentence(Work.objects.filter(image__in=waiting.order_by().values("pk")))
        if not WorkerBeat.objects.filter(queue=Work.Queue.FETCH, beat_at__gte=timezone.now() - BEAT_AGE).exists():
            return _RESTING
        if self.audit.kind in (Audit.Kind.HTML, Audit.Kind.ARCHIVE):
            return ""
        return "Pages are fetched one after another, at the pace that their site asks for."
