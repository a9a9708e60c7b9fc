"""The script as it is served, and the line that pages have for it."""

import base64
import gzip
import re
from hashlib import sha384

from webapp.delivery.script import integrity, snippet, source

# Of the published file. Pages name this hash, and browsers run nothing else: change the number of the file instead.
PUBLISHED = "sha384-QPBZjIb16Krv/9v4W0P0d4nC78xRJIDPmb+vFQzqCXcm+LTWER2cO/ruMqJnV5oe"


def test_a_published_script_never_changes():
    assert integrity() == PUBLISHED


def test_it_is_small_and_needs_nothing():
    assert len(gzip.compress(source())) < 4000
    assert not re.search(rb"\b(import|require)\b", source())


def test_it_is_served_to_every_site_for_good(client):
    answer = client.get("/alt.v1.js")
    assert answer.content == source()
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Set-Cookie" not in answer
    assert client.post("/alt.v1.js").status_code == 405


def test_it_is_served_compressed(client):
    answer = client.get("/alt.v1.js", headers={"Accept-Encoding": "gzip"})
    assert len(answer.content) < 4000
    assert gzip.decompress(answer.content) == source()
    assert "Accept-Encoding" in answer["Vary"]


def test_the_snippet_names_the_script_its_hash_and_the_site(settings):
    hash_ = base64.b64encode(sha384(source()).digest()).decode()
    assert snippet("pk_1", "https://captioner.example/") == (
        f'<script src="https://captioner.example/alt.v1.js" integrity="sha384-{hash_}" crossorigin defer '
        'data-site="pk_1"></script>'
    )
    settings.IMAGE_SIZE_PARAMETERS = ["w", '"h']
    assert snippet('"><b>', "https://captioner.example").endswith(
        ' data-site="&quot;&gt;&lt;b&gt;" data-drop="w,&quot;h"></script>'
    )
