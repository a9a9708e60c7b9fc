"""For supervisors and load balancers: is the process there, and can the installation do its work."""

from django.http import HttpRequest, JsonResponse
from django.utils.log import log_response
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from webapp.queue.health import OK, readiness


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 while the process answers."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when database, broker, worker and model are ready, otherwise 503; the body says what is missing.

    A model that still loads is how every start begins, and whoever asks does so again and again: that is no error in
    the log. A database or a broker that does not work is one.
    """
    facts = readiness()
    if facts["ready"]:
        return JsonResponse(facts)
    response = JsonResponse(facts, status=503)
    missing = {name: sentence for name, sentence in facts["checks"].items() if sentence != OK}
    level = "error" if {"database", "broker"} & missing.keys() else "debug"
    log_response("Not ready: %s", " ".join(missing.values()), response=response, request=request, level=level)
    return response
