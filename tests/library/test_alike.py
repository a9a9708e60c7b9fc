"""Pictures that look alike: computed by the worker, found by an index, offered, and taken on a person's word only."""

import io
import random

import pytest
from django.core.management import call_command
from django.db import connection
from PIL import Image as Pillow

from captioner.training.drawings import draw
from tests.queue.pictures import ColourEngine
from webapp.accounts.models import Owner
from webapp.library.alike import NotAlike, similar_to, similar_to_each, use_similar
from webapp.library.decide import decide, reject
from webapp.library.errors import StaleVersion
from webapp.library.models import Blob, Image
from webapp.library.near import MOST_BITS, columns_of, near_queries
from webapp.library.phash import phash
from webapp.library.reuse import reuse_of
from webapp.library.submit import Upload, examine, submit
from webapp.queue.claim import claim
from worker.batch import run_batch

pytestmark = pytest.mark.django_db(transaction=True)
MAP = draw("map", 0)


def file_of(picture, kind="PNG", **options):
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def smaller(picture, factor=2):
    return picture.resize((picture.width // factor, picture.height // factor))


def hand_over(owner, name, content):
    (image,) = submit(owner, [examine(Upload(name, content))]).images.all()
    run_batch(claim("caption", "a", 100, alone=False), ColourEngine())
    return Image.objects.select_related("blob", "site", "owner").get(pk=image.pk)


@pytest.fixture
def large(owner):
    image = hand_over(owner, "map.png", file_of(MAP))
    decide(image, "A map of a town.", owner=owner)
    return image


@pytest.fixture
def small(owner):
    return hand_over(owner, "small.jpg", file_of(smaller(MAP), "JPEG"))


def test_the_worker_hashes_what_it_decodes(large):
    assert large.blob.phash == phash(MAP)
    parts = [large.blob.phash_1, large.blob.phash_2, large.blob.phash_3, large.blob.phash_4]
    assert "".join(f"{part:04x}" for part in parts) == large.blob.phash


def test_a_copy_of_another_size_is_found_and_told(large, small):
    (found,) = similar_to(small)
    assert found.image == large
    assert (found.is_same_file, found.is_resized) == (False, True)
    assert 90 <= found.alike <= 100
    assert found.decided_at == large.decisions.get().decided_at
    assert small.alt_text is None, "never by itself"


def test_the_same_file_that_was_handed_over_before_the_decision_is_offered(owner):
    first = hand_over(owner, "a.png", file_of(MAP))
    second = hand_over(owner, "b.png", file_of(MAP))
    decide(first, "A map.", owner=owner)
    (found,) = similar_to(second)
    assert (found.is_same_file, found.alike) == (True, 100)


def test_another_picture_is_not(owner, large):
    assert similar_to(hand_over(owner, "chart.png", file_of(draw("chart", 1)))) == []


def test_pictures_without_detail_never_match(owner):
    for colour in ("#102030", "#102031"):
        blank = hand_over(owner, "blank.png", file_of(Pillow.new("RGB", (64, 64), colour)))
        assert blank.blob.phash == ""
        assert similar_to(blank) == []
        decide(blank, "Nothing.", owner=owner)


def test_what_is_not_decided_or_of_others_is_not_offered(owner, large, small):
    stranger = Owner.objects.create(kind=Owner.Kind.SESSION)
    assert similar_to(hand_over(stranger, "theirs.jpg", file_of(smaller(MAP, 3), "JPEG"))) == []
    Image.objects.filter(pk=small.pk).update(lang="de")
    small.lang = "de"
    assert similar_to(small) == []
    small.lang = "en"
    reject(large, owner=owner)
    assert similar_to(small) == []


def test_the_nearest_come_first_and_each_text_once(owner, large, small):
    for factor, text in ((3, "A map of a town."), (4, "B."), (5, "C."), (6, "D.")):
        decide(hand_over(owner, f"{factor}.jpg", file_of(smaller(MAP, factor), "JPEG")), text, owner=owner)
    found = similar_to(small)
    assert len(found) == 3
    assert [one.bits for one in found] == sorted(one.bits for one in found)
    assert len({one.image.alt_text for one in found}) == 3


def test_a_person_takes_the_text(owner, large, small):
    decision = use_similar(small, large.pk, owner=owner, version=0)
    small = Image.objects.get(pk=small.pk)
    assert (small.alt_text, small.state) == ("A map of a town.", Image.State.EDITED)
    assert reuse_of(small) == decision
    decision.refresh_from_db()
    assert (decision.reuse, decision.reused_from, decision.decided_by) == ("alike", large, owner)
    assert use_similar(small, large.pk, owner=owner) == decision


def test_the_same_words_that_a_person_wrote_stay_that_persons(owner, large, small):
    written = decide(Image.objects.get(pk=small.pk), "A map of a town.", owner=owner)
    assert use_similar(small, large.pk, owner=owner, version=0) == written
    written.refresh_from_db()
    assert (written.reuse, written.reused_from) == ("", None)


def test_a_text_that_is_gone_or_of_another_picture_is_not_taken(owner, large, small):
    chart = hand_over(owner, "chart.png", file_of(draw("chart", 1)))
    decide(chart, "A chart.", owner=owner)
    with pytest.raises(NotAlike):
        use_similar(small, chart.pk, owner=owner)
    reject(large, owner=owner)
    with pytest.raises(NotAlike):
        use_similar(small, large.pk, owner=owner)


def test_who_decided_meanwhile_is_not_overwritten(owner, large, small):
    decide(Image.objects.get(pk=small.pk), "Another.", owner=owner)
    with pytest.raises(StaleVersion):
        use_similar(small, large.pk, owner=owner, version=0)
    assert reuse_of(Image.objects.get(pk=small.pk)) is None


def test_all_hashes_that_are_near_enough_are_found_and_no_others(owner, large, small):
    """Whichever bits differ: random ones, and as many as can be in one part."""
    dice = random.Random(1)
    own = int(small.blob.phash, 16)
    for count in range(1, MOST_BITS + 3):
        for places in (dice.sample(range(64), count), range(count), range(64 - count, 64)):
            number = own
            for place in places:
                number ^= 1 << place
            Blob.objects.filter(pk=large.blob_id).update(**columns_of(f"{number:016x}"))
            assert [one.bits for one in similar_to(small)] == ([count] if count <= MOST_BITS else [])


@pytest.mark.skipif(connection.vendor != "sqlite", reason="another database explains itself in other words")
def test_indices_find_them(small):
    for query in near_queries([small]):
        plan = query.explain()
        assert "SCAN" not in plan
        assert "image_of_owner" in plan, "where a site has no members, nothing of other visitors is read"


def test_others_pictures_are_not_read(large, small):
    stranger = Owner.objects.create(kind=Owner.Kind.SESSION)
    theirs = hand_over(stranger, "theirs.png", file_of(MAP))
    decide(theirs, "Theirs.", owner=stranger)
    read = [row[0] for query in near_queries([small]) for row in query]
    assert read == [large.pk]


def test_no_more_is_read_than_is_said(owner, large, small, monkeypatch):
    monkeypatch.setattr("webapp.library.near.MOST_READ", 1)
    decide(hand_over(owner, "newer.jpg", file_of(smaller(MAP, 3), "JPEG")), "Newer.", owner=owner)
    assert [one.image.alt_text for one in similar_to(small)] == ["Newer."]


def test_of_very_many_only_the_nearest_are_compared(owner, large, small, monkeypatch):
    monkeypatch.setattr("webapp.library.near.MOST_KEPT", 1)
    nearer = hand_over(owner, "nearer.jpg", file_of(smaller(MAP, 3), "JPEG"))
    decide(nearer, "Nearer.", owner=owner)
    far = f"{int(small.blob.phash, 16) ^ 0b111:016x}"
    for one, its in ((nearer, small.blob.phash), (large, far)):
        Blob.objects.filter(pk=one.blob_id).update(**columns_of(its))
    decide(large, "Changed last.", owner=owner)
    assert [one.image for one in similar_to(small)] == [nearer]


def test_for_several_at_once_it_is_the_same_by_as_few_queries(owner, large, small, django_assert_max_num_queries):
    files = [file_of(smaller(MAP, 3), "JPEG"), file_of(draw("chart", 1)), b"no picture"]
    job = submit(owner, [examine(Upload(f"{n}", file)) for n, file in enumerate(files)])
    run_batch(claim("caption", "a", 100, alone=False), ColourEngine())
    images = list(job.images.select_related("blob", "site", "owner"))
    with django_assert_max_num_queries(4):
        found = similar_to_each(images)
    assert found == {image.pk: similar_to(image) for image in images}
    assert [[one.image for one in found[image.pk]] for image in images] == [[large], [], []]


def test_pictures_of_an_older_version_are_hashed_by_the_command(large, small, capsys):
    Blob.objects.update(**dict.fromkeys(columns_of("")))
    small = Image.objects.get(pk=small.pk)
    assert similar_to(small) == []
    call_command("learn_hashes")
    assert "2 pictures are hashed" in capsys.readouterr().out
    assert [one.image for one in similar_to(Image.objects.get(pk=small.pk))] == [large]
    call_command("learn_hashes")
    assert "0 pictures" in capsys.readouterr().out


def test_a_copy_that_cannot_be_read_stops_nothing(large, small, settings, capsys):
    Blob.objects.update(phash=None)
    (settings.MEDIA_DIR / large.blob_id[:2] / large.blob_id).write_bytes(b"broken")
    call_command("learn_hashes")
    assert "1 pictures are hashed" in capsys.readouterr().out
