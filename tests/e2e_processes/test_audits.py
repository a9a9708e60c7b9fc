"""A page with a thousand images, whose workers are killed while they fetch, look and describe."""

import json
import threading

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
