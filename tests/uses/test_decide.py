"""Deciding on one use of an image: text or decoration, taken back, seen by whom, kept for further looks."""

import csv
import io
import json
import threading
from datetime import timedelta

import pytest
from django.db import close_old_connections
from django.utils import timezone

from tests.delivery.decided import programs_owner
from tests.uses.placed import PAGE, PAGE_ADDRESS, TULIP, audited, uses_of
from webapp.accounts.claim import claim
from webapp.accounts.models import Membership, Owner, Site
from webapp.accounts.owners import delete_idle_owners
from webapp.audit.delete import delete_audit
from webapp.audit.export import as_csv, as_json
from webapp.audit.places import decide_on, decided_on, place_of
from webapp.library.errors import EmptyText, NotUndoable, TextTooLong
from webapp.uses.decide import standing_decision
from webapp.uses.delete import delete_expired_uses
from webapp.uses.errors import DecorationWithText, NoPlace, SoleContent, StaleUse
from webapp.uses.models import DecidedUse, UnsavedUse, UseDecision
from webapp.uses.undo import undo_use
from webapp.uses.unsaved import keep_unsaved

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def owner():
    return programs_owner()


@pytest.fixture
def uses(owner):
    return uses_of(audited(owner))


def test_uses_of_one_image_are_told_apart_by_their_position(uses):
    places = [place_of(use) for use in uses]
    assert [(place.page, place.address, place.position, place.is_sole) for place in places] == [
        (PAGE_ADDRESS, TULIP, 1, False),
        (PAGE_ADDRESS, TULIP, 2, True),
        (PAGE_ADDRESS, TULIP, 3, False),
        (PAGE_ADDRESS, "https://example.org/shop/fence.jpg", 1, False),
    ]
    assert len({place.hash for place in places}) == 4


def test_a_text_is_of_one_place_alone(uses, owner):
    decide_on(uses[1], " Your basket. ", owner=owner, role="functional")
    decided = decided_on(uses[0].page.audit, uses)
    assert list(decided) == [uses[1].pk]
    found = decided[uses[1].pk]
    assert (found.state, found.alt_text, found.role, found.version) == ("edited", "Your basket.", "functional", 1)


def test_the_suggested_name_unchanged_is_an_approval(uses, owner):
    assert uses[1].facts["proposal"]["text"] == "Basket"
    assert decide_on(uses[1], "Basket", owner=owner).verdict == "approved"


@pytest.mark.parametrize(
    ("number", "text", "role", "error"),
    [
        (0, " \n", "informative", EmptyText),
        (0, "x" * 2001, "informative", TextTooLong),
        (0, "Tulips.", "decorative", DecorationWithText),
        (1, "", "decorative", SoleContent),
    ],
)
def test_what_cannot_be_is_refused(uses, owner, number, text, role, error):
    with pytest.raises(error):
        decide_on(uses[number], text, owner=owner, role=role)
    assert not DecidedUse.objects.exists()


def test_a_place_without_an_address_is_refused(owner):
    (use,) = uses_of(audited(owner, '<img src="a.jpg">', address=""))
    with pytest.raises(NoPlace):
        decide_on(use, "Tulips.", owner=owner)


def test_decisions_are_taken_back_one_after_the_other(uses, owner):
    first = decide_on(uses[0], "Tulips in bloom.", owner=owner)
    second = decide_on(uses[0], "", owner=owner, role="decorative", version=1)
    with pytest.raises(NotUndoable):
        undo_use(first, owner=owner)
    use = undo_use(second, owner=owner, version=2)
    assert (use.state, use.alt_text, use.version) == ("edited", "Tulips in bloom.", 3)
    assert undo_use(second, owner=owner).version == 3, "a second press changes nothing"
    use = undo_use(first, owner=owner)
    assert (use.state, use.alt_text, use.is_decided) == ("undecided", None, False)
    assert standing_decision(use) is None
    verdicts = list(use.decisions.order_by("pk").values_list("verdict", flat=True))
    assert verdicts == ["edited", "decorative", "undone", "undone"]


def test_who_saw_an_older_version_is_refused_and_told(uses, owner):
    decide_on(uses[0], "Tulips in bloom.", owner=owner, version=0)
    with pytest.raises(StaleUse, match=r"“Tulips in bloom\.” now"):
        decide_on(uses[0], "A wall.", owner=owner, version=0)
    decide_on(uses[0], "", owner=owner, role="decorative", version=1)
    with pytest.raises(StaleUse, match="it is decoration now"):
        decide_on(uses[0], "A wall.", owner=owner, version=1)


def test_saying_the_same_again_adds_nothing(uses, owner):
    again = [decide_on(uses[0], "Tulips in bloom.", owner=owner, version=0) for _ in range(2)]
    assert again[0] == again[1]
    assert UseDecision.objects.count() == 1


