"""Real servers on loopback that answer as a test says, well or badly, and remember what they were asked."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field

# Loopback has many addresses. One of them is allowed in the tests and stands for the web, another for what is refused.
WEB, INSIDE = "127.0.0.2", "127.0.0.1"

Answer = bytes | Iterable[bytes]


@dataclass
class Request:
    line: str
    headers: dict[str, str]
    body: bytes

    @property
    def path(self) -> str:
        return self.line.split(" ")[1]


@dataclass
class Server:
    """Answers each connection's one request in a thread of its own. ``address`` decides who can reach it."""

    answer: Callable[[Request], Answer]
    address: str = WEB
    port: int = 0
    context: ssl.SSLContext | None = None
    raw: Callable[[socket.socket], object] | None = None  # has the connection to itself, instead of HTTP
    requests: list[Request] = field(default_factory=list)
    connections: int = 0

    def __enter__(self):
        self._stop = threading.Event()
        self._listener = socket.create_server((self.address, self.port))
        self.port = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(5)

    def url(self, path: str = "/", *, scheme: str = "http", host: str = "") -> str:
        return f"{scheme}://{host or self.address}:{self.port}{path}"

    def _accept(self):
        while not self._stop.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        with connection, suppress(OSError):
            connection.settimeout(10)
            if self.raw is not None:
                self.raw(connection)
                return
            if self.context is not None:
                connection = self.context.wrap_socket(connection, server_side=True)
            request = _read(connection)
            if request is None:
                return
            self.requests.append(request)
            answer = self.answer(request)
            for piece in [answer] if isinstance(answer, bytes) else answer:
                if self._stop.is_set():
                    return
                connection.sendall(piece)
            with suppress(OSError):
                connection.shutdown(socket.SHUT_WR)
            while connection.recv(65_536):  # closing with unread bytes would reset what was sent
                pass


def _read(connection) -> Request | None:
    data = b""
    while b"\r\n\r\n" not in data:
        more = connection.recv(65_536)
        if not more:
            return None
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    line, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, value in (one.split(": ", 1) for one in lines)}
    while len(body) < int(headers.get("content-length", 0)):
        body += connection.recv(65_536)
    return Request(line, headers, body)


def http(status: int | str, body: bytes = b"", **headers: str) -> bytes:
    """A well-made answer; underscores in names of headers become hyphens."""
    lines = [f"HTTP/1.1 {status} Anything"]
    lines += [
        f"{name.replace('_', '-')}: {value}" for name, value in ({"Content_Length": str(len(body))} | headers).items()
    ]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def redirect(location: str, status: int = 302) -> bytes:
    return http(status, Location=location)
