"""Finding pictures: by words of their texts, drafts and names, by state, language and file; one's own alone."""

from hashlib import sha256

import pytest

from tests.pages.pictures import describe, fail, hand_over, png
from webapp.accounts.models import Owner
from webapp.library.decide import decide
from webapp.library.models import Image
from webapp.library.search import Sought, search
from webapp.queue.claim import claim


@pytest.fixture
def pictures(owner):
    """A decided one, a draft, and one that waits."""
    first, *_ = describe(hand_over(owner, "Rex.png", "Straße.png", "late.png"), "A dog runs.", first=2)
    decide(first, "My dog Rex at the École.", owner=owner)
    return owner


def found(owner, words="", **facts):
    return sorted(search(owner, Sought(words, **facts)).values_list("name", flat=True))


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("", ["Rex.png", "Straße.png", "late.png"]),
        ("rex", ["Rex.png"]),
        ("DOG", ["Rex.png", "Straße.png"]),
        ("dog runs", ["Rex.png", "Straße.png"]),
        ("dog rex", ["Rex.png"]),
        (" École ", ["Rex.png"]),
        ("éCOLE", ["Rex.png"]),
        ("straß", ["Straße.png"]),
        ("lat", ["late.png"]),
        ("zebra", []),
        ("100%", []),
        ("_", []),
        ("' OR 1=1", []),
        ("\0", ["Rex.png", "Straße.png", "late.png"]),
    ],
)
def test_words_are_found_wherever_they_stand(pictures, words, names):
    assert found(pictures, words) == names


def test_others_pictures_are_not_found(pictures):
    assert found(Owner.objects.create(kind=Owner.Kind.KEY), "dog") == []
    assert found(None, "dog") == []


def test_by_state(pictures):
    expected = {"edited": ["Rex.png"], "suggested": ["Straße.png"], "waiting": ["late.png"], "queued": ["late.png"]}
    assert {state: found(pictures, state=state) for state in expected} == expected
    assert found(pictures, "dog", state="edited") == ["Rex.png"]
    assert found(pictures, state="running") == []
    claim("caption", "a", 1, alone=False)
    assert (found(pictures, state="running"), found(pictures, state="queued")) == (["late.png"], [])


def test_by_language(pictures):
    Image.objects.filter(name="late.png").update(lang="en-GB")
    Image.objects.filter(name="Rex.png").update(lang="enm")
    assert found(pictures, lang="en") == found(pictures, lang="EN") == ["Straße.png", "late.png"]
    assert found(pictures, lang="en-gb") == ["late.png"]


def test_by_file(pictures):
    assert found(pictures, sha256=sha256(png(2)).hexdigest()) == ["Straße.png"]
    assert found(Owner.objects.create(kind=Owner.Kind.KEY), sha256=sha256(png(2)).hexdigest()) == []


def test_a_picture_with_two_drafts_is_found_once(pictures):
    image = Image.objects.get(name="Straße.png")
    suggestion = image.suggestions.get()
    inference = suggestion.inference
    inference.pk, inference.model = None, "other-1"
    inference.save()
    suggestion.pk, suggestion.inference = None, inference
    suggestion.save()
    assert found(pictures, "runs") == ["Rex.png", "Straße.png"]


def test_the_newest_comes_first(owner):
    for name in ("a.png", "b.png"):
        fail(hand_over(owner, name).images.get())
    assert [image.name for image in search(owner, Sought(state="failed"))] == ["b.png", "a.png"]
