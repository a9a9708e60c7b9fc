"""From a name to addresses that may be connected to: asked once for each hop, and every answer must pass."""

import queue
import socket
import threading
from collections.abc import Callable, Sequence

from webapp.fetch.addresses import Address, read_address, why_refused
from webapp.fetch.errors import Unreachable
from webapp.fetch.limits import Network

# From a name, or a number however spelled, to addresses as text; OSError or ValueError where there are none.
Resolver = Callable[[str], Sequence[str]]

# getaddrinfo cannot be stopped, so a thread that waits for it is left behind until it returns by itself. So many may.
_MOST_THREADS = 32
_THREADS = threading.BoundedSemaphore(_MOST_THREADS)


def system_resolver(host: str) -> list[str]:
    """Asks the system, with its hosts file and name servers.

    As bytes, since Python would put a str through an old form of IDNA. Both families whatever this machine has: an
    address that it cannot use still speaks against the name.
    """
    return [str(answer[4][0]) for answer in socket.getaddrinfo(host.encode("ascii"), None, type=socket.SOCK_STREAM)]


def resolve(host: str, resolver: Resolver, seconds: float, private: tuple[Network, ...] = ()) -> list[Address]:
    """The addresses of a host, each once, in the order of the answer.

    Raises:
        Unreachable: there is none, one of them is refused, or no answer came in time.
    """
    answers = _ask(host, resolver, seconds)
    addresses: list[Address] = []
    for answer in answers:
        try:
            address = read_address(answer)
        except ValueError as error:
            raise Unreachable(detail=f"{host} resolves to {answer!r}: {error}") from error
        if reason := why_refused(address, private):
            raise Unreachable(detail=f"{host} resolves to {answer}, which is refused: {reason}")
        if address not in addresses:
            addresses.append(address)
    if not addresses:
        raise Unreachable(detail=f"{host} has no address")
    return addresses


def _ask(host: str, resolver: Resolver, seconds: float) -> Sequence[str]:
    """Calls the resolver in a thread of its own, for as long as there is time."""
    if not _THREADS.acquire(timeout=seconds):
        raise Unreachable(detail=f"{host} was not resolved: too many names wait for an answer")
    answers: queue.SimpleQueue[Sequence[str] | Exception] = queue.SimpleQueue()

    def work() -> None:
        try:
            answers.put(resolver(host))
        except Exception as error:  # whatever it is belongs to the asking thread
            answers.put(error)
        finally:
            _THREADS.release()

    try:
        threading.Thread(target=work, name="resolve", daemon=True).start()
    except RuntimeError as error:
        _THREADS.release()
        raise Unreachable(detail=f"{host} was not resolved: {error}") from error
    try:
        answer = answers.get(timeout=seconds)
    except queue.Empty:
        raise Unreachable(detail=f"{host} was not resolved within {seconds:.1f} s") from None
    if isinstance(answer, OSError | ValueError):
        raise Unreachable(detail=f"{host} was not resolved: {answer}") from answer
    if isinstance(answer, Exception):
        raise answer
    return answer
