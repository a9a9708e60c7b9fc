"""The events that webhooks are told of, and what is said of each."""

from typing import Any

from webapp.library.models import Image, Job
from webapp.uses.models import DecidedUse
from webapp.webhooks.models import Webhook

DECIDED = "image.decided"
USE_DECIDED = "use.decided"
COMPLETED = "job.completed"
FAILED = "job.failed"
TEST = "test"  # told when somebody asks for it, whatever a webhook listens to

# What an owner may choose, and how people are told.
EVENTS = {
    DECIDED: "A person decided a picture's text, or took a decision back",
    USE_DECIDED: "A person decided what is read out in one place where a picture stands, or took that back",
    COMPLETED: "All pictures of a job have their drafts, but for those that failed",
    FAILED: "Every picture of a job failed",
}


def about_image(image: Image) -> dict[str, Any]:
    """The image as it is now; names are those of the API."""
    return {
        "id": str(image.pk),
        "job_id": str(image.job_id),
        "site_id": str(image.site_id),
        "name": image.name,
        "source_url": image.source_url or None,
        "state": str(image.state),
        "alt_text": image.alt_text,
        "lang": image.lang,
        "version": image.version,
    }


def about_use(use: DecidedUse) -> dict[str, Any]:
    """The place, and what stands for it alone: "" is decoration, None nothing."""
    return {
        "site_id": str(use.site_id),
        "page": use.page,
        "address": use.address,
        "position": use.position,
        "state": str(use.state),
        "alt_text": use.alt_text,
        "lang": use.lang,
        "version": use.version,
    }


def about_job(job: Job, images: int, failed: int) -> dict[str, Any]:
    """How a job ended."""
    status = "failed" if failed == images else "succeeded"
    return {"id": str(job.pk), "site_id": str(job.site_id), "status": status, "images": images, "failed": failed}


def about_test(webhook: Webhook) -> dict[str, Any]:
    """Nothing happened."""
    return {"webhook_id": str(webhook.pk), "site_id": str(webhook.site_id)}
