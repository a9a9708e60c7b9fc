"""Accounts: made, entered, left; passwords changed and set anew; and nothing told about who has one."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from django.utils import timezone

from tests.pages.scene import PASSWORD, account_of
from webapp.accounts.models import Attempts, Owner
from webapp.accounts.throttle import delete_old_attempts

pytestmark = pytest.mark.django_db
WRONG = "The user name or the password is wrong."
NEW = {"username": "mira", "email": "", "password1": "nine bright lamps", "password2": "nine bright lamps"}


def log_in(client, name="alice", password=PASSWORD, **more):
    return client.post("/account/log-in/", {"username": name, "password": password}, **more)


def is_logged_in(client):
    return client.get("/account/").status_code == 200


def test_an_account_is_made_and_logged_in_at_once(client):
    response = client.post("/account/sign-up/", NEW, follow=True)

    assert "You are logged in as" in response.content.decode()
    assert User.objects.get().check_password("nine bright lamps")
    assert is_logged_in(client)


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"username": ""}, "username", "Choose a user name."),
        ({"username": "ALICE"}, "username", "already exists"),
        ({"username": "a b"}, "username", "Enter a valid username"),
        ({"email": "nowhere"}, "email", "valid email"),
        ({"password1": "short", "password2": "short"}, "password2", "too short"),
        ({"password1": "password123", "password2": "password123"}, "password2", "too common"),
        ({"password2": "another"}, "password2", "match"),
    ],
)
def test_what_is_wrong_with_a_new_account_is_said_and_the_rest_kept(client, change, field, words):
    account_of("alice")

    response = client.post("/account/sign-up/", {**NEW, "email": "mira@example.org", **change})

    page = response.content.decode()
    assert response.status_code == 422
    assert "<title>Error: Make an account" in page
    assert f'href="#id_{field}"' in page
    assert words in page
    assert f'aria-describedby="id_{field}_' in page or f'id_{field}_error"' in page
    assert change.get("username", "mira") in page
    assert NEW["password1"] not in page
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("setting", "others", "allowed"),
    [("everyone", 1, True), ("first", 0, True), ("first", 1, False), ("never", 0, False)],
)
def test_the_operator_says_who_may_make_an_account(client, settings, setting, others, allowed):
    settings.SIGN_UP = setting
    for number in range(others):
        account_of(f"other{number}")

    assert ("Make an account" in client.get("/account/log-in/").content.decode()) == allowed
    assert client.get("/account/sign-up/").status_code == (200 if allowed else 403)
    assert client.post("/account/sign-up/", NEW).status_code == (303 if allowed else 403)
    assert User.objects.count() == others + allowed


def test_log_in_leads_to_the_page_that_asked_for_it_and_nowhere_else(client):
    account_of("alice")
    asked = client.get("/account/password/", follow=True)
    assert 'name="next" value="/account/password/"' in asked.content.decode()

    there = client.post("/account/log-in/", {"username": "alice", "password": PASSWORD, "next": "/account/password/"})
    elsewhere = Client().post(
        "/account/log-in/", {"username": "alice", "password": PASSWORD, "next": "https://evil.example/"}
    )

    assert there.headers["Location"] == "/account/password/"
    assert elsewhere.headers["Location"] == "/history/"


def test_a_wrong_name_and_a_wrong_password_look_the_same(client):
    account_of("alice")
    User.objects.filter(pk=account_of("gone").user_id).update(is_active=False)
    pages = []
    for name, password in (("alice", "wrong"), ("nobody", "wrong"), ("gone", PASSWORD)):
        response = log_in(client, name, password)
        assert response.status_code == 422
        page = response.content.decode()
        assert WRONG in page
        assert "<title>Error: Log in" in page
        assert f'value="{name}"' in page
        pages.append(re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.replace(name, "NAME")))
    assert pages[0] == pages[1] == pages[2]


def test_guesses_are_limited_with_a_sentence_and_a_time(client):
    account_of("alice")
    for _ in range(5):
        assert log_in(client, password="wrong").status_code == 422

    refused = log_in(client)

    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 900
    assert "Wait 15 minutes" in refused.content.decode()
    assert not is_logged_in(client)
    assert log_in(client, "ALICE", "wrong").status_code == 429, "other letters are no other name"
    assert log_in(Client(), REMOTE_ADDR="203.0.113.9").status_code == 302, "somebody else is not locked out"
    Attempts.objects.update(until=timezone.now())
    assert log_in(client).status_code == 302


def test_a_name_that_nobody_has_is_limited_like_any_other(client):
    codes = [log_in(client, "nobody", "wrong").status_code for _ in range(6)]
    assert codes == [422] * 5 + [429]


def test_one_address_cannot_try_every_name(client):
    codes = [log_in(client, f"name{number}", "wrong").status_code for number in range(51)]
    assert codes == [422] * 50 + [429]


def test_right_guesses_do_not_count(client):
    account_of("alice")
    for _ in range(60):
        assert log_in(client).status_code == 302
    assert not Attempts.objects.filter(count__gt=0).exists()


def test_behind_proxies_guesses_are_counted_by_what_the_outermost_saw(client, settings):
    settings.NINJA_NUM_PROXIES = 1
    for number in range(5):
        forged = {"X-Forwarded-For": f"10.0.0.{number}, 203.0.113.7"}
        assert log_in(client, password="wrong", headers=forged).status_code == 422
    assert log_in(client, headers={"X-Forwarded-For": "203.0.113.7"}).status_code == 429
    account_of("alice")
    assert log_in(client, headers={"X-Forwarded-For": "203.0.113.8"}).status_code == 302


def test_counts_hold_neither_names_nor_addresses_and_go_when_their_time_is_up(client):
    log_in(client, "alice", "wrong")
    assert not any("alice" in str(row) or "127.0.0.1" in str(row) for row in Attempts.objects.values_list())
    assert delete_old_attempts() == 0
    assert delete_old_attempts(timezone.now() + timedelta(minutes=16)) == 2


def test_new_accounts_are_limited(client):
    codes = [client.post("/account/sign-up/", {**NEW, "username": f"mira{number}"}).status_code for number in range(21)]
    assert codes == [303] * 20 + [429]
    assert User.objects.count() == 20


def test_a_password_is_changed_with_the_old_one(client):
    owner = account_of("alice")
    elsewhere = Client()
    client.force_login(owner.user)
    elsewhere.force_login(owner.user)
    new = {"new_password1": "nine bright lamps", "new_password2": "nine bright lamps"}

    wrong = client.post("/account/password/", {"old_password": "wrong", **new})
    assert wrong.status_code == 422
    right = client.post("/account/password/", {"old_password": PASSWORD, **new}, follow=True)

    assert "The password is changed." in right.content.decode()
    assert is_logged_in(client)
    assert not is_logged_in(elsewhere)


def test_guessing_the_old_password_in_an_open_session_is_limited(client):
    client.force_login(account_of("alice").user)
    codes = [client.post("/account/password/", {"old_password": "wrong"}).status_code for _ in range(6)]
    assert codes == [422] * 5 + [429]


def test_a_forgotten_password_is_set_anew_with_a_link_that_works_once(client):
    account_of("alice")
    asked = client.post("/account/reset/", {"email": "alice@example.org"}, follow=True)
    assert "Look at your mail" in asked.content.decode()
    (message,) = mail.outbox
    link = re.search(r"http://testserver(/account/reset/\S+)", message.body)[1]

    form = client.get(link, follow=True)
    new = {"new_password1": "nine bright lamps", "new_password2": "nine bright lamps"}
    done = client.post(form.redirect_chain[-1][0], new, follow=True)

    assert "The password is changed. Log in with it." in done.content.decode()
    assert log_in(client, password="nine bright lamps").status_code == 302
    assert "The link does not work any more" in Client().get(link, follow=True).content.decode()


def test_asking_for_a_link_does_not_tell_who_has_an_account(client):
    account_of("alice")
    known = client.post("/account/reset/", {"email": "alice@example.org"})
    unknown = client.post("/account/reset/", {"email": "nobody@example.org"})
    assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("address", ["alice@example.org", "nobody@example.org"])
def test_nobody_is_flooded_with_mail(client, address):
    account_of("alice")
    codes = [client.post("/account/reset/", {"email": address}).status_code for _ in range(4)]
    assert codes == [302] * 3 + [429]


def test_log_out_needs_a_button_and_leaves_the_browser_what_it_had(client):
    client.post("/samples/cat/")
    owner = Owner.objects.get()
    client.force_login(account_of("alice").user)

    assert client.get("/account/log-out/").status_code == 405
    response = client.post("/account/log-out/", follow=True)

    assert "You are logged out." in response.content.decode()
    assert not is_logged_in(client)
    assert client.session["owner"] == str(owner.pk)


def test_forms_let_password_managers_and_pasting_be(client):
    for path in ("/account/log-in/", "/account/sign-up/"):
        page = client.get(path).content.decode()
        assert 'autocomplete="username"' in page
        assert "password" in page
        assert "onpaste" not in page
        assert "autofocus" not in page
        assert " required" not in page
    assert 'autocomplete="current-password"' in client.get("/account/log-in/").content.decode()
    assert 'autocomplete="new-password"' in client.get("/account/sign-up/").content.decode()


def test_a_page_of_trouble_repeats_no_password(client, monkeypatch):
    from django.db import OperationalError

    def locked(*arguments):
        raise OperationalError("database is locked")

    monkeypatch.setattr("webapp.pages.forms.count_attempt", locked)
    client.raise_request_exception = False
    response = log_in(client, password="nine bright lamps")
    assert response.status_code == 503
    assert "alice" in response.content.decode()
    assert "lamps" not in response.content.decode()
