"""For supervisors and load balancers: is the process there, and can the installation do its work."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from webapp.queue.health import readiness


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 while the process answers."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when database, broker, worker and model are ready, otherwise 503; the body says what is missing."""
    facts = readiness()
    return JsonResponse(facts, status=200 if facts["ready"] else 503)
