"""The attention decoders against the equations of their papers, written out slowly, and their maps."""

import math

import pytest
import torch
from torch.nn import functional as F

from captioner.decoders import DECODERS
from captioner.decoders.attention import doubly_stochastic_penalty
from tests.captioner.decoders.cases import ATTENTION_CASES, CASES, P, build, features, sentences

H = CASES["soft_attention"][1]["hidden_size"]


def cell(lstm, x, hidden, memory):
    """The LSTM over the joined input x, gate by gate. Returns the hidden state and the cell."""
    weight = torch.cat([lstm.early.weight, lstm.late.weight], dim=1)
    gates = (weight @ torch.cat([*x, hidden]) + lstm.early.bias).split(H)
    admit, forget, show, candidate = gates[0].sigmoid(), gates[1].sigmoid(), gates[2].sigmoid(), gates[3].tanh()
    memory = forget * memory + admit * candidate
    return show * memory.tanh(), memory


def places(decoder, grid):
    """The vectors v_i of one picture's places, one by one."""
    module = decoder.places
    normed = [
        module.norm.weight * (a - a.mean()) / (a.var(correction=0) + 1e-5).sqrt() + module.norm.bias for a in grid
    ]
    return [(module.linear.weight @ a + module.linear.bias).clamp(min=0) for a in normed]


def score(attention, hidden, key):
    query = attention.query.weight @ hidden + attention.query.bias
    if attention.score is None:
        return query @ key / math.sqrt(len(key))
    return attention.score.weight[0] @ torch.tanh(query + key)


def attend(attention, hidden, values):
    """The weights of the places and their weighted sum."""
    scores = torch.stack([score(attention, hidden, attention.key.weight @ value) for value in values])
    weights = scores.exp() / scores.exp().sum()
    return weights, sum(weight * value for weight, value in zip(weights, values, strict=True))


def log_probs(linear, x):
    logits = linear.weight @ x + linear.bias
    return logits - logits.exp().sum().log()


def whole_picture(decoder, pooled):
    return (decoder.image.weight @ pooled + decoder.image.bias).clamp(min=0)


def soft_reference(decoder, grid, pooled, tokens):
    values = places(decoder, grid)
    first = decoder.first_state.weight @ whole_picture(decoder, pooled) + decoder.first_state.bias
    hidden, memory = first[:H].tanh(), first[H:]
    for token in tokens:
        word = decoder.words.weight[token]
        weights, context = attend(decoder.attention, hidden, values)
        context = (decoder.gate.weight @ hidden + decoder.gate.bias).sigmoid() * context
        hidden, memory = cell(decoder.lstm, (word, context), hidden, memory)
        deep = word + decoder.output_hidden.weight @ hidden + decoder.output_hidden.bias
        yield log_probs(decoder.output, deep + decoder.output_context.weight @ context), weights


def top_down_reference(decoder, grid, pooled, tokens):
    values, picture = places(decoder, grid), whole_picture(decoder, pooled)
    h1, m1, h2, m2 = torch.zeros(4, H)
    attention_lstm = decoder.attention_lstm
    for token in tokens:
        word = decoder.words.weight[token]
        weight = torch.cat([attention_lstm.early.weight, decoder.image_gates.weight, attention_lstm.late.weight], dim=1)
        gates = (weight @ torch.cat([word, picture, h2, h1]) + attention_lstm.early.bias).split(H)
        m1 = gates[1].sigmoid() * m1 + gates[0].sigmoid() * gates[3].tanh()
        h1 = gates[2].sigmoid() * m1.tanh()
        weights, context = attend(decoder.attention, h1, values)
        (h2,), (m2,) = decoder.language_lstm(torch.cat([context, h1])[None], (h2[None], m2[None]))
        yield log_probs(decoder.output, h2), weights


