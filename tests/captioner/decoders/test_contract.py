"""What every decoder promises, whatever its paper."""

import pytest
import torch
from torch.nn import functional as F

from captioner.decoders import DECODERS
from captioner.encoders import Features
from captioner.errors import ConfigurationError
from captioner.generate import generate
from captioner.model import Architecture, build_model
from captioner.rows import select_rows
from captioner.vocabulary import Vocabulary
from tests.captioner.decoders.cases import CASES, VOCABULARY, D, V, build, features, sentences


@pytest.fixture(params=CASES)
def case(request):
    return request.param


def tensors(tree):
    return [tree] if isinstance(tree, torch.Tensor) else [tensor for part in tree for tensor in tensors(part)]


def test_every_decoder_is_tested():
    assert {name for name, _ in CASES.values()} == set(DECODERS)


def test_stepping_agrees_with_reading_whole_sentences(case):
    """Training and inference see the same network; three sentences for each of two pictures."""
    decoder = build(case)
    tokens = sentences(6, 5)
    whole = F.log_softmax(decoder(features(2), tokens), dim=2)  # (6, 5, V)

    state, memory = decoder.start(features(2))
    state = select_rows(state, torch.tensor([0, 0, 0, 1, 1, 1]))
    for place in range(5):
        log_probs, state = decoder.step(tokens[:, place], state, memory)
        torch.testing.assert_close(log_probs, whole[:, place], atol=1e-5, rtol=1e-5)


