import torch

from captioner.retrieval.ranking import rank_pictures, rank_sentences

OWNER = torch.tensor([0, 0, 1, 1])


def test_a_picture_asks_for_the_best_of_its_sentences():
    scores = torch.tensor([[0.1, 0.9, 0.5, 0.2], [0.9, 0.8, 0.3, 0.1]])
    ranking = rank_sentences(scores, OWNER)  # ranks 1 and 3
    assert ranking.recall == {1: 50.0, 5: 100.0, 10: 100.0}
    assert ranking.median_rank == 2


def test_each_sentence_asks_for_its_picture():
    scores = torch.tensor([[0.1, 0.9, 0.5, 0.2], [0.9, 0.8, 0.3, 0.3]])
    ranking = rank_pictures(scores, OWNER)  # ranks 2, 1, 2, 1
    assert ranking.recall[1] == 50.0
    assert ranking.recall[5] == 100.0
    assert ranking.median_rank == 1.5


def test_a_decoder_that_cannot_tell_gets_no_credit():
    scores = torch.zeros(2, 4)
    assert rank_sentences(scores, OWNER).recall[1] == 0
    assert rank_pictures(scores, OWNER).recall[1] == 0
    assert rank_sentences(scores, OWNER).median_rank == 3


def test_the_names_are_those_of_the_papers():
    assert list(rank_sentences(torch.eye(2), torch.arange(2)).to_json()) == ["R@1", "R@5", "R@10", "median_rank"]
