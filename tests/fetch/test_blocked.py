"""No way leads inside: not by name, by number, by redirect, nor by a name server that changes its mind."""

# ruff: noqa: RUF001 - letters that look like others are the point

import logging
import socket
import threading
from ipaddress import ip_network
from itertools import chain, repeat

import pytest

from tests.fetch.servers import INSIDE, WEB, http, redirect
from webapp.fetch import errors
from webapp.fetch.connect import dial
from webapp.fetch.errors import FetchError, RedirectRefused, TooManyRedirects, Unreachable, UrlInvalid
from webapp.fetch.resolve import _MOST_THREADS, _THREADS, resolve, system_resolver

ODD_NUMBERS = [
    *("127.0.0.1", "127.1", "127.0.1", "0x7f.1", "0x7f000001", "0x7F.0x0.0x0.0x1", "2130706433", "017700000001"),
    *("0177.0.0.1", "0177.1", "127.0.0.0x1", "0", "0.0.0.0", "00.00.00.00", "0x0", "4294967295", "0xffffffff"),
    *("0xa.1", "012.0.0.1", "167772161", "192.168.257", "0xc0a80101", "2852039166", "0xa9fea9fe"),
    *("0251.0376.0251.0376", "0251.254.0xa9fe", "169.16689662"),
    *("１２７.０.０.１", "127。0。0。1", "①②⑦.⓪.⓪.①", "１２７．１", "０ｘ７ｆ．１"),
    *("[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]"),
    "[2002:7f00:1::]",
    *("[fe80::1]", "[fec0::1]", "[fd00:ec2::254]", "[::ffff:169.254.169.254]", "[0:0:0:0:0:ffff:a00:1]"),
    *("localhost", "LOCALHOST", "localhost.", "ℓocalhost"),
]


@pytest.mark.parametrize("host", ODD_NUMBERS)
def test_a_host_that_leads_inside_is_unreachable_however_it_is_spelled(fetcher, dialled, host):
    """With the system's own resolver, since it is the system that reads odd numbers."""
    with pytest.raises(Unreachable) as caught:
        fetcher(resolver=system_resolver).get(f"http://{host}/")
    assert dialled == []
    assert "refused" in caught.value.detail or "not resolved" in caught.value.detail


@pytest.mark.parametrize("host", ODD_NUMBERS[:8])
def test_these_numbers_are_read_by_the_system_as_this_machine(host):
    assert system_resolver(host) == ["127.0.0.1"]


@pytest.mark.parametrize(
    "answers",
    [
        ["10.0.0.1"],
        ["169.254.169.254"],
        [WEB, "10.0.0.1"],
        ["10.0.0.1", WEB],
        [WEB, "::1"],
        ["8.8.8.8", "1.1.1.1", "2606:4700::1111", "100.64.0.1"],
        [WEB, "fe80::1%eth0"],
        [WEB, "no address"],
        [],
    ],
)
def test_one_bad_answer_speaks_against_the_name(fetcher, names, dialled, answers):
    names.answers["mixed.test"] = [answers]
    with pytest.raises(Unreachable):
        fetcher().get("http://mixed.test/")
    assert dialled == []


def test_a_name_is_resolved_once_and_what_was_vetted_is_dialled(serve, fetcher, names, dialled):
    """Rebinding: the second answer of the name server leads inside, where a server waits on the same port."""
    web = serve(http(200, b"web"))
    inside = serve(http(200, b"inside"), address=INSIDE, port=web.port)
    names["rebinding.test"] = [[WEB], [INSIDE]]
    fetch = fetcher(web).get
    assert fetch(web.url(host="rebinding.test")).body == b"web"
    assert names.asked == ["rebinding.test"]
    with pytest.raises(Unreachable):
        fetch(web.url(host="rebinding.test"))
    assert dialled == [WEB]
    assert inside.connections == 0


def test_each_hop_is_resolved_and_vetted_anew(serve, fetcher, names, dialled):
    web = serve(redirect("/again"))
    inside = serve(http(200), address=INSIDE, port=web.port)
    names["rebinding.test"] = [[WEB], [INSIDE]]
    with pytest.raises(Unreachable):
        fetcher(web).get(web.url(host="rebinding.test"))
    assert dialled == [WEB]
    assert inside.connections == 0


@pytest.mark.parametrize(
    "location",
    [
        "http://169.254.169.254/latest/meta-data/",
        "//127.0.0.1/",
        "http://[::1]/",
        "http://0x7f.1/",
        "http://localhost/",
        "http://inside.test/",
        "https://[64:ff9b::a9fe:a9fe]/",
    ],
)
def test_a_redirect_inside_ends_like_any_address_that_cannot_be_reached(serve, fetcher, names, dialled, location):
    server = serve(redirect(location))
    names["inside.test"] = ["10.0.0.7"]
    with pytest.raises(Unreachable):
        fetcher(server).get(server.url())
    assert dialled == [WEB]


@pytest.mark.parametrize("location", ["http://127.0.0.2:22/", "file:///etc/passwd", "gopher://127.0.0.2/", "//a@b/"])
def test_a_redirect_to_another_port_or_scheme_is_refused(serve, fetcher, location):
    server = serve(redirect(location))
    with pytest.raises(RedirectRefused):
        fetcher(server).get(server.url())


@pytest.mark.parametrize("hops", [["/a", "/b"], ["/a"]])
def test_a_circle_of_redirects_is_told(serve, fetcher, hops):
    onward = dict(zip(hops, hops[1:] + hops[:1], strict=True))
    server = serve(lambda request: redirect(onward[request.path]))
    with pytest.raises(TooManyRedirects) as caught:
        fetcher(server).get(server.url(hops[0]))
    assert caught.value.code == "too_many_redirects"
    assert len(server.requests) == len(hops)


