"""The network under the HTTP client: it dials the vetted addresses alone, and keeps time and bytes in bounds."""

import socket
import ssl
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import httpcore2

from webapp.fetch.addresses import Address, read_address
from webapp.fetch.deadline import Deadline
from webapp.fetch.errors import BadResponse, FetchError, FetchTimeout, TlsFailed, Unreachable
from webapp.fetch.limits import Limits

# From an address, a port and seconds to a connected socket; OSError where there is none.
Dial = Callable[[Address, int, float], socket.socket]

_MAX_TRIES = 6  # a name may have any number of addresses, and whoever owns it decides whom we knock at


def dial(address: Address, port: int, seconds: float) -> socket.socket:
    """Connects to the address itself. No name is resolved any more, and no proxy is asked."""
    connection = socket.socket(socket.AF_INET if address.version == 4 else socket.AF_INET6, socket.SOCK_STREAM)
    try:
        connection.settimeout(seconds)
        connection.connect((str(address), port))
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except BaseException:
        connection.close()
        raise
    return connection


class VettedNetwork(httpcore2.NetworkBackend):
    """A backend for one request: whatever host it is asked for, it goes to the given addresses."""

    def __init__(self, addresses: Sequence[Address], limits: Limits, deadline: Deadline, dial: Dial = dial) -> None:
        self._addresses = _by_turns(addresses)[:_MAX_TRIES]
        self._limits = limits
        self._deadline = deadline
        self._dial = dial
        self.meter = Meter(limits.max_header_bytes)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """The first of the addresses that answers.

        Raises:
            Unreachable: none does, or the connection came to stand with somebody else.
        """
        detail = ""
        for address in self._addresses:
            try:
                connection = self._dial(address, port, self._deadline.within(self._limits.connect_seconds))
            except (OSError, FetchTimeout) as error:  # also the latter: without a connection all is "unreachable"
                detail = f"{host} at {address}, port {port}: {getattr(error, 'detail', '') or error}"
                continue
            try:
                _check_peer(connection, address)
            except BaseException:
                connection.close()
                raise
            return VettedStream(connection, self._limits, self._deadline, self.meter)
        raise Unreachable(detail=detail)


class Meter:
    """Bytes that may still come. It begins with those of the headers; the body's are granted when they have come."""

    def __init__(self, allowance: int) -> None:
        self.left = allowance
        self.in_body = False

    def grant_body(self, max_bytes: int) -> None:
        """Room for a body of this size in the worst of reasonable framings."""
        self.left += 2 * max_bytes + 65_536
        self.in_body = True


class VettedStream(httpcore2.NetworkStream):
    """A connection whose every wait is bounded by the deadline, and whose every byte is counted.

    Errors are ours, save those while writing: the client looks for an answer after them, since servers refuse early.
    """

    def __init__(self, connection: socket.socket, limits: Limits, deadline: Deadline, meter: Meter) -> None:
        self._connection = connection
        self._limits = limits
        self._deadline = deadline
        self._meter = meter

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Some bytes, none at the end.

        Raises:
            FetchTimeout: nothing comes, or the whole takes too long.
            BadResponse: the connection broke, or more comes than any answer needs.
        """
        if self._meter.left <= 0:
            raise BadResponse(detail="endless framing of the body" if self._meter.in_body else "endless headers")
        try:
            self._connection.settimeout(self._deadline.within(self._limits.read_seconds))
            data = self._connection.recv(min(max_bytes, self._meter.left))
        except TimeoutError as error:
            raise FetchTimeout(detail="no more bytes came") from error
        except OSError as error:
            raise BadResponse(detail=f"while reading: {error}") from error
        self._meter.left -= len(data)
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Sends all of it.

        Raises:
            FetchTimeout: the other side does not take it in time.
            httpcore2.WriteError: the connection broke.
        """
        try:
            self._connection.settimeout(self._deadline.within(self._limits.read_seconds))
            self._connection.sendall(buffer)
        except TimeoutError as error:
            raise FetchTimeout(detail="the request was not taken") from error
        except OSError as error:
            raise httpcore2.WriteError(str(error)) from error

    def close(self) -> None:
        """Closes the connection, without waiting for the other side."""
        self._connection.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        """The same connection under TLS. The certificate must be the host name's; Python bounds the whole handshake.

        Raises:
            FetchTimeout: the handshake takes too long.
            TlsFailed: the certificate or the protocol will not do.
            BadResponse: the connection broke.
        """
        try:
            self._connection.settimeout(self._deadline.within(self._limits.connect_seconds))
            wrapped = ssl_context.wrap_socket(self._connection, server_hostname=server_hostname)
        except (OSError, ValueError) as error:  # the latter: a name that no certificate could have
            self.close()
            raise _tls_trouble(error) from error
        except BaseException:
            self.close()
            raise
        return VettedStream(wrapped, self._limits, self._deadline, self._meter)

    def get_extra_info(self, info: str) -> Any:
        """Nothing. The client asks for the TLS object to learn whether HTTP/2 was agreed upon, which we never offer."""
        return None


def _tls_trouble(error: OSError | ValueError) -> FetchError:
    if isinstance(error, TimeoutError):
        return FetchTimeout(detail="the TLS handshake did not end")
    if isinstance(error, ssl.SSLError | ValueError):
        return TlsFailed(detail=str(error))
    return BadResponse(detail=f"in the TLS handshake: {error}")


def _check_peer(connection: socket.socket, address: Address) -> None:
    """Whom we reached is whom we vetted. Nothing we know of breaks this; it is cheap, and the last look we have."""
    try:
        peer = read_address(connection.getpeername()[0])
    except (OSError, ValueError) as error:
        raise Unreachable(detail=f"{address} was dialled, and then: {error}") from error
    if peer != address:
        raise Unreachable(detail=f"{address} was dialled, and {peer} answered")


def _by_turns(addresses: Sequence[Address]) -> list[Address]:
    """The families by turns, so that one that leads nowhere from here cannot use up the tries."""
    first = [address for address in addresses if address.version == addresses[0].version]
    second = [address for address in addresses if address.version != addresses[0].version]
    turns: list[Address] = []
    for index in range(len(addresses)):
        turns += first[index : index + 1] + second[index : index + 1]
    return turns