def test_two_who_decide_at_once_make_one_row_and_one_is_refused(uses, owner):
    outcomes = []
    begin = threading.Barrier(2)

    def decide(text):
        try:
            begin.wait()
            decide_on(uses[0], text, owner=owner, version=0)
            outcomes.append("decided")
        except StaleUse:
            outcomes.append("stale")
        finally:
            close_old_connections()

    threads = [threading.Thread(target=decide, args=[text]) for text in ("One.", "Two.")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["decided", "stale"]
    assert DecidedUse.objects.count() == UseDecision.objects.count() == 1


def test_a_decision_outlives_its_audit_and_stands_at_the_next(uses, owner):
    decide_on(uses[1], "Your basket.", owner=owner)
    delete_audit(uses[0].page.audit)
    changed = PAGE.replace("<p>Our best:", '<img src="new.jpg"><p>Our best:')
    audit = audited(owner, changed)
    again = uses_of(audit)
    decided = decided_on(audit, again)
    assert {again.index(use): decided[use.pk].alt_text for use in again if use.pk in decided} == {2: "Your basket."}


def test_other_owners_do_not_share_it_unless_they_are_members_of_one_site(uses, owner):
    decide_on(uses[0], "Tulips in bloom.", owner=owner)
    stranger = programs_owner()
    audit = audited(stranger)
    assert decided_on(audit, uses_of(audit)) == {}


def test_members_of_a_site_share_one_row(account_of_site):
    site, alice, bob = account_of_site
    first, second = audited(alice), audited(bob)
    for audit in (first, second):
        type(audit).objects.filter(pk=audit.pk).update(site=site)
    decide_on(uses_of(first)[0], "Tulips in bloom.", owner=alice, version=0)
    with pytest.raises(StaleUse):
        decide_on(uses_of(second)[0], "A wall.", owner=bob, version=0)
    decide_on(uses_of(second)[0], "A wall.", owner=bob, version=1)
    assert DecidedUse.objects.get().alt_text == "A wall."


@pytest.fixture
def account_of_site(django_user_model):
    site = Site.objects.create(name="Shop")
    owners = []
    for name in ("alice", "bob"):
        user = django_user_model.objects.create_user(name)
        Membership.objects.create(site=site, user=user, role=Membership.Role.REVIEWER)
        owners.append(Owner.objects.create(kind=Owner.Kind.USER, user=user))
    return site, *owners


def test_it_ends_with_the_retention_since_the_last_decision(uses, owner, settings):
    decide_on(uses[0], "Tulips in bloom.", owner=owner)
    assert delete_expired_uses(timezone.now() + settings.RETENTION - timedelta(minutes=1)) == 0
    assert delete_expired_uses(timezone.now() + settings.RETENTION + timedelta(minutes=1)) == 1
    assert not UseDecision.objects.exists()


def test_what_was_typed_and_not_saved_ends_with_it(uses, settings):
    keep_unsaved({place_of(uses[0]): ("Tulips in", "informative")})
    delete_expired_uses(timezone.now() + settings.RETENTION - timedelta(minutes=1))
    assert UnsavedUse.objects.get().text == "Tulips in"
    delete_expired_uses(timezone.now() + settings.RETENTION + timedelta(minutes=1))
    assert not UnsavedUse.objects.exists()


@pytest.mark.parametrize(
    ("html", "known"),
    [
        ('<img src="a.jpg" data-src="b.jpg">', [("b.jpg", 1)]),
        ('<img src="a.jpg" srcset="b.jpg 2x">', [("a.jpg", 1)]),
        ('<img srcset="b.jpg 1x, c.jpg 2x">', [("b.jpg", 1)]),
        ('<img src="a.jpg"><img src="%61.jpg"><img src="b/../a.jpg">', [("a.jpg", 1), ("%61.jpg", 2), ("a.jpg", 3)]),
        ('<img src="data:image/gif;base64,R0lGOD">', [("", 0)]),
        ('<input type="image" src="a.jpg" alt="Go">', [("", 0)]),
        ('<img src="a.jpg"><p><noscript><img src="a.jpg"></noscript></p>', [("a.jpg", 1), ("a.jpg", 1)]),
    ],
)
def test_a_use_is_known_by_the_address_in_its_tag(owner, html, known):
    base = "https://example.org/shop/"
    found = [(use.known_as.removeprefix(base), use.nth) for use in uses_of(audited(owner, html))]
    assert found == known


def test_what_is_taken_away_from_an_audit_tells_what_was_decided_for_the_place(uses, owner):
    decide_on(uses[0], "", owner=owner, role="decorative")
    decide_on(uses[1], "Your basket.", owner=owner)
    audit = uses[0].page.audit
    rows = list(csv.DictReader(io.StringIO(as_csv(audit))))
    told = [(row["suggestion"], row["suggestion_origin"]) for row in rows]
    assert told == [('(alt="")', "person"), ("Your basket.", "person"), ("", ""), ("", "")]
    (page,) = json.loads(as_json(audit))["pages"]
    assert page["uses"][1]["suggestion"]["reason"] == "A person decided this text for this place."


@pytest.fixture
def browser():
    """The owner of a browser's session."""
    return Owner.objects.create(kind=Owner.Kind.SESSION)


def test_it_goes_with_what_is_claimed_and_the_newer_decision_stands(browser, owner):
    mine, theirs = uses_of(audited(owner)), uses_of(audited(browser))
    decide_on(mine[0], "Tulips.", owner=owner)
    decide_on(theirs[0], "A bed of tulips.", owner=browser)
    claim(browser, owner)
    decided = decided_on(mine[0].page.audit, mine)[mine[0].pk]
    assert (decided.alt_text, decided.owner) == ("A bed of tulips.", owner)
    assert set(UseDecision.objects.values_list("decided_by", flat=True)) == {owner.pk}
    decide_on(mine[0], "Tulips in bloom.", owner=owner, version=1)
    assert DecidedUse.objects.count() == 2


def test_who_has_decided_is_not_idle(browser, settings):
    (use,) = uses_of(audited(browser, '<img src="a.jpg">'))
    decide_on(use, "Tulips.", owner=browser)
    delete_audit(use.page.audit)
    later = timezone.now() + settings.RETENTION + timedelta(minutes=1)
    assert delete_idle_owners(later) == 0
    delete_expired_uses(later)
    assert delete_idle_owners(later) == 1