def test_endless_redirects_end(serve, fetcher):
    server = serve(lambda request: redirect(request.path + "x"))
    with pytest.raises(TooManyRedirects):
        fetcher(server, max_redirects=3).get(server.url())
    assert len(server.requests) == 4


def test_as_many_redirects_as_allowed_are_followed(serve, fetcher):
    server = serve(lambda request: http(200) if request.path == "/xxx" else redirect(request.path + "x"))
    assert len(fetcher(server, max_redirects=3).get(server.url()).redirects) == 3


def test_another_port_is_refused_without_a_look_at_the_name(fetcher, names):
    with pytest.raises(UrlInvalid):
        fetcher().get("http://site.test:22/")
    assert names.asked == []


def test_who_answers_must_be_who_was_dialled(serve, fetcher):
    inside = serve(http(200), address=INSIDE)

    def astray(address, port, seconds):
        return dial(type(address)(INSIDE), port, seconds)

    with pytest.raises(Unreachable) as caught:
        fetcher(inside, dial=astray).get(inside.url(host="site.test"))
    assert "127.0.0.2 was dialled, and 127.0.0.1 answered" in caught.value.detail
    assert inside.requests == []


def outward(error):
    """All that anybody outside may see of an error."""
    return type(error), error.code, error.message, str(error), error.args, error.may_pass


def free_port(address):
    with socket.create_server((address, 0)) as probe:
        return probe.getsockname()[1]


def test_refused_and_silent_look_alike(fetcher, names, caplog):
    """No map of this network: what is refused, unknown, closed, filtered or stopped in DNS ends in the same words."""
    names["inside.test"] = ["10.0.0.1"]
    closed = free_port(WEB)

    def filtered(address, port, seconds):
        raise TimeoutError("timed out")

    cases = [
        lambda: fetcher().get("http://inside.test/"),
        lambda: fetcher().get("http://127.0.0.1/"),
        lambda: fetcher().get("http://unknown.test/"),
        lambda: fetcher(ports=frozenset([closed])).get(f"http://{WEB}:{closed}/"),
        lambda: fetcher(dial=filtered).get("http://site.test/"),
        lambda: fetcher(clock=chain([0.0] * 4, repeat(99.0)).__next__).get("https://site.test/"),  # over while dialling
    ]
    seen = set()
    with caplog.at_level(logging.INFO, "webapp.fetch"):
        for case in cases:
            with pytest.raises(FetchError) as caught:
                case()
            seen.add(outward(caught.value))
    assert len(seen) == 1
    assert len({message.partition("unreachable")[2] for message in caplog.messages}) == len(cases)  # the log tells more


def test_every_error_has_a_code_of_its_own_and_a_sentence():
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, FetchError)]
    assert len({kind.code for kind in kinds}) == len(kinds) >= 11
    for kind in kinds:
        of_number = kind in (errors.HttpStatus, errors.NotYet)
        error = kind(404, detail="a secret") if of_number else kind(detail="a secret")
        assert error.message.endswith(".")
        assert "a secret" not in f"{error}{error!r}{error.args}"


def test_addresses_are_tried_in_turn(serve, fetcher, names, dialled):
    server = serve(http(200, b"here"))
    names["two.test"] = ["::1", "127.0.0.3", "127.0.0.4", WEB]
    reach = [ip + "/32" for ip in ("127.0.0.3", "127.0.0.4", WEB)] + ["::1/128"]
    fetched = fetcher(server, private=tuple(map(ip_network, reach))).get(server.url(host="two.test"))
    assert fetched.body == b"here"
    assert dialled == ["::1", "127.0.0.3", "127.0.0.4", WEB]


def test_families_take_turns_and_there_is_an_end_to_tries(fetcher, names, dialled):
    names["many.test"] = [f"2606:4700::{number}" for number in range(1, 9)] + ["8.8.8.8", "8.8.4.4"]
    tried = []

    def nobody(address, port, seconds):
        tried.append(str(address))
        raise OSError("unreachable")

    with pytest.raises(Unreachable):
        fetcher(dial=nobody).get("http://many.test/")
    assert tried == ["2606:4700::1", "8.8.8.8", "2606:4700::2", "8.8.4.4", "2606:4700::3", "2606:4700::4"]


def test_a_name_server_that_never_answers_costs_no_more_than_its_time():
    never, asked = threading.Event(), threading.Event()

    def silent(host):
        asked.set()
        never.wait(30)
        return [WEB]

    with pytest.raises(Unreachable) as caught:
        resolve("slow.test", silent, 0.05)
    assert "not resolved within" in caught.value.detail
    assert asked.is_set()
    never.set()


def test_no_more_threads_wait_than_may():
    never = threading.Event()
    for _ in range(_MOST_THREADS):
        assert _THREADS.acquire(timeout=60)  # those of tests before may still be waiting
    try:
        with pytest.raises(Unreachable) as caught:
            resolve("slow.test", lambda host: never.wait(30) or [], 0.01)
        assert "too many names" in caught.value.detail
    finally:
        _THREADS.release(_MOST_THREADS)
        never.set()
    assert resolve("fine.test", lambda host: ["8.8.8.8"], 5)


def test_the_system_is_asked_in_a_thread_that_may_be_left(fetcher, monkeypatch):
    """Where the system's resolver hangs, which nothing can stop, the fetch does not."""
    never = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **options: never.wait(30) or [])
    with pytest.raises(Unreachable):
        fetcher(resolver=system_resolver, resolve_seconds=0.05).get("http://site.test/")
    never.set()


def test_a_mistake_in_a_resolver_is_not_hidden(fetcher):
    def broken(host):
        raise KeyError(host)

    with pytest.raises(KeyError):
        fetcher(resolver=broken).get("http://site.test/")
