"""What every template knows."""

from django.conf import settings
from django.http import HttpRequest


def service(request: HttpRequest) -> dict[str, object]:
    """Facts of this installation that pages state."""
    return {"retention_days": settings.RETENTION.days, "max_image_mb": settings.MAX_IMAGE_BYTES // 1_000_000}
