"""m-RNN against the equations of the paper, written out slowly."""

import math

import torch
from torch.nn import functional as F

from captioner.decoders import MRNN
from captioner.encoders import Features
from tests.captioner.decoders.cases import CASES, build, features, sentences


@torch.no_grad()
def test_it_computes_the_equations_of_the_paper():
    decoder, picture, tokens = build("mrnn"), features(1), sentences(1, 5)
    r = torch.zeros(CASES["mrnn"][1]["hidden_size"])
    expected = []
    for token in tokens[0]:
        w = decoder.second_embedding.weight @ decoder.words.weight[token] + decoder.second_embedding.bias
        r = torch.tensor([max(0.0, x) for x in (decoder.recurrence.weight @ r + w).tolist()])
        total = decoder.from_word.weight @ w + decoder.from_word.bias
        total = total + decoder.from_recurrence.weight @ r + decoder.from_image.weight @ picture.pooled[0]
        m = torch.tensor([1.7159 * math.tanh(2 * x / 3) for x in total.tolist()])
        expected.append((decoder.output.weight @ m + decoder.output.bias).log_softmax(0))
    got = F.log_softmax(decoder(picture, tokens), dim=2)[0]
    torch.testing.assert_close(got, torch.stack(expected), atol=1e-5, rtol=1e-5)


def test_the_picture_never_enters_the_recurrence():
    decoder = build("mrnn")
    states = [decoder.step(torch.tensor([5]), *decoder.start(features(1, seed=seed)))[1] for seed in (1, 9)]
    torch.testing.assert_close(*states)


@torch.no_grad()
def test_a_fresh_recurrence_stays_bounded_over_a_long_sentence():
    """At the sizes that are trained; a rectifier alone would let a careless U double the state at every step."""
    torch.manual_seed(0)
    decoder = MRNN(vocabulary_size=50, feature_size=1, pooled_size=4).eval()
    tokens = torch.randint(50, (1, 200))
    state, memory = decoder.start(Features(torch.empty(1, 0, 1), torch.randn(1, 4)))
    norms = []
    for token in tokens.unbind(1):
        _, state = decoder.step(token, state, memory)
        norms.append(state.norm().item())
    assert max(norms[100:]) < 3 * max(norms[:20])
    assert min(norms) > 0
