import random

import pytest
from pycocoevalcap.cider.cider import Cider as PublishedCider

from captioner.training.cider import Cider


def sentences(draw, count):
    return [[draw.randint(4, 12) for _ in range(draw.randint(1, 9))] for _ in range(count)]


@pytest.mark.parametrize("seed", range(5))
def test_it_is_the_published_measure(seed):
    draw = random.Random(seed)
    references = [sentences(draw, draw.randint(1, 5)) for _ in range(8)]
    said = [draw.choice([*own, *sentences(draw, 2)]) for own in references]
    words = {picture: [" ".join(map(str, one)) for one in own] for picture, own in enumerate(references)}
    answers = {picture: [" ".join(map(str, one))] for picture, one in enumerate(said)}
    _, expected = PublishedCider().compute_score(words, answers)
    cider = Cider(references)
    assert [cider.scores(picture, [one])[0] for picture, one in enumerate(said)] == pytest.approx(list(expected))


def test_several_sentences_about_a_picture_are_scored_each_by_itself():
    cider = Cider([[[4, 5, 6, 7, 8]], [[9, 10, 11]]])
    whole, half, wrong = cider.scores(0, [[4, 5, 6, 7, 8], [4, 5], [9, 10, 11]])
    assert whole == pytest.approx(10)
    assert whole > half > wrong == 0
