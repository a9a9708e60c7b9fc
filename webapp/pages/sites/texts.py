"""The decided texts of a site as a file, and such a file with changed texts back in."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from webapp.accounts.owners import session_owner
from webapp.accounts.roles import Role, may
from webapp.accounts.sites import get_site_or_404
from webapp.delivery.files.table import FORMATS, write
from webapp.delivery.files.texts_in import TakenIn, take_in
from webapp.delivery.files.texts_out import COLUMNS, decided_texts
from webapp.pages.forms import errors_of
from webapp.pages.sites.texts_form import TextsForm

_TYPES = {"csv": "text/csv; charset=utf-8", "jsonl": "application/jsonl; charset=utf-8"}


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def texts(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Files to take away; and for who may decide, what became of the rows of one that came back."""
    owner = session_owner(request)
    found = get_site_or_404(owner, pk, Role.REVIEWER if request.method == "POST" else Role.VIEWER)
    assert owner is not None, "somebody is logged in"
    form = TextsForm(request.POST, request.FILES) if request.method == "POST" else TextsForm()
    taken: TakenIn | None = None
    if form.is_valid():
        taken = take_in(found, form.rows, owner=owner, dry_run=form.cleaned_data["dry_run"])
    context = {
        "site": found,
        "form": form,
        "errors": errors_of(form),
        "taken": taken,
        "may_review": may(owner, found, Role.REVIEWER),
    }
    return render(request, "sites/texts.html", context, status=422 if form.is_bound and taken is None else 200)


@never_cache
@login_required
@require_safe
def texts_file(request: HttpRequest, pk: UUID, form: str) -> StreamingHttpResponse:
    """The file, in one of the forms."""
    found = get_site_or_404(session_owner(request), pk)
    chosen = next((one for one in FORMATS if one == form), None)
    if chosen is None:
        raise Http404
    lines = write(decided_texts(found), COLUMNS, chosen)
    headers = {"Content-Disposition": f'attachment; filename="alt-texts.{chosen}"', "X-Content-Type-Options": "nosniff"}
    return StreamingHttpResponse(lines, content_type=_TYPES[chosen], headers=headers)
