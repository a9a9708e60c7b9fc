"""The address that the service listens on."""

import errno
import ipaddress
import socket
from dataclasses import dataclass
from typing import Self

from webapp.serving.errors import ServingError


@dataclass(frozen=True, slots=True)
class Address:
    """A host (a name, IPv4 or IPv6 address, without brackets) and a port."""

    host: str
    port: int

    @classmethod
    def parse(cls, text: str, *, default_port: int) -> Self:
        """Reads ``HOST``, ``HOST:PORT``, ``:PORT``, ``[IPv6]`` or ``[IPv6]:PORT``.

        Raises:
            ServingError: it is none of these.
        """
        if text.startswith("["):
            host, _, rest = text[1:].partition("]")
            port = rest.removeprefix(":")
        elif text.count(":") > 1:
            host, port = text, ""
        else:
            host, _, port = text.partition(":")
        if port and not (port.isdecimal() and 0 < int(port) < 65536):
            raise ServingError(f"{text!r} is no address. Write for example 127.0.0.1:8000 or [::1]:8000.")
        return cls(host or "127.0.0.1", int(port) if port else default_port)

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach it."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    @property
    def here(self) -> str:
        """The host and port by which this machine itself reaches it."""
        everywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  (read, not bound)
        return str(Address(everywhere.get(self.host, self.host), self.port))

    @property
    def url(self) -> str:
        """The URL of the service for a person on this machine."""
        return f"http://{self.here}"

    def ensure_free(self) -> None:
        """Binds the address for a moment.

        Raises:
            ServingError: another program listens there, or the address is not one of this machine's.
        """
        try:
            family, kind, protocol, _, target = socket.getaddrinfo(
                self.host, self.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
            )[0]  # fmt: skip
            with socket.socket(family, kind, protocol) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(target)
        except OSError as error:
            raise ServingError(self._reason(error)) from error

    def _reason(self, error: OSError) -> str:
        if error.errno == errno.EADDRINUSE:
            return (
                f"Port {self.port} is in use by another program. Stop that program, or choose another port: "
                f"make run PORT={self.port + 1 if self.port < 65535 else 8000}"
            )
        if error.errno == errno.EACCES:
            return f"Port {self.port} is reserved for the administrator. Choose one above 1023: make run PORT=8000"
        return f"Captioner cannot listen on {self}: {error.strerror or error}. Check HOST, PORT or --bind."
