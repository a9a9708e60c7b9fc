"""The import arrows: data flows webapp -> worker -> captioner, no torch in the web process, alttext alone."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# Which rooms (and heavy libraries) a room may never import. The captioner's light modules are all that webapp may see.
FORBIDDEN = {
    "alttext": {"captioner", "webapp", "worker", "celery", "kombu", "torch", "PIL", "numpy"},
    "captioner": {"django", "celery", "kombu", "webapp", "worker"},
    "webapp": {"torch", "torchvision", "safetensors", "transformers", "worker"},
    "worker": set(),
}
WEBAPP_MAY_SEE = {
    "captioner.types",
    "captioner.bands",
    "captioner.errors",
    "captioner.images",
    "captioner.alttext",
    "captioner.model_names",
}
OPTIONAL = {"pycocoevalcap", "matplotlib", "transformers", "huggingface_hub"}


def imports_of(source: str) -> set[str]:
    """Every dotted module name that the source imports; ``from a import b`` counts as ``a`` and ``a.b``."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute, so that the arrows can be read"
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


def wrong_arrows(room: str, source: str) -> set[str]:
    """The imports in a source of the room that its rules do not allow."""
    names = imports_of(source)
    wrong = {name for name in names if name.split(".")[0] in FORBIDDEN[room]}
    if room == "webapp":
        for name in names:
            module = ".".join(name.split(".")[:2])
            if module.startswith("captioner.") and module not in WEBAPP_MAY_SEE:
                wrong.add(name)
    return wrong


def sources() -> list[tuple[str, Path]]:
    return [(room, path) for room in FORBIDDEN for path in sorted((ROOT / room).rglob("*.py"))]


@pytest.mark.parametrize(("room", "path"), sources(), ids=lambda value: str(getattr(value, "name", value)))
def test_a_room_imports_only_what_it_may(room, path):
    assert wrong_arrows(room, path.read_text(encoding="utf-8")) == set()


@pytest.mark.parametrize(
    ("room", "source"),
    [
        ("captioner", "from django.conf import settings"),
        ("captioner", "def f():\n    import worker.engine"),
        ("webapp", "import torch"),
        ("webapp", "from worker import tasks"),
        ("webapp", "from captioner.captioner import Captioner"),
        ("webapp", "from captioner import checkpoint"),
    ],
)
def test_a_wrong_arrow_is_seen(room, source):
    assert wrong_arrows(room, source)


@pytest.mark.parametrize("path", [path for _, path in sources()], ids=lambda path: path.name)
def test_optional_libraries_are_imported_only_where_they_are_used(path):
    tops = {name.split(".")[0] for node in module_level(path) for name in imports_of(ast.unparse(node))}
    assert not tops & OPTIONAL, "import it inside the function: the service runs without it"


def module_level(path: Path) -> list[ast.stmt]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]


def loaded_after(code: str) -> set[str]:
    """Top-level modules loaded in a fresh interpreter after running the code."""
    script = f"{code}\nimport sys; print('\\n'.join(sorted({{name.split('.')[0] for name in sys.modules}})))"
    result = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(result.stdout.split())


def test_the_web_process_never_loads_torch():
    code = (
        "import os; os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'tests.settings')\n"
        "import django; django.setup()\n"
        "from django.urls import get_resolver; get_resolver().reverse_dict\n"
        "import webapp.wsgi"
    )
    loaded = loaded_after(code)
    assert "django" in loaded
    assert not loaded & {"torch", "torchvision", "worker", "safetensors", "transformers"}


def test_the_worker_package_loads_torch_only_when_it_captions():
    loaded = loaded_after("import worker")
    assert "celery" in loaded
    assert not loaded & {"torch", "torchvision"}


def test_importing_the_captioner_is_cheap():
    loaded = loaded_after("import captioner")
    assert not loaded & {"torch", "torchvision", "PIL", "numpy", "django", "celery"}
