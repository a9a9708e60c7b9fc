import pytest
import torch

from captioner.decoders.embedding import nearest_words

EMBEDDING = torch.tensor([[1.0, 0.0], [5.0, 0.1], [0.0, 2.0], [1.0, 1.0], [-3.0, 0.0]])


def test_the_nearest_come_first_and_length_does_not_count():
    assert [word for word, _ in nearest_words(EMBEDDING, 0, 3)] == [1, 3, 2]
    assert [word for word, _ in nearest_words(EMBEDDING, 0, 99)] == [1, 3, 2, 4]


def test_each_comes_with_its_cosine():
    cosines = dict(nearest_words(EMBEDDING, 0, 4))
    assert cosines[3] == pytest.approx(0.5**0.5)
    assert cosines[4] == pytest.approx(-1)


def test_words_can_be_passed_over():
    assert [word for word, _ in nearest_words(EMBEDDING, 0, 2, without=(1, 2))] == [3, 4]
