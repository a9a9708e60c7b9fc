"""The DevTools protocol over a pipe: JSON messages, each ended by a NUL."""

import json
import os
import select
from typing import Any

from webapp.fetch.errors import BrowserFailed

Message = dict[str, Any]
_LONGEST = 64_000_000  # bytes of one message


class Pipe:
    """Commands go out numbered, and answers and events come in. For one thread.

    Raises BrowserFailed where the browser is gone.
    """

    def __init__(self, read: int, write: int) -> None:
        self._read, self._write = read, write
        self._rest = bytearray()
        self._number = 0
        os.set_blocking(write, False)  # a browser that does not read must not hold us
        os.set_blocking(read, False)

    def send(self, method: str, session: str = "", **parameters: Any) -> int:
        """Sends a command and returns its number."""
        self._number += 1
        message: Message = {"id": self._number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        self._send(json.dumps(message).encode() + b"\0")
        return self._number

    def receive(self, seconds: float) -> list[Message]:
        """The messages that come within so many seconds; as soon as there are some."""
        if select.select([self._read], [], [], seconds)[0]:
            self._take_in()
        *whole, rest = self._rest.split(b"\0")
        self._rest = rest
        return [json.loads(message) for message in whole]

    def close(self) -> None:
        """Closes both ends."""
        os.close(self._read)
        os.close(self._write)

    def _send(self, data: bytes) -> None:
        left = memoryview(data)
        while left:
            if not select.select([], [self._write], [], 5.0)[1]:
                raise BrowserFailed(detail="the browser takes no commands")
            try:
                left = left[os.write(self._write, left[:65_536]) :]
            except BlockingIOError:
                self._take_in()
            except BrokenPipeError as error:
                raise BrowserFailed(detail="the browser is gone") from error

    def _take_in(self) -> None:
        try:
            data = os.read(self._read, 1_000_000)
        except BlockingIOError:
            return
        if not data or len(self._rest) + len(data) > _LONGEST:
            raise BrowserFailed(detail="the browser is gone, or tells too much")
        self._rest += data
