import pytest
import torch

from captioner.decoders import NIC
from captioner.encoders import Features
from captioner.errors import ConfigurationError
from captioner.training.batches import Batch
from captioner.training.loss import batch_loss, caption_losses, sentence_losses
from captioner.vocabulary import Vocabulary
from tests.captioner.decoders import cases

PAD, END = Vocabulary.PAD, Vocabulary.END


def test_the_loss_is_the_sum_of_negative_log_likelihoods_and_padding_is_free():
    torch.manual_seed(0)
    logits = torch.randn(2, 3, 6)
    targets = torch.tensor([[4, 5, END], [5, END, PAD]])
    log_probs = logits.log_softmax(2)
    expected = -torch.stack(
        [log_probs[0, 0, 4] + log_probs[0, 1, 5] + log_probs[0, 2, END], log_probs[1, 0, 5] + log_probs[1, 1, END]]
    )
    torch.testing.assert_close(caption_losses(logits, targets), expected)


def test_label_smoothing_spreads_a_part_over_all_words():
    torch.manual_seed(0)
    logits, targets = torch.randn(1, 1, 6), torch.tensor([[4]])
    log_probs = logits.log_softmax(2)[0, 0]
    expected = -(0.9 * log_probs[4] + 0.1 * log_probs.mean())
    torch.testing.assert_close(caption_losses(logits, targets, 0.1), expected.unsqueeze(0))


@pytest.mark.parametrize("pictures", [1, 40])
def test_sorting_sentences_by_length_changes_nothing(pictures):
    """The groups of like length give the loss that the padded whole gives."""
    torch.manual_seed(0)
    decoder = NIC(
        vocabulary_size=9, feature_size=2, pooled_size=3, embedding_size=4, hidden_size=4, dropout=0.0
    ).double()
    features = Features(torch.randn(pictures, 1, 2).double(), torch.randn(pictures, 3).double())
    count = pictures * 5
    inputs = torch.full((count, 8), PAD)
    targets = torch.full((count, 8), PAD)
    for row in range(count):
        words = torch.randint(4, 9, (int(torch.randint(0, 8, ())),)).tolist()
        inputs[row, : len(words) + 1] = torch.tensor([Vocabulary.START, *words])
        targets[row, : len(words) + 1] = torch.tensor([*words, END])
    batch = Batch(torch.arange(pictures), torch.zeros(pictures, dtype=torch.bool), inputs, targets)
    expected = caption_losses(decoder(features, inputs), targets, 0.1)
    losses = sentence_losses(decoder, features, inputs, targets, label_smoothing=0.1)
    torch.testing.assert_close(losses, expected)
    torch.testing.assert_close(batch_loss(decoder, features, batch, label_smoothing=0.1), expected.mean())


@pytest.mark.parametrize("case", cases.ATTENTION_CASES)
def test_an_attention_penalty_is_added_to_the_loss_of_each_sentence(case):
    """Whatever the sentences' lengths, padding costs nothing."""
    decoder, features = cases.build(case), cases.features(2)
    inputs, targets = torch.full((4, 5), PAD), torch.full((4, 5), PAD)
    for row, words in enumerate([[4, 5, 6], [7], [], [8, 4, 4, 9]]):
        inputs[row, : len(words) + 1] = torch.tensor([Vocabulary.START, *words])
        targets[row, : len(words) + 1] = torch.tensor([*words, END])
    maps = decoder.attention_maps(features, inputs)  # (4, 5, P)
    expected = caption_losses(decoder(features, inputs), targets)
    for row, length in enumerate([4, 2, 1, 5]):
        expected[row] += 0.7 * (1 - maps[row, :length].sum(dim=0)).square().sum()
    torch.testing.assert_close(sentence_losses(decoder, features, inputs, targets, attention_penalty=0.7), expected)


def test_an_attention_penalty_needs_attention():
    decoder, features = cases.build("nic"), cases.features(1)
    words = torch.full((1, 1), END)
    with pytest.raises(ConfigurationError, match="needs a decoder with attention"):
        sentence_losses(decoder, features, words, words, attention_penalty=1.0)
