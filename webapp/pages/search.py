"""Looking for pictures by the words of their texts, drafts and names."""

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from webapp.accounts.owners import session_owner
from webapp.library.models import Image
from webapp.library.search import WORDS_LENGTH, Sought, search
from webapp.pages.cards import Card
from webapp.pages.forms import PlainForm, errors_of

PICTURES_A_PAGE = 20
_STATES = [("", "Any"), *((value, label.capitalize()) for value, label in Image.State.choices)]


class SearchForm(PlainForm, forms.Form):
    """What is looked for. It is sent with the address, so that a search can be kept as a bookmark."""

    q = forms.CharField(
        label="Words",
        help_text="In the text, in the draft or in the file's name; all of them.",
        required=False,
        max_length=WORDS_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    state = forms.ChoiceField(label="State", choices=_STATES, required=False)


@never_cache
@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """The form; and what was found, where something is asked for."""
    form = SearchForm(request.GET if {"q", "state"} & {*request.GET} else None)
    context: dict[str, object] = {"form": form, "errors": errors_of(form)}
    if form.is_valid():
        sought = Sought(words=form.cleaned_data["q"], state=form.cleaned_data["state"])
        page = Paginator(search(session_owner(request), sought), PICTURES_A_PAGE).get_page(request.GET.get("page"))
        total = page.paginator.count
        cards = [Card(image, number, total) for number, image in enumerate(page, start=page.start_index())]
        context |= {"page": page, "cards": cards, "total": total}
    return render(request, "search.html", context, status=422 if form.errors else 200)
