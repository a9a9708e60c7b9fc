import pytest
import torch

from captioner.device import choose_device
from captioner.errors import DeviceError


@pytest.fixture
def without_cuda(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)


@pytest.fixture
def two_cuda_devices(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)


@pytest.mark.usefixtures("without_cuda")
def test_auto_is_the_processor_where_there_is_no_cuda():
    assert choose_device("auto") == torch.device("cpu")


@pytest.mark.usefixtures("two_cuda_devices")
@pytest.mark.parametrize(
    ("name", "device"), [("auto", "cuda"), ("cuda", "cuda:0"), ("CUDA:1", "cuda:1"), ("cpu", "cpu")]
)
def test_devices_have_their_usual_names(name, device):
    assert choose_device(name) == torch.device(device)


@pytest.mark.usefixtures("two_cuda_devices")
def test_the_environment_decides_unless_a_name_is_given(monkeypatch):
    monkeypatch.setenv("CAPTIONER_DEVICE", "cuda:1")
    assert choose_device() == torch.device("cuda:1")
    assert choose_device("cpu") == torch.device("cpu")


@pytest.mark.usefixtures("without_cuda")
def test_a_missing_cuda_device_is_never_replaced_in_silence():
    with pytest.raises(DeviceError, match="CAPTIONER_DEVICE=auto"):
        choose_device("cuda")


@pytest.mark.usefixtures("two_cuda_devices")
@pytest.mark.parametrize("name", ["cuda:2", "gpu", "cuda:", "cuda:-1"])
def test_impossible_devices_are_refused(name):
    with pytest.raises(DeviceError):
        choose_device(name)
