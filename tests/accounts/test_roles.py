"""Who sees and does what, by ownership and by role."""

import threading
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.http import Http404
from django.utils import timezone

from tests.library.drafts import drafted
from tests.pages.audited import PAGE, start
from tests.pages.pictures import png
from tests.pages.scene import account_of
from webapp.accounts.invitations import VALID_FOR, accept, find_invitation, invite
from webapp.accounts.members import MemberRefused, add_member, change_role, remove_member
from webapp.accounts.models import Invitation, Membership, Owner, Site
from webapp.accounts.roles import Role, RoleMissing, may, role_in, sites_of
from webapp.accounts.sites import delete_site, get_site_or_404, make_site
from webapp.audit.access import get_audit_or_404, visible_audits
from webapp.audit.delete import delete_expired_audits
from webapp.audit.models import Audit
from webapp.library.access import get_image_or_404, get_job_or_404, visible_images, visible_jobs
from webapp.library.decide import decide, reject
from webapp.library.delete import delete_expired
from webapp.library.models import Blob, Image, Job
from webapp.library.submit import Upload, examine, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice(db):
    return account_of("alice")


@pytest.fixture
def site(alice):
    return make_site("Shop", alice.user)


@pytest.fixture
def charlie(site):
    owner = account_of("charlie")
    add_member(site, "charlie", Role.VIEWER)
    return owner


@pytest.fixture
def bob(db):
    owner = account_of("bob")
    make_site("Another", owner.user)
    return owner


def hand_over(owner, site=None):
    return submit(owner, [examine(Upload("a.png", png()))], site=site)


def test_what_a_site_has_is_seen_by_its_members_and_nobody_else(alice, bob, charlie, site):
    job = drafted(hand_over(alice, site))
    audit = start(alice, PAGE)
    Audit.objects.filter(pk=audit.pk).update(site=site)
    image = job.images.get()
    for member in (alice, charlie):
        assert get_job_or_404(member, job.pk) == job
        assert get_image_or_404(member, image.pk) == image
        assert get_audit_or_404(member, audit.pk) == audit
    for stranger in (bob, Owner.objects.create(kind=Owner.Kind.SESSION), None):
        assert not visible_jobs(stranger).exists()
        assert not visible_images(stranger).exists()
        assert not visible_audits(stranger).exists()
        with pytest.raises(Http404):
            get_job_or_404(stranger, job.pk, Role.REVIEWER)


def test_a_row_is_seen_once_however_many_members_there_are(alice, charlie, site):
    hand_over(alice, site)
    hand_over(alice)
    assert visible_jobs(alice).count() == visible_images(alice).count() == 2
    assert visible_jobs(charlie).count() == visible_images(charlie).count() == 1


def test_a_viewer_sees_and_decides_nothing(alice, charlie, site):
    job = hand_over(alice, site)
    image = job.images.get()
    for get, pk in ((get_image_or_404, image.pk), (get_job_or_404, job.pk)):
        with pytest.raises(RoleMissing, match="reviewers and owners"):
            get(charlie, pk, Role.REVIEWER)
    change_role(Membership.objects.get(user=charlie.user), Role.REVIEWER)
    assert get_image_or_404(charlie, image.pk, Role.REVIEWER) == image


def test_what_is_handed_over_without_a_site_is_ones_own(alice, charlie, bob):
    job = hand_over(alice)
    assert may(alice, job.site, Role.OWNER)
    assert visible_jobs(alice).get() == job
    assert not visible_jobs(charlie).exists()
    assert role_in(alice, job.site) is None


def test_who_leaves_a_site_sees_nothing_of_it_any_more(alice, charlie, site):
    change_role(Membership.objects.get(user=charlie.user), Role.REVIEWER)
    job = hand_over(charlie, site)
    remove_member(Membership.objects.get(user=charlie.user))
    assert not visible_jobs(charlie).exists(), "not even what they handed over"
    assert visible_jobs(alice).get() == job


def test_each_role_holds_those_below_it(alice, charlie, site):
    assert list(sites_of(alice, Role.OWNER)) == [site]
    assert list(sites_of(charlie)) == [site]
    assert not sites_of(charlie, Role.REVIEWER).exists()
    assert get_site_or_404(charlie, site.pk) == site
    with pytest.raises(RoleMissing):
        get_site_or_404(charlie, site.pk, Role.OWNER)


