"""The fetcher of the installation: nothing private unless the operator says so, and no Django below it."""

import subprocess
import sys
from ipaddress import ip_network
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.fetch.servers import http
from webapp import checks, env
from webapp.fetch import from_settings
from webapp.fetch.errors import Unreachable, UrlInvalid

ROOT = Path(__file__).resolve().parent.parent.parent


def test_nothing_private_is_fetched_by_default(serve):
    limits = from_settings.limits()
    assert limits.private == () and limits.ports == frozenset()
    server = serve(http(200), address="127.0.0.1")
    with pytest.raises(UrlInvalid):
        from_settings.fetcher().get(server.url())
    with pytest.raises(Unreachable):
        from_settings.fetcher().get("http://127.0.0.1/")
    assert server.connections == 0


def test_the_operator_may_open_a_network_and_a_port(serve, settings):
    server = serve(http(200, b"x" * 100))
    settings.CAPTIONER_FETCH_PRIVATE = (ip_network("127.0.0.2"),)
    settings.CAPTIONER_FETCH_PORTS = frozenset([server.port])
    settings.CAPTIONER_FETCH_CONTACT = "https://operator.example/"
    settings.CAPTIONER_FETCH_SECONDS = 7
    settings.CAPTIONER_FETCH_DELAY = 0
    settings.MAX_IMAGE_BYTES = 1000
    assert from_settings.fetcher().get(server.url()).body == b"x" * 100
    polite = from_settings.polite_fetcher()
    assert polite.get(server.url()).status == 200
    assert polite.fetcher.limits.total_seconds == 7
    assert polite.fetcher.limits.max_bytes == 1000
    assert "operator.example" in server.requests[-1].headers["user-agent"]


@pytest.mark.parametrize(
    ("value", "networks"),
    [("", ()), ("10.0.0.0/8", ("10.0.0.0/8",)), (" 10.1.2.3 , fd00::/8,", ("10.1.2.3/32", "fd00::/8"))],
)
def test_networks_are_read_from_a_list(monkeypatch, value, networks):
    monkeypatch.setenv("NETWORKS", value)
    assert env.env_networks("NETWORKS") == tuple(map(ip_network, networks))


def test_ports_are_read_from_a_list(monkeypatch):
    monkeypatch.setenv("PORTS", "8080, 8443")
    assert env.env_ports("PORTS") == {8080, 8443}


@pytest.mark.parametrize("value", ["10.0.0.1/8", "10.0.0.0/33", "intranet", "10.0.0.0/8 fd00::/8"])
def test_a_network_that_is_none_is_told(monkeypatch, value):
    monkeypatch.setenv("NETWORKS", value)
    with pytest.raises(ImproperlyConfigured, match="NETWORKS"):
        env.env_networks("NETWORKS")


@pytest.mark.parametrize("value", ["0", "65536", "http", "-1", "80.0", "²", "8080 8443"])
def test_a_port_that_is_none_is_told(monkeypatch, value):
    monkeypatch.setenv("PORTS", value)
    with pytest.raises(ImproperlyConfigured, match="PORTS"):
        env.env_ports("PORTS")


@pytest.mark.parametrize("contact", ["", "https://operator.example/a?b", "http://intranet/", "mailto:a@example.org"])
def test_a_contact_that_can_be_sent_is_let_be(settings, contact):
    settings.CAPTIONER_FETCH_CONTACT = contact
    assert checks.check_fetch(None) == []


@pytest.mark.parametrize(
    "contact", ["me", "https://a\r\nX: b", "https://a/)", "https://a/(", "https://a b", "https://é/"]
)
def test_a_contact_that_cannot_be_sent_is_found(settings, contact):
    settings.CAPTIONER_FETCH_CONTACT = contact
    (problem,) = checks.check_fetch(None)
    assert problem.id == "captioner.E010" and problem.hint


@pytest.mark.parametrize(
    ("network", "own"),
    [
        *(("10.0.0.0/8", False), ("fd12::/16", False), ("192.168.1.7", False)),
        *(("127.0.0.1", True), ("0.0.0.0/0", True), ("::/0", True), ("169.254.169.254", True), ("fd00:ec2::254", True)),
    ],
)
def test_a_network_with_this_machine_in_it_is_warned_of(settings, network, own):
    settings.CAPTIONER_FETCH_PRIVATE = (ip_network(network),)
    assert [problem.id for problem in checks.check_fetch(None)] == (["captioner.W011"] if own else [])


def test_the_fetcher_itself_needs_no_django():
    script = "import sys, webapp.fetch.polite_fetcher; print('django' in sys.modules, 'webapp.settings' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
