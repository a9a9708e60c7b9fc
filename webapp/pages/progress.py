"""How far a job is, in numbers and in the sentences that pages show and scripts announce."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from webapp.library.models import Image, Job
from webapp.queue.health import BEAT_AGE
from webapp.queue.models import Work, WorkerBeat
from webapp.queue.state import position


@dataclass(frozen=True, slots=True)
class JobProgress:
    """Counts of a job's images. Done means that a draft is there or withheld; decided, that a person chose a text."""

    job: Job
    total: int
    done: int
    failed: int
    decided: int

    @classmethod
    def of(cls, job: Job) -> "JobProgress":
        """Counts the job's images as they are prefetched."""
        images = list(job.images.all())
        states = [image.state for image in images]
        waiting, failed = states.count(Image.State.WAITING), states.count(Image.State.FAILED)
        return cls(
            job=job,
            total=len(states),
            done=len(states) - waiting - failed,
            failed=failed,
            decided=sum(image.alt_text is not None for image in images),
        )

    @property
    def queue(self) -> str:
        """Where the job stands in the queue; empty when nothing waits. Each reading asks the database anew."""
        waiting = [image for image in self.job.images.all() if image.state == Image.State.WAITING]
        return queue_sentence(Work.objects.filter(image__in=waiting)) if waiting else ""

    @property
    def waiting(self) -> int:
        """Images without an outcome yet."""
        return self.total - self.done - self.failed

    @property
    def ended(self) -> int:
        """Images with an outcome: a draft, or the reason why there is none."""
        return self.done + self.failed

    @property
    def heading(self) -> str:
        """ "3 images: 1 done, 2 waiting"."""
        counts = [(self.done, "done"), (self.waiting, "waiting"), (self.failed, "failed")]
        if self.total == 1:
            return "1 image: " + next(word for count, word in counts if count)
        return f"{self.total} images: " + ", ".join(f"{count} {word}" for count, word in counts if count)

    @property
    def title(self) -> str:
        """The page's title: the state, and which job, so that no two tabs have the same."""
        state = self.heading if self.waiting or not self.done else f"{self.decided} of {self.done} reviewed"
        return f"{state}, job {self.job.pk.hex[:6]}"

    @property
    def decided_sentence(self) -> str:
        """How many texts a person has chosen; empty while nothing could be chosen."""
        if not self.done:
            return ""
        if self.total == 1:
            return "Its text is chosen." if self.decided else "Choose its text below."
        if self.decided == self.total:
            return f"All {self.total} texts are chosen."
        return f"{self.decided} of {self.total} texts are chosen."


def queue_sentence(works: QuerySet[Work]) -> str:
    """Where the work of pictures that wait stands in the queue."""
    if not WorkerBeat.objects.filter(queue=Work.Queue.CAPTION, beat_at__gte=timezone.now() - BEAT_AGE).exists():
        return "The captioner is not running at the moment. Your pictures are kept, and described as soon as it runs."
    first = (
        None if works.filter(status=Work.Status.RUNNING).exists() else works.order_by("next_attempt_at", "pk").first()
    )
    ahead = position(first) if first else 0
    if ahead == 0:
        return "It is your turn: the captioner is looking at your pictures now."
    return f"{ahead:,} {'picture is' if ahead == 1 else 'pictures are'} ahead of yours in the queue."
