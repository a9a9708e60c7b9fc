"""The end of an account."""

from typing import Any

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.forms import ValidationError
from django.http import HttpResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from webapp.accounts.delete import SitesWithoutOwner, delete_account, ending_of
from webapp.accounts.members import MemberRefused
from webapp.accounts.owners import anonymous_owner, leave_to_session
from webapp.pages.account.forms import DeleteAccountForm
from webapp.pages.forms import FormPage
from webapp.pages.notices import notify, see_other

_STUCK = (
    "Some of your sites have other members and no other owner. Make one of them an owner first, or delete the site."
)


@method_decorator([sensitive_post_parameters(), never_cache, login_required], name="dispatch")
class DeleteAccount(FormPage, FormView):
    """Says what goes and what stays; who writes the password again is deleted, and logged out."""

    form_class = DeleteAccountForm
    template_name = "account/delete.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Whose password it is."""
        return {**super().get_form_kwargs(), "user": self.request.user}

    def form_valid(self, form: DeleteAccountForm) -> HttpResponse:
        """Deletes the account. What was handed over before logging in is this browser's, as after logging out."""
        user, before = self.request.user, anonymous_owner(self.request)
        assert isinstance(user, User), "login_required"
        name = user.get_username()
        try:
            delete_account(user)
        except (SitesWithoutOwner, MemberRefused):
            form.add_error(None, ValidationError(_STUCK))
            return self.form_invalid(form)
        logout(self.request)
        leave_to_session(self.request, before)
        notify(self.request, f"The account {name} is deleted.")
        return see_other(reverse("pages:landing"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The context, with what would become of everything."""
        user = self.request.user
        assert isinstance(user, User), "login_required"
        return {**super().get_context_data(**kwargs), "ending": ending_of(user)}
