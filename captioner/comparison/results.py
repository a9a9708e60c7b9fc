"""What was measured already, on disk, so that an interrupted comparison goes on where it stopped."""

from __future__ import annotations

import hashlib
import json
import shutil
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Results:
    """A folder of JSON files, each a result and all that it depends on."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, kind: str, about: dict[str, Any], measure: Callable[[], Any]) -> Any:
        """The result of that kind about the same things, measured if it is not there yet.

        about, and what `measure` returns: plain values, as JSON has them.
        """
        return self.get_in_parts(kind, about, lambda parts: measure())

    def get_in_parts(self, kind: str, about: dict[str, Any], measure: Callable[[Path], Any]) -> Any:
        """The same of something that takes long: `measure` may keep what is done of it in a folder for itself.

        The folder is removed when the result is there.
        """
        about = {"kind": kind, **about}
        name = hashlib.sha256(json.dumps(about, sort_keys=True).encode()).hexdigest()[:16]
        path = self._folder / f"{kind}-{name}.json"
        if path.is_file():
            return json.loads(path.read_text(encoding="utf-8"))["result"]
        parts = path.with_suffix(".parts")
        result = measure(parts)
        self._folder.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part")
        unfinished.write_text(json.dumps({"about": about, "result": result}, indent=1), encoding="utf-8")
        unfinished.replace(path)
        shutil.rmtree(parts, ignore_errors=True)
        return result
