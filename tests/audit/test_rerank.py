"""The choice among the model's sentences by the words around an image."""

import pytest

from webapp.audit.rerank import choose, words_of


def draft(text, score, source="model"):
    return {"text": text, "score": score, "source": source}


DRAFTS = [
    draft("A dog runs on the grass.", -0.50),
    draft("A dog catches a frisbee.", -0.55),
    draft("A poodle runs.", -0.90),
    draft("A horse in a field.", -0.52),
]


@pytest.mark.parametrize(
    ("context", "text", "reason"),
    [
        ({}, "A dog runs on the grass.", ""),
        ({"heading": "Our dogs"}, "A dog runs on the grass.", ""),
        ({"heading": "Frisbees for dogs"}, "A dog catches a frisbee.", "“frisbee” stands in the heading above"),
        ({"figcaption": "The frisbee cup", "heading": "Frisbee"}, "A dog catches a frisbee.", "in the caption"),
        (
            {"before": "Rides on a horse", "after": "through fields"},
            "A horse in a field.",
            "“field” stands in the t",
        ),
        ({"heading": "Poodles"}, "A dog runs on the grass.", ""),
        ({"heading": "A dog, a frisbee, grass, running"}, "A dog runs on the grass.", ""),
        ({"heading": None, "after": ""}, "A dog runs on the grass.", ""),
    ],
)
def test_it_follows_the_page_where_the_model_is_of_nearly_the_same_mind(context, text, reason):
    choice = choose(DRAFTS, context)
    assert choice.draft["text"] == text
    assert (reason in choice.reason) if reason else choice.reason == ""


def test_text_that_was_read_stays_first():
    read = draft("Open 9 to 17", None, "ocr")
    assert choose([read, *DRAFTS], {"heading": "Frisbee"}).draft is read


def test_nothing_is_added_to_a_sentence():
    context = {"heading": "Frisbee with Rex, the poodle of Anna"}
    assert choose(DRAFTS, context).draft in DRAFTS


def test_words_that_every_caption_has_name_nothing():
    assert words_of("Two people are standing next to the dogs, and a glass.") == {"dog", "glass"}