def test_rows_follow_their_pictures(case):
    """Of two pictures with three sentences each, a row's logits are those of its own picture alone."""
    decoder = build(case)
    both, tokens = features(2), sentences(6, 4)
    whole = decoder(both, tokens)
    for row in range(6):
        picture = slice(row // 3, row // 3 + 1)
        alone = decoder(Features(both.grid[picture], both.pooled[picture]), tokens[row : row + 1])
        torch.testing.assert_close(whole[row], alone[0], atol=1e-5, rtol=1e-5)
    assert not torch.allclose(decoder(both, tokens[:1].expand(2, -1)).diff(dim=0), torch.zeros(1), atol=1e-3)


def test_rows_may_come_in_any_order(case):
    """`read` is told the owner of each row: here uneven numbers of rows, mixed, and a picture without any."""
    decoder = build(case)
    pictures, tokens = features(4), sentences(5, 4)
    owner = torch.tensor([3, 0, 3, 1, 3])
    read = decoder.read(tokens, *decoder.start(pictures), owner)
    repeated = decoder(Features(pictures.grid[owner], pictures.pooled[owner]), tokens)
    torch.testing.assert_close(read, repeated, atol=1e-5, rtol=1e-5)


def test_a_word_never_sees_those_after_it(case):
    decoder = build(case)
    before = decoder(features(1), torch.tensor([[1, 4, 5, 6]]))
    after = decoder(features(1), torch.tensor([[1, 4, 9, 9]]))
    torch.testing.assert_close(before[:, :2], after[:, :2])
    assert not torch.allclose(before[:, 2:], after[:, 2:])


def test_state_and_memory_can_be_gathered(case):
    """Beam search takes rows of the state and pictures of the memory."""
    state, memory = build(case).start(features(3))
    assert isinstance(memory, tuple)
    assert all(len(tensor) == 3 for tensor in tensors(state) + tensors(memory))
    assert tensors(state)
    _, state = build(case).step(torch.tensor([1, 2, 3, 4, 5, 6]), select_rows(state, torch.arange(6) // 2), memory)
    assert all(len(tensor) == 6 for tensor in tensors(state))


def test_a_picture_alone_and_in_a_batch_has_the_same_sentence(case):
    decoder, pictures = build(case), features(8)
    search = {"beam_size": 3, "max_length": 6, "length_penalty": 1.0}
    with torch.no_grad():
        together = generate(decoder, pictures, VOCABULARY, **search)
        alone = [
            generate(decoder, Features(pictures.grid[i : i + 1], pictures.pooled[i : i + 1]), VOCABULARY, **search)[0]
            for i in range(8)
        ]
    together, alone = ([[h.token_ids for h in found] for found in batch] for batch in (together, alone))
    assert together == alone
    assert any(found != together[0] for found in together)


def test_every_weight_learns(case):
    decoder = build(case, dropout=0.2).train()
    decoder(features(2), sentences(4, 5)).logsumexp(2).sum().backward()
    still = [
        name for name, weight in decoder.named_parameters() if weight.grad is None or not weight.grad.abs().sum() > 0
    ]
    assert not still


def test_it_can_learn_four_sentences_by_heart(case):
    decoder = build(case, lively=False).train()
    end = Vocabulary.END
    learned = [(4, 5, 6), (5, 5, 7, 8), (9, 4), (7, 10, 9, 6)]
    rows = [[Vocabulary.START, *words, end, *[Vocabulary.PAD] * (4 - len(words))] for words in learned]
    tokens = torch.tensor(rows)  # (4, 6)
    optimiser = torch.optim.Adam(decoder.parameters(), lr=0.03)
    for _ in range(150):
        logits = decoder(features(4), tokens[:, :-1])
        loss = F.cross_entropy(logits.flatten(0, 1), tokens[:, 1:].flatten(), ignore_index=Vocabulary.PAD)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    decoder.eval()
    with torch.no_grad():
        found = generate(decoder, features(4), VOCABULARY, beam_size=3, max_length=6, length_penalty=1.0)
    assert [hypotheses[0].token_ids for hypotheses in found] == learned


def test_dropout_acts_in_training_only(case):
    decoder = build(case, dropout=0.5)
    assert torch.equal(decoder(features(1), sentences(1, 4)), decoder(features(1), sentences(1, 4)))
    decoder.train()
    assert not torch.equal(decoder(features(1), sentences(1, 4)), decoder(features(1), sentences(1, 4)))


def test_all_numbers_are_float32(case):
    decoder = build(case)
    state, memory = decoder.start(features(2))
    log_probs, state = decoder.step(torch.tensor([1, 1]), state, memory)
    logits = decoder(features(2), sentences(2, 3))
    assert {tensor.dtype for tensor in [log_probs, logits, *tensors(state), *tensors(memory)]} == {torch.float32}
    assert log_probs.shape == (2, V)
    assert logits.shape == (2, 3, V)


def test_features_are_standardised_by_the_training_pictures(case):
    decoder = build(case)
    many, tokens = features(50), sentences(50, 3)
    before = decoder(many, tokens)
    standard = (many.pooled - many.pooled.mean(0)) / many.pooled.std(0)
    expected = decoder(Features(many.grid, standard), tokens)
    decoder.adapt_to(many.pooled * 30 + 100)
    got = decoder(Features(many.grid, many.pooled * 30 + 100), tokens)
    torch.testing.assert_close(got, expected, atol=1e-3, rtol=1e-3)
    assert not torch.allclose(got, before, atol=1e-2)


def test_a_feature_that_never_varies_does_no_harm(case):
    decoder = build(case)
    decoder.adapt_to(torch.ones(9, D))
    assert decoder(Features(features(2).grid, torch.ones(2, D)), sentences(2, 3)).isfinite().all()


def test_a_decoder_that_does_not_read_the_grid_works_without_it(case):
    decoder, pictures = build(case), features(2)
    if decoder.reads_grid:
        changed = Features(pictures.grid.flip(0), pictures.pooled)
        assert not torch.allclose(decoder(changed, sentences(2, 3)), decoder(pictures, sentences(2, 3)))
    else:
        empty = Features(torch.empty(2, 0, 0), pictures.pooled)
        assert torch.equal(decoder(empty, sentences(2, 3)), decoder(pictures, sentences(2, 3)))


@pytest.mark.parametrize("wrong", [{"no_such_size": 3}, {"hidden_size": -4}, {"dropout": 2.0}])
def test_impossible_sizes_are_refused(case, wrong):
    name, sizes = CASES[case]
    with pytest.raises(ConfigurationError):
        build_model(Architecture("tiny", name, {**sizes, **wrong}), V)
