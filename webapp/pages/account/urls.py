"""The pages of accounts, below /account/."""

from django.urls import URLPattern, URLResolver, path

from webapp.pages.account.account import account
from webapp.pages.account.claim import keep
from webapp.pages.account.delete import DeleteAccount
from webapp.pages.account.log_in import LogIn, LogOut
from webapp.pages.account.passwords import AskReset, ChangePassword, Reset, ResetSent
from webapp.pages.account.sign_up import SignUp

urlpatterns: list[URLPattern | URLResolver] = [
    path("", account, name="account"),
    path("sign-up/", SignUp.as_view(), name="sign-up"),
    path("log-in/", LogIn.as_view(), name="log-in"),
    path("log-out/", LogOut.as_view(), name="log-out"),
    path("claim/", keep, name="claim"),
    path("password/", ChangePassword.as_view(), name="password"),
    path("delete/", DeleteAccount.as_view(), name="account-delete"),
    path("reset/", AskReset.as_view(), name="reset"),
    path("reset/sent/", ResetSent.as_view(), name="reset-sent"),
    path("reset/<uidb64>/<token>/", Reset.as_view(), name="reset-confirm"),
]
