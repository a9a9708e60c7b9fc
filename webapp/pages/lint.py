"""What is wrong with a text while it is typed."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from captioner.alttext.lint import lint
from webapp.library.decide import TEXT_LENGTH


@never_cache
@require_POST
def lint_text(request: HttpRequest) -> HttpResponse:
    """For the script beside a text field: the sentences of the rules that ``text`` breaks."""
    text = request.POST.get("text", "")[: TEXT_LENGTH + 1]
    return JsonResponse({"says": [problem.says for problem in lint(text)] if text.strip() else []})