def adaptive_reference(decoder, grid, pooled, tokens):
    values, picture = places(decoder, grid), whole_picture(decoder, pooled)
    hidden, memory = torch.zeros(2, H)
    lstm, attention = decoder.lstm, decoder.attention
    for token in tokens:
        x = torch.cat([decoder.words.weight[token], picture])
        weight = torch.cat([lstm.early.weight, decoder.image_gates.weight], dim=1)
        gates = (weight @ x + lstm.early.bias + lstm.late.weight @ hidden).split(H)
        memory = gates[1].sigmoid() * memory + gates[0].sigmoid() * gates[3].tanh()
        sentinel = gates[4].sigmoid() * memory.tanh()  # equations 9 and 10
        hidden = gates[2].sigmoid() * memory.tanh()
        without, seen = attend(attention, hidden, values)  # equations 6 to 8
        scores = [score(attention, hidden, attention.key.weight @ value) for value in values]
        scores.append(score(attention, hidden, decoder.sentinel_key.weight @ sentinel))
        beta = torch.stack(scores).softmax(0)[-1]  # equation 12
        context = beta * sentinel + (1 - beta) * seen  # equation 11
        yield log_probs(decoder.output, context + hidden), (1 - beta) * without


REFERENCES = {
    "soft_attention": soft_reference,
    "adaptive_attention": adaptive_reference,
    "top_down": top_down_reference,
}


@pytest.fixture(params=ATTENTION_CASES)
def case(request):
    return request.param


def test_every_attention_decoder_is_tested():
    reading = {name for case in CASES for name in [CASES[case][0]] if build(case).reads_grid}
    assert reading == set(REFERENCES) <= set(DECODERS)


@torch.no_grad()
def test_it_computes_the_equations_of_its_paper(case):
    decoder, picture, tokens = build(case), features(1), sentences(1, 4)
    reference = REFERENCES[CASES[case][0]](decoder, picture.grid[0], picture.pooled[0], tokens[0])
    expected, maps = (torch.stack(parts) for parts in zip(*reference, strict=True))  # (4, V), (4, P)
    torch.testing.assert_close(F.log_softmax(decoder(picture, tokens), dim=2)[0], expected, atol=1e-5, rtol=1e-5)
    torch.testing.assert_close(decoder.attention_maps(picture, tokens)[0], maps, atol=1e-5, rtol=1e-5)


@torch.no_grad()
def test_maps_are_weights_of_the_places(case):
    decoder = build(case)
    maps = decoder.attention_maps(features(2), sentences(6, 5))
    assert maps.shape == (6, 5, P)
    assert (maps >= 0).all()
    if CASES[case][0] == "adaptive_attention":
        assert (maps.sum(dim=2) < 1).all()
    else:
        torch.testing.assert_close(maps.sum(dim=2), torch.ones(6, 5))


@pytest.mark.parametrize("case", ["soft_attention", "adaptive_attention", "top_down"])
@pytest.mark.parametrize("place", range(P))
@torch.no_grad()
def test_maps_show_the_place_whose_key_is_asked_for(case, place):
    """All queries are made the one vector that answers to this place's key and to no other."""
    decoder, picture = build(case), features(1)
    keys = decoder.start(picture)[1][0][0]  # (P, A)
    decoder.attention.query.weight.zero_()
    decoder.attention.query.bias.copy_(100 * torch.linalg.pinv(keys)[:, place])
    if case == "adaptive_attention":
        decoder.sentinel_key.weight.zero_()
    assert (decoder.attention_maps(picture, sentences(1, 5))[0, :, place] > 0.999).all()


def test_a_decoder_without_attention_has_no_maps():
    assert build("nic").attention_maps(features(1), sentences(1, 3)) is None


def test_the_penalty_is_small_for_eyes_that_visit_every_place():
    turns = torch.eye(4)[None]  # (1, 4, 4) each step another place
    fixed = torch.eye(4)[[0, 0, 0, 0]][None]
    written = torch.ones(1, 4, dtype=torch.bool)
    assert doubly_stochastic_penalty(turns, written).tolist() == [0]
    assert doubly_stochastic_penalty(fixed, written).tolist() == [9 + 3]
    assert doubly_stochastic_penalty(turns, torch.tensor([[True, True, True, False]])).tolist() == [1]
