"""Owners: a browser session has one once it needs one, and this machine has exactly one."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.db import connection
from django.test import RequestFactory
from django.utils import timezone

from webapp.accounts.keys import make_key
from webapp.accounts.models import Owner, Site
from webapp.accounts.owners import delete_idle_owners, loopback_owner, session_owner
from webapp.library.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_of_session():
    request = RequestFactory().get("/")
    request.session = SessionStore()
    request.user = AnonymousUser()
    return request


def test_looking_around_begins_no_session(request_of_session):
    assert session_owner(request_of_session) is None
    assert request_of_session.session.is_empty()
    assert not Owner.objects.exists()


def test_a_session_keeps_its_owner(request_of_session):
    owner = session_owner(request_of_session, create=True)
    assert owner.kind == Owner.Kind.SESSION
    assert session_owner(request_of_session) == session_owner(request_of_session, create=True) == owner


def test_handing_over_renews_the_session_and_looking_does_not(request_of_session):
    session_owner(request_of_session, create=True)
    request_of_session.session.modified = False
    session_owner(request_of_session)
    assert not request_of_session.session.modified
    session_owner(request_of_session, create=True)
    assert request_of_session.session.modified


def test_a_session_whose_owner_is_gone_gets_a_new_one(request_of_session):
    old = session_owner(request_of_session, create=True)
    old.delete()
    assert session_owner(request_of_session) is None
    assert session_owner(request_of_session, create=True) != old


def test_a_session_cannot_stand_for_an_owner_of_another_kind(request_of_session):
    request_of_session.session["owner"] = str(loopback_owner().pk)
    assert session_owner(request_of_session) is None


def test_the_callers_on_this_machine_are_one_owner():
    assert loopback_owner() == loopback_owner()
    assert Owner.objects.filter(kind=Owner.Kind.LOOPBACK).count() == 1


def test_sessions_owners_with_nothing_left_go_after_the_retention(settings):
    settings.RETENTION = timedelta(days=30)
    idle, with_job, with_key, young = (Owner.objects.create(kind=Owner.Kind.SESSION) for _ in range(4))
    Job.objects.create(owner=with_job, site=Site.default())
    key, _ = make_key("my shop", made_by=with_key)
    kept = {with_job, with_key, young, key.owner, loopback_owner()}
    Owner.objects.exclude(pk=young.pk).update(created_at=timezone.now() - timedelta(days=30))

    call_command("prune")

    assert set(Owner.objects.all()) == kept
    assert not Owner.objects.filter(pk=idle.pk).exists()


def test_an_owner_who_hands_something_over_just_then_stays():
    owner = Owner.objects.create(kind=Owner.Kind.SESSION)
    site = Site.default()
    looked = 0

    def hand_over_after_the_first_look(execute, sql, params, many, context):
        nonlocal looked
        result = execute(sql, params, many, context)
        if sql.startswith("SELECT"):
            looked += 1
            if looked == 1:
                Job.objects.create(owner=owner, site=site)
        return result

    with connection.execute_wrapper(hand_over_after_the_first_look):
        assert delete_idle_owners(timezone.now() + settings.RETENTION) == 0

    assert Job.objects.get().owner == owner


def test_of_many_idle_owners_all_go():
    Owner.objects.bulk_create(Owner(kind=Owner.Kind.SESSION) for _ in range(1500))
    assert delete_idle_owners(timezone.now() + settings.RETENTION) == 1500
    assert not Owner.objects.exists()
