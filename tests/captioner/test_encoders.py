import pytest
import torch
from torch import nn
from torch.nn import functional as F

from captioner.encoders import InceptionV3Encoder, pool_boxes
from captioner.errors import CheckpointError, ConfigurationError


@pytest.fixture(scope="module")
def encoder():
    torch.manual_seed(0)
    return InceptionV3Encoder().eval()


@pytest.fixture(scope="module")
def pixels():
    torch.manual_seed(1)
    return torch.rand(2, 3, 299, 299) * 2 - 1


@torch.inference_mode()
def test_features_have_the_sizes_that_the_encoder_names(encoder, pixels):
    grid, pooled = encoder.encode(pixels)
    assert grid.shape == (2, encoder.grid_side**2, encoder.feature_size)
    assert pooled.shape == (2, encoder.pooled_size)


@torch.inference_mode()
def test_the_pooled_vector_ends_with_the_mean_of_the_grid(encoder, pixels):
    grid, pooled = encoder.encode(pixels)
    torch.testing.assert_close(pooled[:, -1280:], grid.mean(dim=1))


def difference(got, expected):
    """Relative to the length of the vector; untrained features are tiny numbers."""
    return ((got - expected).norm() / expected.norm()).item()


@torch.inference_mode()
def test_with_boxes_there_is_a_row_for_each_box_in_order(encoder, pixels):
    whole, corner = torch.tensor([[0.0, 0, 1, 1]]), torch.tensor([[0.0, 0, 0.4, 0.4]])
    grid, pooled = encoder.encode(pixels, [torch.cat([whole, corner]), corner])
    assert grid.shape == (3, encoder.grid_side**2, encoder.feature_size)
    alone = encoder.encode(pixels[1:], [corner]).pooled[0]
    assert difference(pooled[2], alone) < 1e-4
    picture = encoder.encode(pixels).pooled[0]
    assert difference(pooled[0], picture) < 0.005
    assert difference(pooled[1], picture) > 0.02


@torch.inference_mode()
def test_average_pools_do_not_count_the_padding(encoder):
    """Every pool branch sees the mean over real cells only: the trunk's weights were trained so."""
    block = encoder.Mixed_5b
    x = torch.rand(1, 192, 9, 9)
    got = block(x)[:, -32:]
    expected = block.branch_pool.bn(block.branch_pool.conv(F.avg_pool2d(x, 3, 1, 1, count_include_pad=False))).relu()
    torch.testing.assert_close(got, expected)


def test_every_block_with_an_average_pool_is_corrected(encoder):
    blocks = [block for block in encoder.children() if hasattr(block, "branch_pool")]
    assert len(blocks) == 8
    assert all(len(block.branch_pool._forward_pre_hooks) == 1 for block in blocks)


def test_batch_norm_stays_in_eval_mode():
    encoder = InceptionV3Encoder()
    for _ in range(2):
        norms = [module for module in encoder.modules() if isinstance(module, nn.BatchNorm2d)]
        assert norms
        assert not any(norm.training for norm in norms)
        encoder.train()
    assert encoder.Mixed_7b.training


def test_starting_weights_may_hold_more_but_not_less(encoder):
    weights = {name: value + 1 for name, value in encoder.state_dict().items()}
    other = InceptionV3Encoder()
    other.load_starting_weights({**weights, "fc.weight": torch.ones(1)})
    assert torch.equal(
        other.state_dict()["Mixed_7a.branch3x3_1.conv.weight"], weights["Mixed_7a.branch3x3_1.conv.weight"]
    )
    del weights["Mixed_6e.branch1x1.conv.weight"]
    with pytest.raises(CheckpointError, match=r"Mixed_6e\.branch1x1\.conv\.weight"):
        other.load_starting_weights(weights)


def ramp(height=6, width=6):
    """A map whose two channels are the x and y of each cell's middle, as fractions."""
    y, x = torch.meshgrid((torch.arange(height) + 0.5) / height, (torch.arange(width) + 0.5) / width, indexing="ij")
    return torch.stack([x, y])[None]


def test_pooling_a_box_samples_inside_it():
    """On a linear map the cells' values are exactly the places of their middles, also where the map is not square."""
    box = torch.tensor([[0.25, 0.4, 0.75, 0.6]])
    pooled = pool_boxes(ramp(10, 20), [box], side=2)[0]
    torch.testing.assert_close(pooled[0], torch.tensor([[0.375, 0.625], [0.375, 0.625]]))
    torch.testing.assert_close(pooled[1], torch.tensor([[0.45, 0.45], [0.55, 0.55]]))


def test_boxes_belong_to_their_pictures():
    maps = torch.cat([ramp(), ramp() + 10])
    box = torch.tensor([[0.2, 0.2, 0.8, 0.8]])
    pooled = pool_boxes(maps, [box, box.repeat(2, 1)], side=1).flatten(1)
    torch.testing.assert_close(pooled, torch.tensor([[0.5, 0.5], [10.5, 10.5], [10.5, 10.5]]))


def test_a_picture_may_have_no_boxes():
    box = torch.tensor([[0.2, 0.2, 0.8, 0.8]])
    assert pool_boxes(torch.cat([ramp(), ramp() + 10]), [torch.empty(0, 4), box], side=1).mean() > 10


def test_boxes_for_another_number_of_pictures_are_refused():
    with pytest.raises(ConfigurationError, match="Give one each"):
        pool_boxes(ramp(), [], side=1)


def test_box_features_have_gradients():
    maps = ramp().requires_grad_()
    pool_boxes(maps, [torch.tensor([[0.0, 0, 0.5, 0.5]])], side=2).sum().backward()
    assert maps.grad[..., :3, :3].sum() > 0
    assert maps.grad[..., 5, 5].sum() == 0
