import copy

import pytest
import torch
from torch import nn

from captioner.encoders import InceptionV3Encoder
from captioner.folding import ConvReLU, PooledConvReLU, for_inference, has_fast_bfloat16
from tests.captioner.tiny import TinyEncoder


@pytest.fixture(scope="module")
def encoder():
    """An untrained trunk whose batch norms do something, and whose maps keep their size from block to block."""
    torch.manual_seed(0)
    encoder = InceptionV3Encoder().eval()
    for module in encoder.modules():
        if isinstance(module, nn.Conv2d):
            nn.init.kaiming_normal_(module.weight)
        if isinstance(module, nn.BatchNorm2d):
            for values in (module.weight, module.running_var):
                nn.init.uniform_(values, 0.7, 1.4)
            for values in (module.bias, module.running_mean):
                nn.init.normal_(values, 0, 0.3)
    return encoder


@pytest.fixture(scope="module")
def folded(encoder):
    return for_inference(encoder)


@pytest.fixture(scope="module")
def pixels():
    torch.manual_seed(1)
    return torch.rand(3, 3, 299, 299) * 2 - 1


def difference(got, expected):
    return ((got - expected).norm() / expected.norm()).item()


@torch.inference_mode()
def test_the_folded_encoder_computes_the_same(encoder, folded, pixels):
    for got, expected in zip(folded.encode(pixels), encoder.encode(pixels), strict=True):
        assert got.shape == expected.shape
        assert difference(got, expected) < 1e-5


@torch.inference_mode()
def test_boxes_are_cut_from_the_same_maps(encoder, folded, pixels):
    boxes = [torch.tensor([[0.1, 0.2, 0.7, 0.9]])]
    for got, expected in zip(folded.encode(pixels[:1], boxes), encoder.encode(pixels[:1], boxes), strict=True):
        assert difference(got, expected) < 1e-5


def test_no_batch_norm_is_left_and_the_trained_encoder_is_not_touched(encoder, folded):
    def norms(of):
        return sum(isinstance(module, nn.BatchNorm2d) for module in of.modules())

    assert norms(folded) == 0
    assert norms(encoder) == sum(isinstance(module, nn.Conv2d) for module in encoder.modules()) == 81
    assert encoder.state_dict().keys() == InceptionV3Encoder().state_dict().keys()
    assert all(weight.requires_grad for weight in encoder.parameters())
    shared = {weight.data_ptr() for weight in encoder.parameters()} & {w.data_ptr() for w in folded.parameters()}
    assert not shared


def test_every_convolution_and_its_relu_are_one_operation(folded, pixels):
    with torch.inference_mode(), torch.profiler.profile(activities=[torch.profiler.ProfilerActivity.CPU]) as profile:
        folded.encode(pixels[:1])
    calls = {event.key: event.count for event in profile.key_averages()}
    assert calls["mkldnn::_convolution_pointwise"] == 81 - 8
    assert calls["aten::relu_"] == 8  # the pooling branches, whose mean stands between


def basic_block(inputs, outputs):
    torch.manual_seed(2)
    block = nn.Module()
    block.conv, block.bn = nn.Conv2d(inputs, outputs, 1, bias=False), nn.BatchNorm2d(outputs)
    nn.init.normal_(block.bn.running_mean)
    nn.init.normal_(block.bn.bias)
    return block.eval()


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@torch.inference_mode()
def test_a_folded_convolution_works_with_and_without_the_joined_operation(dtype):
    block = basic_block(5, 7).to(dtype)
    x = torch.randn(2, 5, 6, 6, dtype=dtype)
    torch.testing.assert_close(ConvReLU(block)(x), block.bn(block.conv(x)).relu())


@torch.inference_mode()
def test_the_mean_may_follow_the_convolution(dtype=torch.float64):
    block = basic_block(5, 7).to(dtype)
    x = torch.randn(2, 5, 6, 6, dtype=dtype)
    means = nn.functional.avg_pool2d(x, 3, 1, 1, count_include_pad=False)
    torch.testing.assert_close(PooledConvReLU(block)(x), block.bn(block.conv(means)).relu())


def test_other_encoders_stay_as_they_are():
    tiny = TinyEncoder()
    assert for_inference(tiny) is tiny


@pytest.mark.skipif(not has_fast_bfloat16(), reason="this processor has no bfloat16 convolutions in oneDNN")
@torch.inference_mode()
def test_in_bfloat16_a_picture_alone_and_in_a_batch_has_the_same_features(folded, pixels):
    half = copy.deepcopy(folded).to(torch.bfloat16)
    together = half.encode(pixels)
    assert together.grid.dtype == together.pooled.dtype == torch.float32
    for number in range(len(pixels)):
        alone = half.encode(pixels[number : number + 1])
        for one, all_ in zip(alone, together, strict=True):
            assert difference(one[0], all_[number]) < 1e-4
    assert difference(together.pooled, folded.encode(pixels).pooled) < 0.05
