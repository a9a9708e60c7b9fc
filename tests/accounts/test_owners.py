"""Owners: a browser session has one once it needs one, and this machine has exactly one."""

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory

from webapp.accounts.models import Owner
from webapp.accounts.owners import loopback_owner, session_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_of_session():
    request = RequestFactory().get("/")
    request.session = SessionStore()
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
