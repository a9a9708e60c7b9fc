import pytest
import torch

from captioner.errors import DataError
from captioner.training.baselines import human, nearest
from captioner.training.data import Example, StoredImage
from captioner.training.metrics import score

CAPTIONS = [
    ["a dog runs on grass", "a dog runs", "the dog is on the grass"],
    ["two children play in water", "children play with a red ball in water", "two children swim", "people play"],
    ["a red ball"],
]


def example(*captions, objects=()):
    return Example("x.webp", captions, StoredImage("shard", 0, 0), objects)


def test_people_are_scored_against_one_another():
    found = human([example(*captions) for captions in CAPTIONS], fast=True)
    rounds = [
        score(
            [own[number] for own in CAPTIONS[:2]],
            [[caption for place, caption in enumerate(own) if place != number] for own in CAPTIONS[:2]],
            fast=True,
        ).figures
        for number in range(3)
    ]
    for name in ("BLEU-1", "BLEU-4", "ROUGE-L", "CIDEr"):
        assert found.figures[name] == pytest.approx(sum(one[name] for one in rounds) / 3, abs=0.01)


def test_people_name_objects_that_are_not_there():
    people = [example("a dog runs", "grass", objects=("dog",)), example("a ball", "children")]
    figures = human(people, fast=True).figures
    assert figures["CHAIR-s"] == 50, "the ball and the children, in two of four captions"
    assert figures["CHAIR-i"] == 75, "one of two kinds in the first round, the only one in the second"
    assert figures["right"] == 25, "the dog has a box; nobody else names the ball, the children or the grass"


def test_one_caption_each_is_an_error():
    with pytest.raises(DataError, match="two captions"):
        human([example("a dog")], fast=True)


def test_the_nearest_picture_points_the_same_way_whatever_its_length():
    torch.manual_seed(0)
    known = torch.randn(50, 8)
    centre = known.mean(dim=0)
    asked = centre + (known[[7, 31]] - centre) * torch.tensor([[3.0], [0.2]])
    assert nearest(asked, known) == [7, 31]


def test_a_dimension_that_never_varies_says_nothing():
    torch.manual_seed(0)
    known = torch.randn(20, 8)
    known[:, 3] = 5.0
    asked = known[[4]].clone()
    asked[:, 3] = 5.00001
    assert nearest(asked, known) == [4]
