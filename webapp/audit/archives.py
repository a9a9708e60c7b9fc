"""A static site in a zip archive: its pages, and its files by their addresses. Nothing is ever unpacked to disk."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote

from django.conf import settings

from webapp.audit.errors import ArchiveUnusable, SourceTooLarge
from webapp.audit.models import Audit
from webapp.library.submit import Upload

ENTRIES = 20_000
_PAGES = frozenset((".html", ".htm", ".xhtml", ".shtml"))
_OF_MACS = "__MACOSX/"  # what Finder packs beside the files
_ENCRYPTED = 0x1


def uploaded(upload: Upload) -> bytes:
    """The bytes of an archive that somebody uploads. Raises SourceTooLarge where it was too large to be kept."""
    if upload.oversize:
        limit = f"{settings.MAX_ARCHIVE_BYTES // 1_000_000} MB"
        raise SourceTooLarge(f"The archive has {upload.oversize:,} bytes. Send one of at most {limit}.")
    return upload.data


class Archive:
    """The files of an archive as a web server would serve them: ``/a/b.html`` is the file ``a/b.html``, also where all
    lies in one folder of the archive.

    Args:
        source: the archive's bytes, or the file that holds them, of which only what is asked for is read.

    Raises:
        FileNotFoundError: there is no such file.
        ArchiveUnusable: it is no zip archive, or has too many files.
    """

    def __init__(self, source: bytes | Path) -> None:
        try:
            self._zip = zipfile.ZipFile(source if isinstance(source, Path) else io.BytesIO(source))
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise ArchiveUnusable("This is no zip archive that can be read. Make it anew.") from error
        entries = [one for one in self._zip.infolist() if not one.is_dir()]
        if len(entries) > ENTRIES:
            raise ArchiveUnusable(f"The archive has {len(entries):,} files. Send one with at most {ENTRIES:,}.")
        named = {one.filename.lstrip("/"): one for one in entries}
        named = {name: one for name, one in named.items() if not name.startswith(_OF_MACS)}
        self._folder = _only_folder(named)
        self._entries = {name.removeprefix(self._folder): one for name, one in named.items()}

    @property
    def pages(self) -> Iterator[str]:
        """The addresses of its pages, in the order of their names."""
        for name in sorted(self._entries):
            if PurePosixPath(name).suffix.lower() in _PAGES:
                yield "/" + quote(name)

    def __contains__(self, address: str) -> bool:
        return self._name(address) in self._entries

    def read(self, address: str, limit: int) -> bytes:
        """What lies at an address.

        Args:
            address: a path, perhaps with a query, which means nothing here.
            limit: bytes at most, whatever the archive says of itself.

        Raises:
            ArchiveUnusable: nothing is there, it is larger, encrypted or damaged.
        """
        entry = self._entries.get(self._name(address))
        if entry is None:
            raise ArchiveUnusable(f"{address} is not in the archive.")
        if entry.flag_bits & _ENCRYPTED:
            raise ArchiveUnusable(f"{address} is encrypted. Make the archive without a password.")
        try:
            with self._zip.open(entry) as file:
                data = file.read(limit + 1)
        except Exception as error:  # each way of compressing has errors of its own, without a common parent
            raise ArchiveUnusable(f"{address} is damaged in the archive. Make it anew.") from error
        if len(data) > limit:
            raise ArchiveUnusable(f"{address} is larger than {limit:,} bytes. Hand its parts over, or make it smaller.")
        return data

    def _name(self, address: str) -> str:
        name = unquote(address.partition("#")[0].partition("?")[0]).lstrip("/")
        return name if name in self._entries else name.removeprefix(self._folder)


def _only_folder(names: Iterable[str]) -> str:
    """The folder that everything lies in, as where a folder was packed and not what is in it; "" for none."""
    folders = {name.partition("/")[0] if "/" in name else "" for name in names}
    only = folders.pop() if len(folders) == 1 else ""
    return f"{only}/" if only not in ("", ".", "..") else ""


def archive_of(audit: Audit) -> Archive:
    """The archive that the audit is of. Raises FileNotFoundError where it was deleted."""
    return Archive(settings.ARCHIVES_DIR / audit.source_name)
