"""Each case needs a fresh interpreter, because a failed import leaves its marks."""

import subprocess
import sys


def run(code: str) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)


def test_torchvision_can_be_imported_whether_or_not_its_operators_load():
    result = run(
        "from captioner.torchvision_compat import import_torchvision\n"
        "first = import_torchvision(); assert import_torchvision() is first\n"
        "print(first.models.inception_v3.__name__)"
    )
    assert result.stdout.strip() == "inception_v3", result.stderr


def test_a_working_torchvision_is_left_alone():
    """A stand-in for a matching build: no schema may be declared beside its own."""
    result = run(
        "import sys, types; sys.modules['torchvision'] = types.ModuleType('torchvision')\n"
        "from captioner import torchvision_compat\n"
        "assert torchvision_compat.import_torchvision() is sys.modules['torchvision']\n"
        "print(len(torchvision_compat._declared))"
    )
    assert result.stdout.strip() == "0", result.stderr
