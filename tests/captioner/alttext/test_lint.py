"""What lint finds in texts that are there already."""

import pytest

from captioner.alttext.lint import LINT_RULES, Place, lint


def found(alt, **place):
    return {problem.rule for problem in lint(alt, Place(**place))}


@pytest.mark.parametrize("alt", ["A dog runs on the beach.", "Two children in a boat", "Chart: sales rose from 2 to 5"])
def test_a_good_text_has_no_problem(alt):
    assert lint(alt) == []


def test_an_empty_text_is_a_decision():
    assert lint("") == []


@pytest.mark.parametrize(
    ("rule", "alts"),
    {
        "alt-missing": [None],
        "alt-space": [" ", "\t\n", "\u00a0"],
        "alt-file-name": [
            "IMG_2031.JPG", "photo of dog.jpeg", "DSC00012", "dsc_0012-edit", "https://a.example/b", "/static/a.png",
            "logo.svg?v=2", "d41d8cd98f00b204e9800998ecf8427e", "3f2504e0-4f89-11d3-9a0c-0305e82c3301", "9x6", "12",
            "Screenshot 2024-05-01", "image001",
        ],
        "alt-vague": ["image", "Photo", "alt text", "picture 3", "Insert description here", "icon.", "...", "n/a"],
        "alt-opener": ["Image of a dog on a beach", "A picture of two dogs", "photo of the old town hall",
                       "This picture shows a cat", "This is a photo of a cat", "There is a picture of a cat"],
        "alt-short": ["Dog", "brown dog"],
        "alt-long": ["a dog and " * 26],
        "alt-stuffed": ["shoes, red shoes, cheap shoes, buy shoes", "hotel rome | hotel | best hotel | hotel inn"],
        "alt-code": ["{{ image.alt }} of the house", "[caption id=\"a\"] the house", "a <b>house</b>", "Tom &amp; Ann"],
    }.items(),
)  # fmt: skip
def test_a_rule_finds(rule, alts):
    for alt in alts:
        assert rule in found(alt), alt


@pytest.mark.parametrize(
    ("rule", "alt", "place"),
    [
        ("alt-said-nearby", "The town hall in snow", {"nearby": ("Yesterday", " the town hall in snow. ")}),
        ("alt-repeats-neighbour", "A gold star", {"neighbours": ("A gold star.",)}),
        ("alt-empty-in-link", "", {"sole_content": True}),
        ("alt-empty-with-title", "", {"title": "The town hall"}),
    ],
)
def test_a_rule_finds_in_a_place(rule, alt, place):
    assert rule in found(alt, **place)
    assert rule not in found(alt)


@pytest.mark.parametrize(
    ("rule", "alt", "place"),
    [
        ("alt-missing", "", {}),
        ("alt-space", "", {}),
        ("alt-file-name", "Version 2.0 of the map", {}),
        ("alt-file-name", "Image of the file dog.jpg in a folder", {}),
        ("alt-file-name", "added", {}),
        ("alt-vague", "Photo of Ann", {}),
        ("alt-opener", "Drawing of a dog at home", {}),
        ("alt-opener", "There is a dog", {}),
        ("alt-opener", "It is a dog", {}),
        ("alt-short", "Home", {"sole_content": True}),
        ("alt-short", "Dog", {"informative": False}),
        ("alt-long", "a" * 250, {}),
        ("alt-empty-in-link", "", {"sole_content": True, "title": "Home"}),
        ("alt-stuffed", "a dog, a cat, a bird, a fish", {}),
        ("alt-code", "Prices from $5 [2024] & up", {}),
    ],
)
def test_a_rule_does_not_find(rule, alt, place):
    assert rule not in found(alt, **place)


def test_only_what_makes_an_image_useless_is_an_error():
    errors = {rule.id for rule in LINT_RULES if rule.severity == "error"}
    assert errors == {
        "alt-missing", "alt-space", "alt-file-name", "alt-vague", "alt-empty-in-link", "alt-empty-with-title"
    }  # fmt: skip
    assert len({rule.id for rule in LINT_RULES}) == len(LINT_RULES) == 13
    assert all(rule.says.endswith(".") for rule in LINT_RULES)
