"""NIC against the equations of the paper, written out slowly."""

import torch
from torch.nn import functional as F

from captioner.vocabulary import Vocabulary
from tests.captioner.decoders.cases import CASES, build, features


@torch.no_grad()
def test_a_step_is_the_lstm_of_the_paper():
    """Image at -1, then words; gates in torch's order: input, forget, cell, output."""
    decoder, image = build("nic"), features(1)

    def cell(x, h, c):
        gates = x @ decoder.lstm.weight_ih_l0.T + decoder.lstm.bias_ih_l0
        gates = gates + h @ decoder.lstm.weight_hh_l0.T + decoder.lstm.bias_hh_l0
        i, f, g, o = gates.chunk(4, dim=1)
        c = f.sigmoid() * c + i.sigmoid() * g.tanh()
        return o.sigmoid() * c.tanh(), c

    zeros = torch.zeros(1, CASES["nic"][1]["hidden_size"])
    h, c = cell(decoder.image(image.pooled), zeros, zeros)
    h, c = cell(decoder.words.weight[Vocabulary.START][None], h, c)
    expected = F.log_softmax(h @ decoder.output.weight.T + decoder.output.bias, dim=1)

    state, memory = decoder.start(image)
    log_probs, _ = decoder.step(torch.tensor([Vocabulary.START]), state, memory)
    torch.testing.assert_close(log_probs, expected)
