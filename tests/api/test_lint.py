"""``POST /lint``: texts are looked at without any model."""

import pytest

from tests.api.calls import assert_problem, post_json

LINT = "/api/v1/lint"


def rules(answer):
    assert answer.status_code == 200, answer.content
    return [[one["rule"] for one in text["lint"]] for text in answer.json()["texts"]]


def test_each_text_has_its_problems(client):
    texts = ["A dog runs across the grass.", "IMG_2.jpg", "Image of a dog on the grass", None, ""]
    assert rules(post_json(client, {"texts": texts}, LINT)) == [
        [],
        ["alt-file-name"],
        ["alt-opener"],
        ["alt-missing"],
        [],
    ]


def test_a_problem_says_what_to_do_and_which_criterion_fails(client):
    (text,) = post_json(client, {"texts": ["IMG_2.jpg"]}, LINT).json()["texts"]
    assert text["text"] == "IMG_2.jpg"
    assert text["lint"][0]["criterion"] == "1.1.1"
    assert text["lint"][0]["severity"] == "error"
    assert "Say what the picture shows." in text["lint"][0]["detail"]


@pytest.mark.parametrize("body", [{}, {"texts": []}, {"texts": ["x"] * 101}, {"texts": ["x" * 2001]}, {"texts": "x"}])
def test_what_is_no_request(client, body):
    assert_problem(post_json(client, body, LINT), 400, "invalid_request")
