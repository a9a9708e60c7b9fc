"""How sure the model is, why it says nothing, and where it looked: as the pages tell it."""

import re

import pytest
from django.urls import reverse

from tests.pages.pictures import LOOKS, describe, hand_over
from webapp.library.decide import decide
from webapp.library.models import Image
from webapp.library.undo import undo


def page_of(visitor, owner, **found):
    job = hand_over(owner, "a.png")
    describe(job, **found)
    return visitor.get(reverse("pages:job", args=[job.pk])).content.decode()


@pytest.mark.parametrize(
    ("confidence", "words"),
    [
        ({"p": 0.81, "band": "likely", "calibrated": True}, "Likely right, check it. Of ten such drafts about 8"),
        ({"p": 0.99, "band": "likely", "calibrated": True}, "Of ten such drafts more than nine name"),
        ({"p": 0.52, "band": "unsure", "calibrated": True}, "Unsure. Of ten such drafts about 5"),
        (
            {"p": 0.3, "band": "doubtful", "calibrated": True},
            "Probably wrong, look closely. Of ten such drafts about 3",
        ),
        ({"p": None, "band": "not_calibrated", "calibrated": False}, "Not calibrated: how often this model is right"),
    ],
)
def test_the_band_is_told_in_words_beside_the_draft(visitor, owner, confidence, words):
    page = page_of(visitor, owner, confidence=confidence)
    mark = re.search(r'<p class="draft-mark" id="(draft-mark-[^"]+)">(.*?)</p>', page, re.DOTALL)
    assert words in mark[2]
    assert f'aria-describedby="{mark[1]}"' in page, "and read out with the draft"


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("not_a_photograph", "does not look like a photograph"),
        ("too_unsure", "too unsure of this picture"),
        ("no_description", "does not describe this picture"),
    ],
)
def test_without_a_draft_there_is_a_reason_and_a_field_to_write_in(visitor, owner, reason, words):
    page = page_of(visitor, owner, withheld=reason)
    assert "<strong>No draft.</strong>" in page
    assert words in page
    assert "Write the text yourself" in page
    assert 'type="radio"' not in page
    assert "A dog runs" not in page
    assert "Choose its text below." in page
    described = re.search(r'<p class="withheld" id="([^"]+)">', page)[1]
    assert f'aria-describedby="{described} ' in page, "and read out with the field"


def test_a_text_of_ones_own_goes_without_a_draft_and_can_be_taken_back(visitor, owner):
    job = hand_over(owner, "a.png")
    (image,) = describe(job, withheld="too_unsure")
    decision = decide(image, "Rex.", owner=owner)
    assert (decision.verdict, image.state) == ("edited", Image.State.EDITED)
    assert "No draft." not in visitor.get(reverse("pages:job", args=[job.pk])).content.decode()
    assert undo(decision, owner=owner).state == Image.State.WITHHELD


def test_the_next_picture_is_one_without_a_draft_too(visitor, owner):
    job = hand_over(owner, "a.png", "b.png")
    describe(job, first=1)
    first, second = describe(job, withheld="too_unsure")
    answer = visitor.post(reverse("pages:image-use", args=[first.pk]), {f"choice-{first.pk}": "0"})
    assert answer.headers["Location"].endswith(f"#picture-{second.pk}")


def test_where_the_model_looked_is_words_and_a_drawing(visitor, owner):
    page = page_of(visitor, owner, looks=LOOKS)
    assert "dog: bottom left (41%)" in page
    shades = re.findall(r'<rect x="([\d.]+)" y="([\d.]+)" width="50.0" height="50.0" fill-opacity="([\d.]+)"/>', page)
    assert [(x, y) for x, y, _ in shades] == [("0.0", "0.0"), ("50.0", "0.0"), ("0.0", "50.0"), ("50.0", "50.0")]
    brightest = min(shades, key=lambda shade: float(shade[2]))
    assert brightest == ("0.0", "50.0", "0.0")


def test_the_words_of_the_looks_are_those_of_the_draft(visitor, owner):
    looks = [{**LOOKS[0], "word": word} for word in ("boy", "dog")]
    job = hand_over(owner, "a.png")
    describe(job, "A boy and a dog.", looks=looks)
    page = visitor.get(reverse("pages:job", args=[job.pk])).content.decode()
    assert "child: bottom left (41%)" in page
    assert "dog: bottom left (41%)" in page
    assert "boy: " not in page


def test_a_model_without_attention_says_so(visitor, owner):
    assert "Where the model looked: not available, this model cannot tell." in page_of(visitor, owner)


@pytest.mark.parametrize("facts", [{"looks": []}, {"withheld": "too_unsure"}])
def test_nothing_is_said_of_attention_where_there_is_nothing_to_look_for(visitor, owner, facts):
    assert "Where the model looked" not in page_of(visitor, owner, **facts)


def test_a_picture_of_text_offers_what_was_read(visitor, owner):
    read = {"text": "Closed <today>\non Monday", "words": 4, "share": 0.95, "confidence": 0.9}
    page = page_of(visitor, owner, withheld="not_a_photograph", ocr=read)
    assert "This is the text that was read in the picture." in page
    assert "Closed &lt;today&gt;. on Monday</label>" in page
    assert "Closed &lt;today&gt;<br>on Monday" in page
    assert "No draft." not in page


def test_what_was_read_is_shown_where_there_is_no_draft(visitor, owner):
    read = {"text": "Sales 2026", "words": 2, "share": 0.4, "confidence": 0.9}
    page = page_of(visitor, owner, withheld="not_a_photograph", ocr=read)
    assert "No draft." in page
    assert "Sales 2026" in page
