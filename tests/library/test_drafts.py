"""What is offered of a picture: the model's sentences, the text in the picture, or neither."""

import pytest

from tests.library.drafts import candidates
from webapp.library.models import Inference
from webapp.library.offer import drafts_of

LETTER = "Dear neighbours\nThe water is turned off on Tuesday."


def inference(*, withheld="", share=None, text=LETTER):
    ocr = None if share is None else {"text": text, "words": 9, "share": share, "confidence": 0.9}
    return Inference(candidates=candidates("A man with a paper.", "A sign."), withheld=withheld, ocr=ocr)


@pytest.mark.parametrize(
    ("found", "sources"),
    [
        (inference(), ["model", "model"]),
        (inference(withheld="too_unsure"), []),
        (inference(share=0.2), ["model", "model"]),  # a sign in a photograph
        (inference(share=0.9), ["ocr", "model", "model"]),
        (inference(share=0.9, withheld="not_a_photograph"), ["ocr"]),
        (inference(share=0.2, withheld="not_a_photograph"), []),  # a chart with labels
    ],
)
def test_where_drafts_come_from(found, sources):
    assert [draft["source"] for draft in drafts_of(found)] == sources


def test_the_text_in_a_picture_is_offered_as_it_is_and_never_mixed():
    text, sentence, _ = drafts_of(inference(share=0.9))
    assert text["text"] == "Dear neighbours. The water is turned off on Tuesday."
    assert (text["model_text"], text["log_probability"], text["score"]) == (LETTER, None, None)
    assert "neighbours" not in sentence["text"]


def test_a_long_text_is_shortened_and_the_rule_is_recorded():
    (draft,) = drafts_of(inference(share=0.9, withheld="not_a_photograph", text="The tap is dry. " * 40))
    assert len(draft["text"]) <= 250
    assert [rule["rule"] for rule in draft["applied_rules"]] == ["ocr-shortened"]
