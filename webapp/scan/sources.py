"""From what somebody names to pages: a file, or a folder that stands for a site. The one place to add other sources."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote

from webapp.scan.charset import charset_of_file
from webapp.scan.errors import PageTooLarge, SourceUnreadable
from webapp.scan.page import LARGEST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_ENDINGS: Final = frozenset((".html", ".htm", ".xhtml", ".shtml"))


@dataclass(frozen=True, slots=True)
class Loaded:
    """A page as it came, or why it did not come. name: how reports call it. address: what its links are resolved by.

    charset: of the transport. exists: as for `webapp.scan.page.read`.
    """

    name: str
    html: bytes = b""
    address: str = ""
    charset: str | None = None
    exists: Callable[[str], bool | None] | None = field(default=None, repr=False)
    error: SourceUnreadable | PageTooLarge | None = None


def pages_of(source: str, root: Path | None = None) -> Iterator[Loaded]:
    """The pages of a file or folder, in the order of their names. root: the folder that "/" means; the source's own.

    Raises:
        SourceUnreadable: there is no such file or folder, or no page in it.
    """
    if "://" in source:
        raise SourceUnreadable(f"{source} is no file or folder. Save the page, and give the file.")
    path = Path(source)
    if not source.strip():
        raise SourceUnreadable("No file, folder or address was named. Give one; . is this folder.")
    if not path.exists():
        raise SourceUnreadable(f"{source} is not there. Check the path.")
    folder = root or (path if path.is_dir() else path.parent)
    files = [path] if path.is_file() else sorted(one for one in path.rglob("*") if one.suffix.lower() in _ENDINGS)
    if not files:
        raise SourceUnreadable(f"There is no page in {source}. Pages are files that end in .html or .htm.")
    return (_loaded(file, folder) for file in files)


def _loaded(file: Path, folder: Path) -> Loaded:
    name = file.as_posix()
    try:
        if file.stat().st_size > LARGEST:
            return Loaded(name, error=PageTooLarge(f"{name} is larger than {LARGEST:,} bytes. Scan its parts."))
        html = file.read_bytes()
        inside = file.resolve().relative_to(folder.resolve()).as_posix()
    except OSError as error:
        return Loaded(name, error=SourceUnreadable(f"{name} cannot be read: {error.strerror}. Check its rights."))
    except ValueError:
        inside = file.name
    return Loaded(name, html, "/" + quote(inside), charset_of_file(html), _known_in(folder.resolve()))


def _known_in(folder: Path) -> Callable[[str], bool | None]:
    """Tells of addresses in the folder whether there is such a file; of others nothing is known."""

    def exists(address: str) -> bool | None:
        if address.startswith("data:"):
            return True
        if not address.startswith("/") or address.startswith("//"):
            return None
        try:
            file = (folder / unquote(address.partition("?")[0].partition("#")[0]).lstrip("/")).resolve()
            return file.is_relative_to(folder) and file.is_file()
        except (OSError, ValueError):
            return False

    return exists
