"""Import torchvision even where its compiled operators cannot load.

torchvision's wheels are built against CUDA libraries. Beside a CPU-only torch the plain import stops with
"operator torchvision::nms does not exist", because it registers shape rules for operators that were never
declared. Declaring the two schemas first is enough for models and transforms, which use neither. Where the plain
import works nothing is touched.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from types import ModuleType

_SIGNATURE = "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor"
_declared: list[torch.library.Library] = []  # a Library withdraws its schemas when it is collected


def import_torchvision() -> ModuleType:
    """Return the torchvision package, with its missing operators declared if need be."""
    try:
        import torchvision
    except RuntimeError as error:
        if "torchvision::" not in str(error):
            raise
        for name in [name for name in sys.modules if name.split(".")[0] == "torchvision"]:
            del sys.modules[name]
        library = torch.library.Library("torchvision", "FRAGMENT")
        for operator in ("nms", "qnms"):
            library.define(operator + _SIGNATURE)
        _declared.append(library)
        import torchvision
    return torchvision
