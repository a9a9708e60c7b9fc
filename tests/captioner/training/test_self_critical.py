"""The self-critical loss: what it draws, the gradient it gives, and that it teaches."""

import torch

from captioner.decoders import NIC
from captioner.encoders import Features
from captioner.training.self_critical import SelfCritical, draw
from captioner.vocabulary import Vocabulary

PAD, START, END, UNKNOWN = Vocabulary.PAD, Vocabulary.START, Vocabulary.END, Vocabulary.UNKNOWN
FORBIDDEN = (PAD, START, UNKNOWN)


def starts(count):
    return torch.full((count,), START)


def tiny(vocabulary=7, pictures=2, dropout=0.0):
    torch.manual_seed(0)
    decoder = NIC(
        vocabulary_size=vocabulary, feature_size=2, pooled_size=3, embedding_size=8, hidden_size=8, dropout=dropout
    )
    with torch.no_grad():
        for weight in decoder.parameters():
            weight.normal_(0, 0.5)
    return decoder, Features(torch.zeros(pictures, 0, 0), torch.randn(pictures, 3))


def test_sentences_are_drawn_with_the_probabilities_of_the_decoder():
    decoder, features = tiny(pictures=1)
    drawn = draw(decoder, features, starts(6000), max_length=1, forbidden_ids=FORBIDDEN)
    state, memory = decoder.start(features)
    log_probs, _ = decoder.step(torch.tensor([START]), state, memory)
    log_probs[0, [PAD, START, UNKNOWN]] = float("-inf")
    expected = log_probs.softmax(1)[0]
    found = torch.bincount(drawn.targets[:, 0], minlength=7) / 6000
    torch.testing.assert_close(found, expected, atol=0.03, rtol=0)


def test_a_drawn_sentence_ends_once_and_is_read_as_it_is_written():
    decoder, features = tiny()
    drawn = draw(decoder, features, starts(100), max_length=6, forbidden_ids=FORBIDDEN)
    assert len(drawn.targets) == 100
    assert (drawn.inputs[:, 0] == START).all()
    assert torch.equal(drawn.inputs[:, 1:], drawn.targets[:, :-1])
    ended = 0
    for row in drawn.targets.tolist():
        words = [word for word in row if word != PAD]
        assert words == row[: len(words)], "padding comes last"
        assert END not in words[:-1]
        ended += words[-1] == END
    assert ended > 0


def test_a_sentence_of_the_greatest_length_can_end():
    decoder, features = tiny()
    drawn = draw(decoder, features, starts(2000), max_length=2, forbidden_ids=FORBIDDEN)
    longest = drawn.targets[(drawn.targets[:, :2] > UNKNOWN).all(dim=1)]
    assert longest.shape[1] == 3
    assert (longest[:, 2] == END).any()


def test_the_gradient_is_that_of_the_judged_log_probabilities():
    decoder, features = tiny()
    references = [[[4, 5, END]], [[6, 4, END]]]
    loss = SelfCritical(references, samples=3, max_length=4, forbidden_ids=FORBIDDEN)
    torch.manual_seed(1)
    value, reward = loss(decoder, features, torch.tensor([1, 0]), starts(2))
    value.backward()
    found = [weight.grad.clone() for weight in decoder.parameters()]

    torch.manual_seed(1)
    drawn = draw(decoder, features, starts(6), max_length=4, forbidden_ids=FORBIDDEN)
    rewards = loss._rewards(drawn, torch.tensor([1, 0]))
    assert reward == rewards.mean().item()
    decoder.zero_grad()
    total = torch.zeros(())
    for row in range(6):
        picture, place = divmod(row, 3)
        others = [rewards[picture, other] for other in range(3) if other != place]
        advantage = rewards[picture, place] - sum(others) / 2
        length = int((drawn.targets[row] != PAD).sum())
        own = Features(features.grid[[picture]], features.pooled[[picture]])
        logits = decoder(own, drawn.inputs[row : row + 1, :length])[0]
        logits[:, [PAD, START, UNKNOWN]] = float("-inf")
        log_probs = logits.log_softmax(1)[torch.arange(length), drawn.targets[row, :length]]
        total = total - advantage * log_probs.sum() / 6
    total.backward()
    for gradient, weight in zip(found, decoder.parameters(), strict=True):
        torch.testing.assert_close(gradient, weight.grad)


def test_it_teaches_each_picture_its_own_sentence():
    decoder, features = tiny()
    loss = SelfCritical([[[4, 5, 6, END]], [[6, 5, 4, END]]], samples=16, max_length=5, forbidden_ids=FORBIDDEN)
    optimiser = torch.optim.Adam(decoder.parameters(), lr=0.03)
    rewards = []
    for _ in range(150):
        value, reward = loss(decoder, features, torch.tensor([0, 1]), starts(2))
        optimiser.zero_grad()
        value.backward()
        optimiser.step()
        rewards.append(reward)
    assert max(rewards) <= 7.5, "single words are in both pictures' sentences and count for nothing"
    assert sum(rewards[-10:]) / 10 > 7 > 2 * sum(rewards[:10]) / 10


def test_dropout_rests():
    decoder, features = tiny(dropout=0.9)
    loss = SelfCritical([[[4, 5]], [[6, 4]]], samples=2, max_length=4, forbidden_ids=FORBIDDEN)
    values = set()
    for _ in range(3):
        torch.manual_seed(3)
        decoder.train()
        state = torch.get_rng_state()
        values.add(loss(decoder, features, torch.tensor([0, 1]), starts(2))[0].item())
        torch.set_rng_state(state)
    assert len(values) == 1
    assert not decoder.dropout.training
