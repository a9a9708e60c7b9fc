"""A page with a thousand images, whose workers are killed while they fetch, look and describe; and a second look."""

import json
import threading
import zlib

import pytest

from tests.e2e_processes.installation import wait_until
from tests.fetch.servers import Server, http
from tests.queue.pictures import photograph

pytestmark = pytest.mark.model

USES, PICTURES = 1000, 25
PAGE = "<h1>A thousand wheels</h1>" + "".join(f"<p>Wheel {n}<img src='/{n % PICTURES}.jpg'>" for n in range(USES))


class Site:
    """Answers slowly until it is told that a worker died of waiting."""

    def __init__(self):
        self.may_answer = threading.Event()

    def __call__(self, request):
        self.may_answer.wait(30)
        if request.path.endswith(".jpg"):
            return http(200, photograph(int(request.path[1:-4])), Content_Type="image/jpeg")
        return http(200, PAGE.encode(), Content_Type="text/html") if request.path == "/" else http(404)


def test_nothing_is_lost_or_doubled_when_workers_die(install):
    site = Site()
    with Server(site) as server:
        installation = install(
            CAPTIONER_FETCH_PRIVATE=f"{server.address}/32",
            CAPTIONER_FETCH_PORTS=str(server.port),
            CAPTIONER_FETCH_DELAY="0",
        )
        installation.start()
        audit = installation.post("/api/v1/pages", {"url": server.url("/")})
        installation.kill_worker("page_id IS NOT NULL")
        site.may_answer.set()
        wait_until(lambda: not installation.unfinished(), "the page is looked at")
        assert installation.rows("SELECT state, error_code FROM audit_page") == [("scanned", "")]
        assert installation.count("audit_use") == USES

        site.may_answer.clear()
        described = installation.post(f"/api/v1/pages/{audit['id']}/describe", {})
        assert described["images"] == PICTURES
        installation.kill_worker("queue = 'fetch' AND image_id IS NOT NULL")
        site.may_answer.set()
        installation.kill_worker("queue = 'caption'")
        wait_until(lambda: not installation.unfinished(), "all is described")
        assert installation.count("library_image WHERE state = 'suggested'") == PICTURES
        assert installation.count("library_inference") == PICTURES
        assert installation.count("audit_use WHERE image_id IS NOT NULL") == USES
        shown = json.loads(installation.get(audit["status_url"]))
        assert {use["suggestion"]["origin"] for use in shown["images"]} == {"picture"}
        assert installation.stop() == 0
        assert installation.processes() == []


class ChangingSite:
    """Two pages, each with two pictures; what is asked for is kept in `server.requests`."""

    def __init__(self):
        pictures = "<h1>{}</h1><p>Text.</p><img width=640 src=/{}.jpg><p>More.</p><img width=640 src=/{}.jpg>"
        self.pages = {
            "/": (pictures.format("One", 1, 2) + "<a href=/two>Two</a>").encode(),
            "/two": pictures.format("Two", 3, 4).encode(),
        }
        self.pictures = {f"/{n}.jpg": photograph(n) for n in range(1, 6)}

    def __call__(self, request):
        if request.path in self.pictures:
            data = self.pictures[request.path]
            tag = f'"{zlib.crc32(data)}"'
            if request.headers.get("if-none-match") == tag:
                return http(304, ETag=tag)
            return http(200, data, Content_Type="image/jpeg", ETag=tag)
        if request.path not in self.pages:
            return http(404)
        return http(200, self.pages[request.path], Content_Type="text/html")


def test_a_second_look_that_is_due_does_only_again_what_changed(install):
    """The whole service, with a schedule that comes due: a new image and another picture are described, no more."""
    site = ChangingSite()
    with Server(site) as server:
        installation = install(
            "watchful_settings",
            CAPTIONER_FETCH_PRIVATE=f"{server.address}/32",
            CAPTIONER_FETCH_PORTS=str(server.port),
            CAPTIONER_FETCH_DELAY="0",
        )
        installation.start()
        asked = {"url": server.url("/"), "depth": 1, "max_pages": 5, "schedule": "daily"}
        audit = installation.post("/api/v1/pages", asked)
        wait_until(lambda: not installation.unfinished(), "the pages are looked at")
        assert installation.post(f"/api/v1/pages/{audit['id']}/describe", {})["images"] == 4
        wait_until(lambda: not installation.unfinished(), "all is described")
        before = dict(installation.rows("SELECT address, image_id FROM audit_use"))

        site.pages["/two"] += b"<p>New.</p><img width=640 src=/5.jpg>"
        site.pictures["/1.jpg"] = photograph(11)
        installation.make_due(audit["id"])
        wait_until(lambda: installation.count("audit_audit WHERE looks = 2"), "the look is begun by itself")
        wait_until(lambda: not installation.unfinished(), "what changed is done")

        after = dict(installation.rows("SELECT address, image_id FROM audit_use"))
        changed = {address.rpartition("/")[2] for address in after if after[address] != before.get(address, "")}
        assert changed == {"1.jpg", "5.jpg"}
        assert after[server.url("/1.jpg")], "another picture is described afresh"
        assert after[server.url("/5.jpg")] is None, "a new image waits until somebody asks"
        assert installation.count("library_image") == 5
        assert installation.count("library_inference") == 5
        shown = json.loads(installation.get(audit["status_url"]))
        assert shown["changes"] == {
            "new": 1, "gone": 0, "text": 0, "same": 4, "new_pages": 0, "gone_pages": 0, "pictures": 1,
            "pictures_waiting": 0,
        }  # fmt: skip
        assert shown["next_look_at"] is not None
        assert installation.stop() == 0
