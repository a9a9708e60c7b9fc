"""Which device the model runs on: `CAPTIONER_DEVICE=auto|cpu|cuda|cuda:N`."""

from __future__ import annotations

import os
import re

import torch

from captioner.errors import DeviceError

ENVIRONMENT_VARIABLE = "CAPTIONER_DEVICE"


def choose_device(name: str | None = None) -> torch.device:
    """Return the device called `name`: `auto`, `cpu`, `cuda` or `cuda:N`.

    Without a name the environment variable CAPTIONER_DEVICE decides, and without that `auto`: the first CUDA device
    if there is one, else the processor. Raises DeviceError for another name, and for a CUDA device that is not there.
    """
    name = (name or os.environ.get(ENVIRONMENT_VARIABLE) or "auto").strip().lower()
    if name == "auto":
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")
    if name == "cpu":
        return torch.device("cpu")
    match = re.fullmatch(r"cuda(?::(\d+))?", name)
    if match is None:
        raise DeviceError(f"The device {name!r} is unknown. Set {ENVIRONMENT_VARIABLE} to auto, cpu, cuda or cuda:0.")
    if not torch.cuda.is_available():
        raise DeviceError(
            f"The device {name!r} was asked for, but no CUDA device can be used here. Install a CUDA build of torch "
            f"and the driver, or set {ENVIRONMENT_VARIABLE}=auto."
        )
    index = int(match[1] or 0)
    if index >= torch.cuda.device_count():
        raise DeviceError(f"There is no cuda:{index}; this machine has {torch.cuda.device_count()} CUDA device(s).")
    return torch.device("cuda", index)
