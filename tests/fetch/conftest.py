"""A web of one address, a name server that answers as told, and a fetcher between them."""

import socket
import ssl
from contextlib import ExitStack
from ipaddress import ip_network

import pytest

from tests.fetch.servers import WEB, Server
from webapp.fetch.connect import dial
from webapp.fetch.fetcher import Fetcher
from webapp.fetch.limits import Limits
from webapp.fetch.resolve import system_resolver


class Names:
    """A name server. A name has one list of addresses for each time that it is asked; the last one stays."""

    def __init__(self):
        self.answers = {}
        self.asked = []

    def __setitem__(self, name, addresses):
        self.answers[name] = [addresses] if isinstance(addresses[0], str) else list(addresses)

    def __call__(self, host):
        self.asked.append(host)
        if host not in self.answers:
            if host[-1].isalpha():
                raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
            return system_resolver(host)  # numbers: this asks nobody
        answers = self.answers[host]
        return answers.pop(0) if len(answers) > 1 else answers[0]


@pytest.fixture
def names():
    names = Names()
    names["site.test"] = [WEB]
    return names


@pytest.fixture
def serve():
    """Starts servers; the answer may be bytes for every request."""
    with ExitStack() as stack:

        def start(answer, **options):
            function = answer if callable(answer) else lambda request: answer
            return stack.enter_context(Server(function, **options))

        yield start


@pytest.fixture(scope="session")
def nobody_is_trusted():
    """Reading the system's certificates takes a while, and few tests need any."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


@pytest.fixture
def dialled():
    """Every address that was connected to."""
    return []


@pytest.fixture
def fetcher(names, dialled, nobody_is_trusted):
    """Makes a fetcher to whom the one address is the web, on the ports of the given servers."""

    def spy(address, port, seconds):
        dialled.append(str(address))
        return dial(address, port, seconds)

    def make(*servers, dial=spy, ssl_context=nobody_is_trusted, resolver=names, clock=None, **limits):
        limits = {"private": (ip_network(f"{WEB}/32"),), "ports": frozenset(one.port for one in servers)} | limits
        more = {"clock": clock} if clock else {}
        return Fetcher(Limits(**limits), resolver=resolver, dial=dial, ssl_context=ssl_context, **more)

    return make
