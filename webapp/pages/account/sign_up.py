"""Making an account."""

from typing import Any

from django.contrib.auth import login
from django.contrib.auth.views import RedirectURLMixin
from django.forms import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from webapp.accounts.client_address import client_network
from webapp.accounts.sign_up import SignUpClosed, may_sign_up, sign_up
from webapp.accounts.throttle import SIGN_UPS
from webapp.pages.account.forms import SignUpForm
from webapp.pages.forms import FormPage
from webapp.pages.notices import notify, see_other


@method_decorator([sensitive_post_parameters(), never_cache], name="dispatch")
class SignUp(FormPage, RedirectURLMixin, FormView):
    """The form, where the operator lets people make accounts; who sends it is logged in and led to ``next``."""

    next_page = "pages:account"

    form_class = SignUpForm
    template_name = "account/sign_up.html"

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        """Says so where accounts are the operator's to make."""
        return super().dispatch(request, *args, **kwargs) if may_sign_up() else _closed(request)

    def form_valid(self, form: SignUpForm) -> HttpResponse:
        """Makes the account."""
        try:
            form.refuse_beyond(SIGN_UPS, client_network(self.request))
            user = sign_up(form.save)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        except SignUpClosed:
            return _closed(self.request)
        login(self.request, user)
        notify(self.request, f"Your account is made. You are logged in as {user.get_username()}.")
        return see_other(self.get_success_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The context, with where the form leads."""
        return {**super().get_context_data(**kwargs), "next": self.get_redirect_url()}


def _closed(request: HttpRequest) -> HttpResponse:
    return render(request, "account/sign_up_closed.html", status=403)
