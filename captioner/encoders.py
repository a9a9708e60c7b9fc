"""Encoders: pixels in, features out. One interface for every trunk, so that decoders never ask which it is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, NamedTuple, Self

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from captioner.errors import CheckpointError, ConfigurationError
from captioner.torchvision_compat import import_torchvision

if TYPE_CHECKING:
    from collections.abc import Sequence


class Features(NamedTuple):
    """What an encoder says of B pictures, or of B boxes."""

    grid: Tensor  # (B, P, C) one vector for each of P places, row by row
    pooled: Tensor  # (B, D) one vector for the whole


class Encoder(nn.Module, ABC):
    """The interface. `feature_size` is C, `pooled_size` D, and `grid_side` the square root of P."""

    feature_size: int
    pooled_size: int
    grid_side: int

    @property
    def dtype(self) -> torch.dtype:
        """The precision in which it computes."""
        return next(self.parameters()).dtype

    @abstractmethod
    def encode(self, pixels: Tensor, boxes: Sequence[Tensor] | None = None) -> Features:
        """Return the features of pixels (B, 3, S, S), in float32 at least.

        boxes: for each picture a tensor (n_i, 4) of corners x0, y0, x1, y1 as fractions of its width and height.
        With boxes there is one row of features for each box, in order, and none for the picture as a whole.
        """

    @abstractmethod
    def load_starting_weights(self, weights: dict[str, Tensor]) -> None:
        """Load the weights that training starts from; raises CheckpointError if they are not this trunk's."""

    def forward(self, pixels: Tensor, boxes: Sequence[Tensor] | None = None) -> Features:
        return self.encode(pixels, boxes)


