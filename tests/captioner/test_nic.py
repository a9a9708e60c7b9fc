"""NIC against the equations of the paper, written out slowly."""

import pytest
import torch
from torch.nn import functional as F

from captioner.decoders import NIC
from captioner.encoders import Features
from captioner.vocabulary import Vocabulary

V, D, E, H = 11, 7, 5, 6


@pytest.fixture
def decoder():
    torch.manual_seed(0)
    return NIC(vocabulary_size=V, feature_size=3, pooled_size=D, embedding_size=E, hidden_size=H, dropout=0.5).double()


def features(count):
    torch.manual_seed(1)
    return Features(torch.randn(count, 4, 3).double(), torch.randn(count, D).double())


def test_a_step_is_the_lstm_of_the_paper(decoder):
    """Image at -1, then words; gates in torch's order: input, forget, cell, output."""
    image = features(1)

    def cell(x, h, c):
        gates = x @ decoder.lstm.weight_ih_l0.T + decoder.lstm.bias_ih_l0
        gates = gates + h @ decoder.lstm.weight_hh_l0.T + decoder.lstm.bias_hh_l0
        i, f, g, o = gates.chunk(4, dim=1)
        c = f.sigmoid() * c + i.sigmoid() * g.tanh()
        return o.sigmoid() * c.tanh(), c

    zeros = torch.zeros(1, H).double()
    h, c = cell(decoder.image(image.pooled), zeros, zeros)
    h, c = cell(decoder.words.weight[Vocabulary.START][None], h, c)
    expected = F.log_softmax(h @ decoder.output.weight.T + decoder.output.bias, dim=1)

    state, memory = decoder.eval().start(image)
    log_probs, _ = decoder.step(torch.tensor([Vocabulary.START]), state, memory)
    torch.testing.assert_close(log_probs, expected)


def test_stepping_agrees_with_reading_whole_sentences(decoder):
    """Training and inference see the same network; three sentences for each of two pictures."""
    decoder.eval()
    tokens = torch.randint(V, (6, 5), generator=torch.Generator().manual_seed(2))
    whole = F.log_softmax(decoder(features(2), tokens), dim=2)  # (6, 5, V)

    (hidden, cell), memory = decoder.start(features(2))
    state = (hidden.repeat_interleave(3, dim=0), cell.repeat_interleave(3, dim=0))
    for place in range(5):
        log_probs, state = decoder.step(tokens[:, place], state, memory)
        torch.testing.assert_close(log_probs, whole[:, place])


def test_a_word_never_sees_those_after_it(decoder):
    decoder.eval()
    tokens = torch.tensor([[1, 4, 5, 6]])
    changed = torch.tensor([[1, 4, 9, 9]])
    before, after = decoder(features(1), tokens), decoder(features(1), changed)
    torch.testing.assert_close(before[:, :2], after[:, :2])
    assert not torch.allclose(before[:, 2:], after[:, 2:])


def test_features_are_standardised_by_the_training_pictures(decoder):
    pooled = features(50).pooled * 30 + 100
    before = decoder.eval().start(Features(features(50).grid, features(50).pooled))[0][0]
    standard = (features(50).pooled - features(50).pooled.mean(0)) / features(50).pooled.std(0)
    expected = decoder.start(Features(features(50).grid, standard))[0][0]
    decoder.adapt_to(pooled)
    got = decoder.start(Features(features(50).grid, pooled))[0][0]
    torch.testing.assert_close(got, expected)
    assert not torch.allclose(got, before)


def test_a_feature_that_never_varies_does_no_harm(decoder):
    decoder.adapt_to(torch.ones(9, D).double())
    assert decoder.start(features(2))[0][0].isfinite().all()


def test_dropout_acts_in_training_only(decoder):
    image, tokens = features(1), torch.tensor([[1, 4, 5, 6]])
    decoder.train()
    assert not torch.equal(decoder(image, tokens), decoder(image, tokens))
    decoder.eval()
    assert torch.equal(decoder(image, tokens), decoder(image, tokens))


def test_every_weight_learns(decoder):
    decoder.train()
    decoder(features(2), torch.tensor([[1, 4, 5], [1, 6, 7]])).logsumexp(2).sum().backward()
    assert all(weight.grad is not None and weight.grad.abs().sum() > 0 for weight in decoder.parameters())
