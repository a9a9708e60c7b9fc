"""LRCN against its figure 3: which LSTM sees what."""

import pytest
import torch
from torch.nn import functional as F

from captioner.errors import ConfigurationError
from captioner.model import Architecture, build_model
from tests.captioner.decoders.cases import CASES, V, build, features, sentences

H = CASES["lrcn 2f"][1]["hidden_size"]


def cell(lstm, x, hidden, memory):
    """torch's gates: input, forget, candidate, output."""
    gates = lstm.weight_ih_l0 @ x + lstm.bias_ih_l0 + lstm.weight_hh_l0 @ hidden + lstm.bias_hh_l0
    admit, forget, candidate, show = gates.split(H)
    memory = forget.sigmoid() * memory + admit.sigmoid() * candidate.tanh()
    return show.sigmoid() * memory.tanh(), memory


@pytest.mark.parametrize("variant", ["1u", "2u", "2f"])
@torch.no_grad()
def test_each_variant_shows_the_picture_to_its_own_lstm(variant):
    decoder, picture, tokens = build(f"lrcn {variant}"), features(1), sentences(1, 4)
    image = decoder.image(picture.pooled[0])
    h1, m1, h2, m2 = torch.zeros(4, H)
    expected = []
    for token in tokens[0]:
        word = decoder.words.weight[token]
        h1, m1 = cell(decoder.lstms[0], word if variant == "2f" else torch.cat([word, image]), h1, m1)
        if variant == "1u":
            expected.append(decoder.output(h1))
        else:
            h2, m2 = cell(decoder.lstms[1], torch.cat([h1, image]) if variant == "2f" else h1, h2, m2)
            expected.append(decoder.output(h2))
    torch.testing.assert_close(decoder(picture, tokens)[0], torch.stack(expected), atol=1e-5, rtol=1e-5)


def test_the_factored_variants_first_lstm_is_a_model_of_language_alone():
    decoder, tokens = build("lrcn 2f"), torch.tensor([5])
    state, memory = decoder.start(features(1))
    other_state, other_memory = decoder.start(features(1, seed=9))
    log_probs, (first, _) = decoder.step(tokens, state, memory)
    other_log_probs, (other_first, _) = decoder.step(tokens, other_state, other_memory)
    torch.testing.assert_close(first, other_first)
    assert not torch.allclose(log_probs, other_log_probs)


def test_the_picture_is_seen_at_every_step():
    """With the state wiped at each step, NIC would have forgotten the picture; LRCN sees it again."""
    decoder = build("lrcn 1u")
    state, memory = decoder.start(features(1))
    _, other_memory = decoder.start(features(1, seed=9))
    one, _ = decoder.step(torch.tensor([5]), state, memory)
    other, _ = decoder.step(torch.tensor([5]), state, other_memory)
    assert F.kl_div(one, other, log_target=True, reduction="sum") > 0.01


@pytest.mark.parametrize(("layers", "factored"), [(1, 1), (3, 0), (0, 0), (2, 2)])
def test_other_variants_do_not_exist(layers, factored):
    sizes = {"layers": layers, "factored": factored}
    with pytest.raises(ConfigurationError, match="1u"):
        build_model(Architecture("tiny", "lrcn", sizes), V)
