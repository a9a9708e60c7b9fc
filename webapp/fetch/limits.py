"""What a fetch may take and where it may go, handed in by whoever makes the fetcher."""

from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network

# The token that a robots.txt names us by (RFC 9309, section 2.2.1), and the start of our User-Agent.
PRODUCT = "Captioner"

Network = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of every single fetch; times in seconds by the monotonic clock, sizes in bytes.

    ``total_seconds`` holds for the whole of a fetch with its redirects, ``resolve_seconds`` and ``connect_seconds`` for
    each try, ``read_seconds`` for each wait for more bytes. ``private`` are networks that the operator allows though
    they are no part of the public Internet, ``ports`` are allowed beside 80 and 443. ``contact`` is an address (web or
    mail) under which the operator can be found, and goes into the User-Agent.
    """

    resolve_seconds: float = 5.0
    connect_seconds: float = 4.0
    read_seconds: float = 8.0
    total_seconds: float = 20.0
    max_bytes: int = 10_000_000
    max_header_bytes: int = 65_536
    max_redirects: int = 5
    max_url_length: int = 4_096
    private: tuple[Network, ...] = ()
    ports: frozenset[int] = frozenset()
    contact: str = ""

    @property
    def user_agent(self) -> str:
        """Who asks, and where to complain."""
        return f"{PRODUCT} (+{self.contact})" if self.contact else f"{PRODUCT} (self-hosted alt-text service)"

    def allows_port(self, port: int) -> bool:
        """Whether a fetch may go to this port."""
        return port in (80, 443) or port in self.ports
