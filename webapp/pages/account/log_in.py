"""Getting in and out."""

from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from webapp.accounts.owners import anonymous_owner, leave_to_session
from webapp.accounts.sign_up import may_sign_up
from webapp.pages.account.forms import LogInForm
from webapp.pages.forms import FormPage
from webapp.pages.notices import notify, see_other


class LogIn(FormPage, LoginView):
    """Name and password; then back to the page that asked for them, or to the history."""

    form_class = LogInForm
    template_name = "account/log_in.html"

    @property
    def extra_context(self) -> dict[str, object]:  # type: ignore[override]
        """Whether the page offers to make an account."""
        return {"may_sign_up": may_sign_up()}


class LogOut(LogoutView):
    """Ends the session of the account. What was handed over before logging in is this browser's again."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Logs out and leads to the front page."""
        before = anonymous_owner(request)
        super().post(request, *args, **kwargs)
        leave_to_session(request, before)
        notify(request, "You are logged out.")
        return see_other(reverse("pages:landing"))
