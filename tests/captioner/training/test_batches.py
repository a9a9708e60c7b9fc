from dataclasses import replace

import pytest
import torch

from captioner.training.batches import Batches
from captioner.training.data import read_split
from captioner.vocabulary import Vocabulary
from tests.captioner.tiny import WORDS, write_split

VOCABULARY = Vocabulary(WORDS)


@pytest.fixture
def examples(tmp_path):
    write_split(tmp_path, "train", 7)
    return read_split(tmp_path, "train").examples


def batches(examples, **changes):
    fields = {"size": 3, "max_words": 20, "views": 3, "seed": 1}
    return Batches(examples, VOCABULARY, **{**fields, **changes})


def rows(batch):
    return [
        (tuple(given), tuple(wanted))
        for given, wanted in zip(batch.inputs.tolist(), batch.targets.tolist(), strict=True)
    ]


def test_an_epoch_has_every_photograph_once_with_its_own_captions(examples):
    seen = []
    for batch in batches(examples).epoch(0):
        for place, position in enumerate(batch.positions.tolist()):
            seen.append(position)
            own = batch.targets[place * 5 : place * 5 + 5].tolist()
            got = sorted(VOCABULARY.tokens([word for word in row if word > 3]) for row in own)
            assert got == sorted(tuple(caption.split()) for caption in examples[position].captions)
    assert sorted(seen) == list(range(7))


def test_targets_are_the_inputs_one_place_on(examples):
    for batch in batches(examples).epoch(0):
        for given, wanted in rows(batch):
            words = [word for word in wanted if word != Vocabulary.PAD]
            assert given[0] == Vocabulary.START
            assert words[-1] == Vocabulary.END
            assert list(given[1 : len(words)]) == words[:-1]


def test_captions_begin_with_the_start_token_of_their_data_set(examples):
    vocabulary = Vocabulary(WORDS, ["other", "here"])
    examples = [replace(example, source="here" if place % 2 else "other") for place, example in enumerate(examples)]
    drawn = Batches(examples, vocabulary, size=3, max_words=20, views=1, seed=1)
    assert drawn.unwritable == vocabulary.unwritable
    for batch in drawn.epoch(0):
        expected = [vocabulary.start_id(examples[place].source) for place in batch.positions]
        assert batch.starts.tolist() == expected
        assert batch.inputs[:, 0].tolist() == [start for start in expected for _ in range(5)]


def test_epochs_differ_and_seeds_differ_but_a_run_can_be_repeated(examples):
    def order(seed, epoch):
        return [row for batch in batches(examples, seed=seed).epoch(epoch) for row in rows(batch)]

    assert order(1, 0) == order(1, 0)
    assert order(1, 0) != order(1, 1)
    assert order(1, 0) != order(2, 0)


def test_an_epoch_can_be_continued_in_its_middle(examples):
    whole = list(batches(examples).epoch(3))
    rest = list(batches(examples).epoch(3, first=1))
    assert len(rest) == len(whole) - 1
    for one, other in zip(whole[1:], rest, strict=True):
        assert torch.equal(one.positions, other.positions)
        assert torch.equal(one.views, other.views)
        assert rows(one) == rows(other)


def test_measuring_goes_in_order_and_sees_pictures_as_they_are(examples):
    found = list(batches(examples).in_order())
    assert torch.cat([batch.positions for batch in found]).tolist() == list(range(7))
    assert not any(batch.views.any() for batch in found)


def test_all_views_are_drawn_equally_often(examples):
    drawn = [view for epoch in range(100) for batch in batches(examples).epoch(epoch) for view in batch.views.tolist()]
    assert set(drawn) == {0, 1, 2}
    assert all(0.25 < drawn.count(view) / len(drawn) < 0.42 for view in range(3))
    assert not any(batch.views.any() for batch in batches(examples, views=1).epoch(0))


def test_long_captions_are_cut_and_then_have_no_end(examples):
    for batch in batches(examples, max_words=2).epoch(0):
        assert batch.targets.shape[1] == 3
        for place, position in enumerate(batch.positions.tolist()):
            lengths = sorted(len(caption.split()) for caption in examples[position].captions)
            ended = (batch.targets[place * 5 : place * 5 + 5] == Vocabulary.END).any(dim=1)
            assert int(ended.sum()) == sum(length <= 2 for length in lengths)


@pytest.mark.parametrize("count", [4, 6])
def test_a_photograph_may_have_another_number_of_captions(examples, count):
    import dataclasses

    captions = tuple(WORDS[number] for number in range(count))
    odd = [dataclasses.replace(example, captions=captions) for example in examples]
    (batch,) = batches(odd, size=7).epoch(0)
    assert batch.inputs.shape == (35, 2)
    assert len({tuple(row) for row in batch.inputs[:5].tolist()}) == min(count, 5)
