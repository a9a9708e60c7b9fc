import pytest
import torch

from captioner.training.baselines import human, nearest
from captioner.training.metrics import score

CAPTIONS = [
    ["a dog runs on grass", "a dog runs", "the dog is on the grass"],
    ["two children play in water", "children play with a red ball in water", "two children swim", "people play"],
    ["a red ball"],
]


def test_people_are_scored_against_one_another():
    found = human(CAPTIONS, fast=True)
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
