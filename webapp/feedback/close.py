"""Reports are answered: by the next decision on their picture, or by who finds nothing wrong."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from webapp.feedback.models import Report
from webapp.library.models import Decision, Image


def on_decided(sender: type[Decision], instance: Decision, created: bool, **_: Any) -> None:
    """Receives ``post_save``, for the library knows nothing of reports.

    A decision closes what was open of its picture. Where it is taken back, what it had closed is open again.
    """
    if not created:
        return
    if instance.verdict == Decision.Verdict.UNDONE:
        for report in Report.objects.filter(decision=instance.undoes_id):
            _open_again(report)
    else:
        open_reports(instance.image).update(closed_at=timezone.now(), decision=instance)


def open_reports(image: Image) -> QuerySet[Report]:
    """The image's reports that nobody has answered, the oldest first."""
    return Report.objects.filter(image=image, closed_at=None)


def dismiss(report: Report) -> None:
    """Closes a report, and leaves the text as it is. One that is closed already stays as it is."""
    Report.objects.filter(pk=report.pk, closed_at=None).update(closed_at=timezone.now())


def take_back_dismissal(report: Report) -> None:
    """Opens a dismissed report again. One that a decision has answered stays closed."""
    with transaction.atomic():
        Image.objects.select_for_update().get(pk=report.image_id)
        current = Report.objects.get(pk=report.pk)
        if current.closed_at and current.decision_id is None:
            _open_again(current)


def _open_again(report: Report) -> None:
    """Under the image's lock. What was reported anew meanwhile takes it in."""
    same = Report.objects.filter(image=report.image_id, digest=report.digest, closed_at=None).first()
    if same is not None:
        same.times += report.times
        same.save(update_fields=["times"])
        report.delete()
        return
    report.closed_at, report.decision = None, None
    report.save(update_fields=["closed_at", "decision"])