class InceptionV3Encoder(Encoder):
    """Inception-v3 (Szegedy et al. 2015, "Rethinking the Inception Architecture"), up to its block `Mixed_7b`.

    `Mixed_7b` is used without its fourth branch, whose second convolution the starting weights lack: 1,280 of its
    2,048 channels are left. The grid is that block's 8 x 8 map (for 299 x 299 pixels). The pooled vector joins the
    means of three depths, `Mixed_6e` (768), `Mixed_7a` (1,280) and `Mixed_7b` (1,280): a linear probe of what captions
    speak of does better on the three together than on any one.

    The starting weights have batch norm folded into the convolutions, so batch statistics would destroy them: batch
    norm stays in eval mode, also in training.
    """

    feature_size = 1280
    pooled_size = 768 + 1280 + 1280
    grid_side = 8

    _STEM = (
        "Conv2d_1a_3x3", "Conv2d_2a_3x3", "Conv2d_2b_3x3", "maxpool1", "Conv2d_3b_1x1", "Conv2d_4a_3x3", "maxpool2",
        "Mixed_5b", "Mixed_5c", "Mixed_5d", "Mixed_6a", "Mixed_6b", "Mixed_6c", "Mixed_6d", "Mixed_6e",
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        models = import_torchvision().models
        trunk = models.inception_v3(weights=None, aux_logits=False, transform_input=False, init_weights=False)
        for name in (*self._STEM, "Mixed_7a"):
            self.add_module(name, getattr(trunk, name))
        self.Mixed_7b = KnownBranches(trunk.Mixed_7b)
        for block in self.children():
            branch = getattr(block, "branch_pool", None)
            if isinstance(branch, nn.Module):
                branch.register_forward_pre_hook(_do_not_count_padding)
        self.train(self.training)

    def train(self, mode: bool = True) -> Self:
        super().train(mode)
        for module in self.modules():
            if isinstance(module, nn.BatchNorm2d):
                module.eval()
        return self

    def load_starting_weights(self, weights: dict[str, Tensor]) -> None:
        """Load weights named as torchvision's `inception_v3` names them; what the encoder does not use is ignored.

        Raises CheckpointError if one that it does use is missing or has another shape.
        """
        own = self.state_dict()
        missing = [
            name
            for name, value in own.items()
            if not name.endswith("num_batches_tracked") and (name not in weights or weights[name].shape != value.shape)
        ]
        if missing:
            raise CheckpointError(
                f"The starting weights lack {len(missing)} tensors, first {missing[0]!r}. Give those of Inception-v3 "
                "under torchvision's names."
            )
        self.load_state_dict({name: weights[name] for name in own if name in weights}, strict=False)

    def encode(self, pixels: Tensor, boxes: Sequence[Tensor] | None = None) -> Features:
        maps = [level.to(torch.promote_types(level.dtype, torch.float32)) for level in self._maps(pixels)]
        last = maps[-1]  # (B, C, H, W)
        if boxes is None:
            grid = last  # (B, C, H, W)
            means = [level.mean(dim=(2, 3)) for level in maps]  # each (B, C_level)
        else:
            grid = pool_boxes(last, boxes, self.grid_side)  # (n, C, H, W)
            means = [pool_boxes(level, boxes, self.grid_side).mean(dim=(2, 3)) for level in maps]
        return Features(grid.flatten(2).transpose(1, 2), torch.cat(means, dim=1))  # (B, P, C), (B, D)

    def _maps(self, pixels: Tensor) -> list[Tensor]:
        """The feature maps of the three depths, (B, C, H, W) each."""
        # Channels last is a third faster on a CPU than one plane after another.
        x = pixels.to(self.dtype, memory_format=torch.channels_last)
        for name in self._STEM:
            x = self.get_submodule(name)(x)
        mixed_6e = x  # (B, 768, 17, 17)
        mixed_7a = self.get_submodule("Mixed_7a")(mixed_6e)  # (B, 1280, 8, 8)
        return [mixed_6e, mixed_7a, self.get_submodule("Mixed_7b")(mixed_7a)]  # the last (B, 1280, 8, 8)


class KnownBranches(nn.Module):
    """The branches of torchvision's `InceptionE` that the starting weights know, under their own names."""

    _NAMES = ("branch1x1", "branch3x3_1", "branch3x3_2a", "branch3x3_2b", "branch_pool")

    def __init__(self, block: nn.Module) -> None:
        super().__init__()
        for name in self._NAMES:
            self.add_module(name, block.get_submodule(name))

    def forward(self, x: Tensor) -> Tensor:
        branch = dict(self.named_children())
        three = branch["branch3x3_1"](x)  # (B, 384, 8, 8)
        pooled = F.avg_pool2d(x, kernel_size=3, stride=1, padding=1)  # (B, 1280, 8, 8)
        parts = [
            branch["branch1x1"](x),
            branch["branch3x3_2a"](three),
            branch["branch3x3_2b"](three),
            branch["branch_pool"](pooled),
        ]
        return torch.cat(parts, dim=1)  # (B, 1280, 8, 8)


def _do_not_count_padding(_: nn.Module, inputs: tuple[Tensor]) -> tuple[Tensor]:
    """Turn a 3 x 3 mean that counted the padding's zeros into one that did not, as in the trunk's first training."""
    (x,) = inputs  # (B, C, H, W)
    ones = torch.ones(1, 1, *x.shape[2:], dtype=x.dtype, device=x.device)
    return (x / F.avg_pool2d(ones, kernel_size=3, stride=1, padding=1),)


def pool_boxes(maps: Tensor, boxes: Sequence[Tensor], side: int, samples: int = 2) -> Tensor:
    """Cut boxes out of feature maps at one size: RoI Align (He et al. 2017) in plain tensor operations.

    maps: (B, C, H, W). boxes: B tensors (n_i, 4), corners as fractions. Returns (sum of n_i, C, side, side), where each
    cell is the mean of samples x samples bilinear samples inside it.
    """
    if len(boxes) != len(maps):
        raise ConfigurationError(f"There are boxes for {len(boxes)} pictures but {len(maps)} pictures. Give one each.")
    owner = torch.tensor([i for i, own in enumerate(boxes) for _ in range(len(own))], dtype=torch.long)
    corners = torch.cat([own.reshape(-1, 4) for own in boxes]).to(maps)  # (n, 4)
    count = side * samples
    steps = (torch.arange(count, dtype=maps.dtype, device=maps.device) + 0.5) / count  # (T,)
    xs = corners[:, 0:1] + (corners[:, 2:3] - corners[:, 0:1]) * steps  # (n, T)
    ys = corners[:, 1:2] + (corners[:, 3:4] - corners[:, 1:2]) * steps  # (n, T)
    points = torch.stack(
        [xs.unsqueeze(1).expand(-1, count, -1), ys.unsqueeze(2).expand(-1, -1, count)], dim=-1
    )  # (n, T, T, 2)
    sampled = F.grid_sample(
        maps[owner.to(maps.device)], points * 2 - 1, mode="bilinear", padding_mode="border", align_corners=False
    )  # (n, C, T, T)
    return F.avg_pool2d(sampled, samples)  # (n, C, side, side)


ENCODERS: dict[str, type[Encoder]] = {"inception_v3": InceptionV3Encoder}
