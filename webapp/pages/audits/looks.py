"""What a report says of looks: what the newest one found to be different, and when the next one is due."""

from dataclasses import dataclass

from django.conf import settings

from webapp.audit.changes import Changes, changes_of
from webapp.audit.models import Audit

SCHEDULES = [(value, str(label).capitalize()) for value, label in Audit.Schedule.choices]


@dataclass(frozen=True, slots=True)
class Looks:
    """The looks at an audit, in the sentences and choices of its report."""

    audit: Audit
    changes: Changes | None

    @classmethod
    def of(cls, audit: Audit) -> "Looks":
        """What is known of them."""
        return cls(audit, changes_of(audit))

    @property
    def found(self) -> str:
        """ "Since the look before: 2 new images, 1 gone, 11 as before." Empty for the first look."""
        now = self.changes
        if now is None:
            return ""
        compared = (
            f" {now.pictures_waiting:,} picture{'s are' if now.pictures_waiting != 1 else ' is'} still to be compared."
            * bool(now.pictures_waiting)
        )
        if not (now.new or now.gone or now.text or now.new_pages or now.gone_pages or now.pictures):
            return f"Since the look before nothing has changed.{compared}"
        told = [f"{now.new:,} new image{'s' * (now.new != 1)}" if now.new else "no new image"]
        counts = [(now.gone, "gone"), (now.text, "with another text"), (now.same, "as before")]
        told += [f"{count:,} {word}" for count, word in counts if count]
        pages = [(now.new_pages, "new"), (now.gone_pages, "gone")]
        told_pages = [f"{count:,} page{'s are' if count != 1 else ' is'} {word}." for count, word in pages if count]
        if now.pictures:
            lies = "addresses hold another picture" if now.pictures != 1 else "address holds another picture"
            told_pages.append(f"{now.pictures:,} {lies} than before, whose words are made afresh.")
        return " ".join([f"Since the look before: {', '.join(told)}.", *told_pages]) + compared

    @property
    def condition(self) -> str:
        """How long a schedule holds."""
        days = settings.RETENTION.days
        return f"It goes on as long as you open this report at least once in {days} day{'s' * (days != 1)}."
