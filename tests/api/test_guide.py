"""The guide ``docs/api.md`` is true: its commands are run by a shell against a live service, its problem is ours."""

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from captioner.bands import Withheld
from tests.library.drafts import draft_all
from tests.queue.pictures import photograph
from tests.services.servers import need
from webapp.accounts.keys import make_key
from webapp.accounts.owners import loopback_owner
from webapp.api.feedback import FeedbackRequest
from webapp.api.page_schemas import AuditOut, PageOut, PageRequest, UseOut
from webapp.api.problems import PROBLEMS
from webapp.api.schemas import CandidateOut, ImageOut, JobOut
from webapp.api.site_schemas import SiteOut
from webapp.audit.models import Use
from webapp.audit.start import start_html
from webapp.feedback.models import Report
from webapp.fetch.errors import FetchError
from webapp.library.decide import decide
from webapp.library.models import Image
from webapp.library.submit import Upload, examine, submit
from webapp.queue.claim import claim
from worker.fetching import Network, fetch_batch

FETCH_ERRORS = {error.code for error in FetchError.__subclasses__()}
GUIDE = (Path(__file__).resolve().parents[2] / "docs" / "api.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", GUIDE, re.DOTALL | re.MULTILINE)


@pytest.fixture
def shell(live_server, tmp_path, monkeypatch):
    """Runs a block in a folder with ``photo.jpg``, with what the guide assumes in its variables."""
    need("curl")
    # The worker, at the first moment somebody waits.
    monkeypatch.setattr("webapp.api.waiting.time.sleep", lambda seconds: draft_all())
    (tmp_path / "photo.jpg").write_bytes(photograph(1))
    (tmp_path / ".curlrc").write_text("silent\nfail-with-body\n", encoding="ascii")
    image, kept = submit(loopback_owner(), [examine(Upload("a.jpg", photograph(seed))) for seed in (1, 2)]).images.all()
    draft_all()
    page = b"<p>A wheel. <img src='https://example.org/wheel.jpg'>"
    (decided,) = submit(loopback_owner(), [examine(Upload("c.jpg", photograph(3)))]).images.all()
    draft_all()
    decide(decided, "A velocipede.", owner=loopback_owner())
    audit = start_html(loopback_owner(), page, address="https://example.org/")
    fetch_batch(claim("fetch", "guide", 1, alone=False), Network(None, None, None))
    ours = {
        "IMAGE": image.pk, "DECIDED": decided.pk, "JOB": kept.job_id, "AUDIT": audit.pk, "USE": Use.objects.get().pk,
    }  # fmt: skip
    variables = {**{name: str(key) for name, key in ours.items()}, "KEY": make_key("guide")[1]}

    def run(block: str) -> str:
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", block.replace("http://127.0.0.1:8000", live_server.url)],
            cwd=tmp_path,
            env={"PATH": os.environ["PATH"], "CURL_HOME": str(tmp_path), **variables},
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, f"{block}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    return run


@pytest.mark.parametrize("block", blocks("sh"), ids=range(len(blocks("sh"))))
def test_a_command_does_what_it_says(shell, block):
    answer = shell(block)
    if "DELETE" in block:
        assert (answer, Image.objects.count()) == ("", 1)
    elif "feedback" in block:
        assert (answer, Report.objects.get().words) == ("", "What is a velocipede?")
    elif "lookup" in block:
        assert json.loads(answer) == {"texts": {}, "uses": []}
    elif "decision" in block and "$USE" in block:
        assert json.loads(answer)["decision"]["alt_text"] == "Our roses"
    else:
        assert set(json.loads(answer)) & {"images", "sites", "periods"} or json.loads(answer)["alt_text"]


def test_waiting_brings_the_draft(shell):
    job = json.loads(shell(blocks("sh")[0]))
    assert job["context"] == "Banner of our bicycle shop"
    assert job["images"][0]["suggestion"]


def test_there_are_commands():
    assert len(blocks("sh")) == 17


def test_the_problem_is_one_of_ours():
    (shown,) = (json.loads(block) for block in blocks("json"))
    assert PROBLEMS[shown["code"]] == (shown["status"], shown["title"])
    assert shown["type"] == f"/api/docs/#{shown['code']}"
    shapes = (SiteOut, JobOut, ImageOut, CandidateOut, AuditOut, PageOut, UseOut, PageRequest, FeedbackRequest)
    fields = {name for shape in shapes for name in shape.model_fields}
    for name in re.findall(r"`([a-z]+_[a-z_]+)`", GUIDE):
        assert name in {*PROBLEMS, *fields, *Withheld, *FETCH_ERRORS, "request_id", "image_url"}
