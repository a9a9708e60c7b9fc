import pytest
import torch

from captioner.training.concepts import ConceptProbe

CAPTIONS = [
    [[4, 5, 6], [4, 5]],
    [[4, 7], [4, 6, 7, 7]],
    [[4, 8]],
    [[4, 9, 3], []],
    [[4, 6]],
    [[4, 5]],
    [[4, 5, 5]],
]  # of 7 pictures, 7 have the word 4, 3 each have 5 and 6, and 1 each 7, 8 and 9


def test_it_begins_with_the_base_rates_whatever_the_picture():
    probe = ConceptProbe(CAPTIONS, 3, 2)
    rates = probe.linear(torch.randn(5, 3)).sigmoid()
    torch.testing.assert_close(rates, torch.full((5, 2), 3 / 7))


def test_words_of_nearly_every_picture_and_unknown_ones_are_no_concepts():
    assert ConceptProbe(CAPTIONS, 3, 100).linear.out_features == 5  # 5 to 9


def test_the_loss_is_the_cross_entropy_of_each_word_that_is_there_or_not():
    probe = ConceptProbe(CAPTIONS, 3, 2).double()  # the words 5 and 6
    with torch.no_grad():
        probe.linear.weight.normal_(generator=torch.Generator().manual_seed(0))
    pooled = torch.randn(3, 3, generator=torch.Generator().manual_seed(1)).double()
    probability = probe.linear(pooled).sigmoid()
    positions = torch.tensor([4, 0, 2])  # with 6; with both; with none
    there = torch.tensor([[False, True], [True, True], [False, False]])
    expected = -torch.where(there, probability, 1 - probability).log().sum() / 3
    torch.testing.assert_close(probe(pooled, positions), expected)


@pytest.mark.parametrize("seed", range(3))
def test_it_can_learn_which_picture_has_which_words(seed):
    torch.manual_seed(seed)
    probe, pooled = ConceptProbe(CAPTIONS, 16, 5), torch.randn(7, 16)
    optimiser = torch.optim.Adam(probe.parameters(), lr=0.1)
    for _ in range(100):
        optimiser.zero_grad()
        loss = probe(pooled, torch.arange(7))
        loss.backward()
        optimiser.step()
    assert loss < 0.1
