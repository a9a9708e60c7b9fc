"""The card of the model that this service runs, as HTML: the same text that lies beside the checkpoint."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from captioner.model_names import named_folder, shipped_folder, transformers_name

CARD = "MODEL_CARD.md"


def model_folder() -> Path | None:
    """The folder of the model that the settings name; None for a model known by a name alone."""
    name = transformers_name(settings.CAPTIONER_MODEL)
    if name is not None:
        return named_folder(name)
    return Path(settings.CAPTIONER_MODEL) if settings.CAPTIONER_MODEL else shipped_folder()


def model_card() -> SafeString | None:
    """The card as HTML with one ``h1``; None where the model has none."""
    folder = model_folder()
    path = folder / CARD if folder else None
    if path is None or not path.is_file():
        return None
    return _rendered(path, path.stat().st_mtime_ns)


def plot(name: str) -> bytes | None:
    """A PNG beside the card; None where there is none of that name."""
    folder = model_folder()
    if folder is None or not name.endswith(".png"):
        return None
    try:
        return (folder / name).read_bytes()
    except OSError:
        return None


@lru_cache(maxsize=2)
def _rendered(path: Path, mtime_ns: int) -> SafeString:
    # Cards come from whoever trained the model: their HTML is shown as text.
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    for name, rule in _RULES.items():
        markdown.add_render_rule(name, rule)
    return mark_safe(markdown.render(path.read_text(encoding="utf-8")))  # noqa: S308


def _table_open(renderer: RendererHTML, tokens: Sequence[Token], place: int, options: OptionsDict, env: EnvType) -> str:
    """A table may be wider than a small window: it scrolls by itself, by keyboard too."""
    before = tokens[: place + 1]
    number = sum(token.type == "table_open" for token in before)
    heading = next((at for at in reversed(range(place)) if before[at].type == "heading_open"), None)
    name = f"Table {number}" if heading is None else f"Table {number}, {before[heading + 1].content}"
    return format_html('<div class="table-scroll" role="group" aria-label="{}" tabindex="0"><table>', name)


def _table_close(*_: Any) -> str:
    return "</table></div>"


def _image(renderer: RendererHTML, tokens: Sequence[Token], place: int, options: OptionsDict, env: EnvType) -> str:
    name = Path(str(tokens[place].attrs["src"])).name
    if not name:
        return ""
    source = reverse("pages:model-plot", args=[name])
    return format_html('<img src="{}" alt="{}">', source, tokens[place].content)


_RULES = {"table_open": _table_open, "table_close": _table_close, "image": _image}
