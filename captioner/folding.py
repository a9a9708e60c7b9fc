"""Encoders for inference: the same function, in fewer and larger operations.

* Batch norm is folded into the convolution before it: `w' = w g / s`, `b' = b_norm - m g / s`, for its scale g, mean m
  and deviation s.
* A convolution and the ReLU after it are one operation of oneDNN, which saves a pass over the map.
* A 1 x 1 convolution of a mean is the mean of the convolution, for both are linear and the weights of a mean sum to
  1. So the pooling branches average a quarter to a sixth of the channels.

The results agree with the trained encoder's to about 1e-6 of their size. They cannot be trained further.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.nn.utils.fusion import fuse_conv_bn_eval

from captioner.encoders import InceptionV3Encoder

if TYPE_CHECKING:
    from collections.abc import Iterable

    from captioner.encoders import Encoder

_MEAN, _MAX = "mean", "max"
Branch = tuple["str | tuple[str, ...]", ...]
# Each kind of Inception block as its branches, each branch as what its input goes through; a pair lies side by side.
_BRANCHES: dict[str, tuple[Branch, ...]] = {
    "InceptionA": (
        ("branch1x1",),
        ("branch5x5_1", "branch5x5_2"),
        ("branch3x3dbl_1", "branch3x3dbl_2", "branch3x3dbl_3"),
        (_MEAN, "branch_pool"),
    ),
    "InceptionB": (("branch3x3",), ("branch3x3dbl_1", "branch3x3dbl_2", "branch3x3dbl_3"), (_MAX,)),
    "InceptionC": (
        ("branch1x1",),
        ("branch7x7_1", "branch7x7_2", "branch7x7_3"),
        ("branch7x7dbl_1", "branch7x7dbl_2", "branch7x7dbl_3", "branch7x7dbl_4", "branch7x7dbl_5"),
        (_MEAN, "branch_pool"),
    ),
    "InceptionD": (
        ("branch3x3_1", "branch3x3_2"),
        ("branch7x7x3_1", "branch7x7x3_2", "branch7x7x3_3", "branch7x7x3_4"),
        (_MAX,),
    ),
    "KnownBranches": (
        ("branch1x1",),
        ("branch3x3_1", ("branch3x3_2a", "branch3x3_2b")),
        (_MEAN, "branch_pool"),
    ),
}


def for_inference(encoder: Encoder) -> Encoder:
    """An encoder that computes the same faster, with weights of its own; the encoder itself if of another kind."""
    if not isinstance(encoder, InceptionV3Encoder):
        return encoder
    folded = copy.deepcopy(encoder).eval()
    for name, block in encoder.named_children():
        folded.add_module(name, _folded(block))
    nn.utils.convert_conv2d_weight_memory_format(folded, torch.channels_last)
    return folded.requires_grad_(False)


def _folded(block: nn.Module) -> nn.Module:
    """One of the trunk's blocks for inference."""
    if hasattr(block, "bn"):
        return ConvReLU(block)
    if type(block).__name__ in _BRANCHES:
        return Branches(_branch(block, names) for names in _BRANCHES[type(block).__name__])
    return block


def _branch(block: nn.Module, steps: Branch) -> nn.Module:
    if steps == (_MAX,):
        return nn.MaxPool2d(kernel_size=3, stride=2)
    if steps == (_MEAN, "branch_pool"):
        return PooledConvReLU(block.get_submodule("branch_pool"))
    return nn.Sequential(*(_step(block, step) for step in steps))


def _step(block: nn.Module, step: str | tuple[str, ...]) -> nn.Module:
    if isinstance(step, str):
        return ConvReLU(block.get_submodule(step))
    return Branches(ConvReLU(block.get_submodule(name)) for name in step)


class ConvReLU(nn.Module):
    """A convolution with its batch norm folded in, and the ReLU after it."""

    def __init__(self, block: nn.Module) -> None:
        """block: torchvision's `BasicConv2d`, whose parts are `conv` and `bn`."""
        super().__init__()
        conv, norm = block.get_submodule("conv"), block.get_submodule("bn")
        assert isinstance(conv, nn.Conv2d)
        assert isinstance(norm, nn.BatchNorm2d)
        self.conv = fuse_conv_bn_eval(conv, norm)

    def forward(self, x: Tensor) -> Tensor:
        conv = self.conv
        if not _has_joined_operation(x):
            return F.relu(conv(x), inplace=True)
        joined: Tensor = torch.ops.mkldnn._convolution_pointwise(
            x, conv.weight, conv.bias, conv.padding, conv.stride, conv.dilation, conv.groups, "relu", [], ""
        )
        return joined


class PooledConvReLU(ConvReLU):
    """The mean of each 3 x 3 places, padding not counted, then a 1 x 1 convolution and ReLU; computed the other way."""

    def forward(self, x: Tensor) -> Tensor:
        means = F.avg_pool2d(self.conv(x), kernel_size=3, stride=1, padding=1, count_include_pad=False)
        return F.relu(means, inplace=True)


class Branches(nn.Module):
    """Branches side by side over one input, joined channel by channel."""

    def __init__(self, branches: Iterable[nn.Module]) -> None:
        super().__init__()
        self.branches = nn.ModuleList(branches)

    def forward(self, x: Tensor) -> Tensor:
        return torch.cat([branch(x) for branch in self.branches], dim=1)


def _has_joined_operation(x: Tensor) -> bool:
    """Whether oneDNN can convolve `x`: it is a CPU library, and knows few types."""
    if x.device.type != "cpu" or not torch.backends.mkldnn.is_available():
        return False
    return x.dtype == torch.float32 or (x.dtype == torch.bfloat16 and has_fast_bfloat16())


def has_fast_bfloat16() -> bool:
    """Whether oneDNN has bfloat16 convolutions for this processor; elsewhere torch's own are hopelessly slow."""
    return torch.backends.mkldnn.is_available() and bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())
