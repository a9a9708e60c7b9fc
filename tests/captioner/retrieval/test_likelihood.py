import math

import pytest
import torch

from captioner.encoders import Features
from captioner.precision import products_in
from captioner.retrieval import likelihood
from captioner.retrieval.likelihood import log_likelihoods, log_priors
from captioner.retrieval.prefix_tree import PrefixTree
from captioner.training.loss import sentence_losses
from captioner.vocabulary import Vocabulary
from tests.captioner.decoders.cases import CASES, build, features
from tests.captioner.tiny import tiny_model

SENTENCES = [[4, 5, 6], [4, 5], [4, 5, 6], [7, 3, 8, 9, 4], [], [5]]


@pytest.mark.parametrize("together", [1, 8, 1000])
def test_it_is_what_the_decoder_says_of_each_sentence_by_itself(monkeypatch, together):
    monkeypatch.setattr(likelihood, "_ROWS_TOGETHER", together)
    decoder = tiny_model().decoder.eval()
    features = Features(torch.randn(3, 16, 6), torch.randn(3, 6))
    found = log_likelihoods(decoder, features, PrefixTree(SENTENCES), Vocabulary.START)
    assert found.shape == (3, 6)
    for picture in range(3):
        own = Features(*(level[picture : picture + 1] for level in features))
        for number, sentence in enumerate(SENTENCES):
            inputs = torch.tensor([[Vocabulary.START, *sentence]])
            targets = torch.tensor([[*sentence, Vocabulary.END]])
            with torch.no_grad():
                expected = -sentence_losses(decoder, own, inputs, targets)[0]
            torch.testing.assert_close(found[picture, number], expected, rtol=1e-4, atol=1e-4)


def test_no_pictures_give_no_rows():
    decoder = tiny_model().decoder.eval()
    assert log_likelihoods(
        decoder, Features(torch.randn(0, 16, 6), torch.randn(0, 6)), PrefixTree([[4]]), Vocabulary.START
    ).shape == (
        0,
        1,
    )


def test_a_prior_is_the_mean_probability_over_pictures():
    likelihoods = torch.tensor([[math.log(0.2), -900.0], [math.log(0.4), -902.0]])
    expected = torch.tensor([math.log(0.3), -900 + math.log((1 + math.exp(-2)) / 2)]).double()
    torch.testing.assert_close(log_priors(likelihoods), expected, rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("case", CASES)
def test_in_bfloat16_it_is_nearly_the_same_and_told_in_float32(case):
    arguments = (build(case), features(3), PrefixTree(SENTENCES), Vocabulary.START)
    exact = log_likelihoods(*arguments)
    with products_in("bfloat16", torch.device("cpu")):
        coarse = log_likelihoods(*arguments)
    assert coarse.dtype == torch.float32
    assert not torch.equal(coarse, exact)
    torch.testing.assert_close(coarse, exact, rtol=0.02, atol=0.1)
