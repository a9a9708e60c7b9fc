import pytest
import torch

from captioner import encoders
from tests.captioner.tiny import TinyEncoder, tiny_checkpoint

torch.set_num_threads(1)  # tiny networks lose more by waiting for a second thread than they gain


@pytest.fixture(autouse=True)
def tiny_encoder(monkeypatch):
    """The tiny encoder can be named in manifests and configurations."""
    monkeypatch.setitem(encoders.ENCODERS, "tiny", TinyEncoder)


@pytest.fixture
def checkpoint(tmp_path):
    """The folder of a tiny checkpoint."""
    tiny_checkpoint(tmp_path / "checkpoint")
    return tmp_path / "checkpoint"