def test_the_last_owner_stays_one(alice, charlie, site):
    mine, theirs = Membership.objects.get(user=alice.user), Membership.objects.get(user=charlie.user)
    for attempt in (lambda: remove_member(mine), lambda: change_role(mine, Role.REVIEWER)):
        with pytest.raises(MemberRefused, match="needs an owner"):
            attempt()
    change_role(mine, Role.OWNER)
    change_role(theirs, Role.OWNER)
    remove_member(mine)
    assert list(site.memberships.all()) == [theirs]


@pytest.mark.django_db(transaction=True)
def test_two_owners_who_leave_at_once_do_not_leave_a_site_alone():
    site = make_site("Shop", account_of("alice").user)
    account_of("charlie")
    add_member(site, "charlie", Role.OWNER)
    barrier = threading.Barrier(2)

    def leave(membership):
        barrier.wait()
        try:
            remove_member(membership)
        except MemberRefused:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=leave, args=[membership]) for membership in site.memberships.all()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert site.memberships.filter(role=Role.OWNER).count() == 1


def test_members_are_added_by_an_exact_name(site, charlie):
    with pytest.raises(MemberRefused, match="Nobody"):
        add_member(site, "nobody", Role.VIEWER)
    with pytest.raises(MemberRefused, match="Nobody"):
        add_member(site, "charlie@example.org", Role.VIEWER)
    with pytest.raises(MemberRefused, match="already"):
        add_member(site, "charlie", Role.OWNER)
    assert role_in(charlie, site) == Role.VIEWER


def test_an_invitation_works_once_and_for_a_week_and_its_token_is_not_kept(site, bob, charlie):
    token = invite(site, Role.REVIEWER)
    found = find_invitation(token)
    assert token not in str(list(Invitation.objects.values()))
    with pytest.raises(MemberRefused, match="already"):
        accept(found, charlie.user)
    assert find_invitation(token) == found, "it was not used up"
    accept(found, bob.user)
    assert role_in(bob, site) == Role.REVIEWER
    assert find_invitation(token) is None
    with pytest.raises(MemberRefused, match="used already"):
        accept(found, account_of("dora").user)

    late = invite(site, Role.OWNER)
    Invitation.objects.update(expires_at=timezone.now())
    assert find_invitation(late) is find_invitation("nonsense") is None
    assert timedelta(days=7) == VALID_FOR


def test_a_site_goes_with_all_that_it_has(alice, charlie, site, django_capture_on_commit_callbacks):
    hand_over(alice, site)
    kept = submit(alice, [examine(Upload("b.png", png(2)))])
    audit = start(alice, PAGE)
    Audit.objects.filter(pk=audit.pk).update(site=site)
    with django_capture_on_commit_callbacks(execute=True):
        delete_site(site)
    assert list(Job.objects.all()) == [kept]
    assert not Audit.objects.exists()
    assert not Membership.objects.filter(site=site.pk).exists()
    assert Blob.objects.count() == 1
    assert Site.default().name == "Default"


def test_a_site_may_keep_things_shorter_than_the_service_and_not_longer(alice, site):
    site.retention_days = 3
    site.save()
    job, other = hand_over(alice, site), hand_over(alice)
    audit = start(alice, PAGE)
    Audit.objects.filter(pk=audit.pk).update(site=site)
    assert job.expires_at == job.created_at + timedelta(days=3)
    assert delete_expired(timezone.now() + timedelta(days=2)) == 0
    assert delete_expired(timezone.now() + timedelta(days=4)) == 1
    assert delete_expired_audits(timezone.now() + timedelta(days=4)) == 1
    assert Image.objects.get().job == other
    site.retention_days = 10_000
    assert site.retention == settings.RETENTION


def test_a_site_keeps_its_decided_texts_unless_it_says_otherwise(alice, site):
    decided, rejected, undecided = images = [hand_over(alice, site).images.get() for _ in range(3)]
    for image in images:
        Image.objects.filter(pk=image.pk).update(state=Image.State.WITHHELD)
        image.refresh_from_db()
    decide(decided, "A dog.", owner=alice)
    reject(rejected, owner=alice)
    assert decided.expires_at is None
    assert undecided.expires_at is not None
    assert delete_expired(timezone.now() + settings.RETENTION) == 2
    assert Image.objects.get() == decided

    site.keeps_texts = False
    site.save()
    assert Image.objects.get().expires_at is not None
    assert delete_expired(timezone.now() + settings.RETENTION) == 1
