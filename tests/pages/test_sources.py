"""Rules that the sources of the pages keep, whatever they show."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SCRIPTS = sorted((ROOT / "static").rglob("*.js"))
STYLES = sorted((ROOT / "static").rglob("*.css"))


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_templates_need_no_leave_from_the_security_policy(path):
    html = path.read_text()

    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", html)
    assert all("src=" in script for script in re.findall(r"<script[^>]*>", html))


@pytest.mark.parametrize("path", TEMPLATES + SCRIPTS, ids=name)
def test_nothing_reloads_by_itself_or_silences_the_live_region(path):
    text = path.read_text()

    assert 'http-equiv="refresh"' not in text
    assert "aria-busy" not in text
    assert "autofocus" not in text
    assert "accesskey" not in text


@pytest.mark.parametrize("path", TEMPLATES + SCRIPTS + STYLES, ids=name)
def test_nothing_is_loaded_from_elsewhere(path):
    assert not re.search(r"(?:src|href|url\(|from|import)\s*[=(]?\s*[\"']?(?:https?:)?//", path.read_text())


@pytest.mark.parametrize("path", STYLES, ids=name)
def test_nothing_moves(path):
    assert not re.search(r"animation|transition|@keyframes|scroll-behavior", path.read_text())
