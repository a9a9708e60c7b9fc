import pytest
import torch

from captioner.encoders import Features
from captioner.preprocess import Preprocessing
from captioner.training.data import read_split
from captioner.training.features import cached_features
from captioner.training.sources import KeptFeatures, Pictures
from tests.captioner.tiny import TinyEncoder, write_split

PREPROCESSING = Preprocessing(size=48)


class CountingEncoder(TinyEncoder):
    """Counts the pictures that go through it."""

    seen = 0

    def encode(self, pixels, boxes=None):
        self.seen += len(pixels)
        return super().encode(pixels, boxes)


@pytest.fixture
def split(tmp_path):
    write_split(tmp_path / "set", "train", 7)
    return read_split(tmp_path / "set", "train")


@pytest.fixture
def encoder():
    torch.manual_seed(0)
    return CountingEncoder()


def cached(split, encoder, tmp_path, **options):
    return cached_features([split], encoder, PREPROCESSING, tmp_path / "cache", batch_size=2, **options)


@pytest.mark.parametrize("view", [0, 1, 4])
def test_cached_features_are_those_of_the_pictures_in_their_order(split, encoder, tmp_path, view):
    features = cached(split, encoder, tmp_path, grid=True, view=view)
    source = Pictures(split.examples, PREPROCESSING)
    fresh = source(encoder, torch.arange(7), torch.full((7,), view))
    torch.testing.assert_close(features.pooled, fresh.pooled, rtol=2e-3, atol=1e-3)
    torch.testing.assert_close(features.grid.float(), fresh.grid, rtol=2e-3, atol=1e-3)
    assert len({tuple(row) for row in features.pooled.tolist()}) == 7


def test_several_splits_follow_one_another(split, encoder, tmp_path):
    write_split(tmp_path / "set", "other", 3, seed=9)
    other = read_split(tmp_path / "set", "other")
    both = cached_features([split, other], encoder, PREPROCESSING, tmp_path / "cache", grid=True)
    for alone, rows in ((split, slice(7)), (other, slice(7, 10))):
        features = cached(alone, encoder, tmp_path, grid=True)
        assert torch.equal(both.pooled[rows], features.pooled)
        assert torch.equal(both.grid[rows], features.grid)


def test_grids_are_made_where_only_pooled_features_were_kept(split, encoder, tmp_path):
    pooled = cached(split, encoder, tmp_path)
    assert pooled.grid.shape == (7, 0, 0)
    whole = cached(split, encoder, tmp_path, grid=True)
    assert whole.grid.shape == (7, 16, 6)
    assert torch.equal(whole.pooled, pooled.pooled)


def test_every_picture_goes_through_the_encoder_once(split, encoder, tmp_path):
    first = cached(split, encoder, tmp_path)
    assert encoder.seen == 7
    assert torch.equal(cached(split, encoder, tmp_path).pooled, first.pooled)
    assert encoder.seen == 7


def test_an_interrupted_run_goes_on_at_the_next_tar(split, encoder, tmp_path):
    first = cached(split, encoder, tmp_path)
    next(path for path in (tmp_path / "cache").rglob("*.safetensors") if "train-01" in path.name).unlink()
    assert torch.equal(cached(split, encoder, tmp_path).pooled, first.pooled)
    assert encoder.seen == 7 + 3


def test_another_encoder_never_meets_old_features(split, encoder, tmp_path):
    first = cached(split, encoder, tmp_path)
    with torch.no_grad():
        encoder.first.bias += 1
    assert not torch.equal(cached(split, encoder, tmp_path).pooled, first.pooled)
    assert encoder.seen == 14


def test_views_are_kept_apart(split, encoder, tmp_path):
    by_view = [cached(split, encoder, tmp_path, view=view).pooled for view in range(3)]
    assert len({tuple(rows.flatten().tolist()) for rows in by_view}) == 3


def test_kept_features_give_each_picture_in_the_view_that_is_asked_for(encoder):
    by_view = [torch.arange(12.0).view(3, 4) + 100 * view for view in range(3)]
    source = KeptFeatures(*(Features(rows.half().view(3, 2, 2), rows) for rows in by_view))
    got = source(encoder, torch.tensor([2, 0, 1, 0]), torch.tensor([0, 2, 1, 2]))
    assert torch.equal(got.pooled, torch.stack([by_view[0][2], by_view[2][0], by_view[1][1], by_view[2][0]]))
    assert torch.equal(got.grid, got.pooled.view(4, 2, 2))
    assert got.grid.dtype == torch.float32
