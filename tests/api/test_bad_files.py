"""Every kind of bad file through the API: its stable code and a sentence, and nothing is stored.

What only decoding can tell (a damaged stream behind a good header) is found by the worker, and accepted here.
"""

import pytest

from captioner.images import ImageError, inspect_image
from tests.api.calls import CAPTIONS, as_base64, as_file, assert_problem, post_json
from tests.captioner.bad_files import BAD_FILES, GOOD_FILES
from webapp.api.problems import PROBLEMS
from webapp.library.models import Blob, Image, Job


def is_refused_by_its_header(name: str) -> bool:
    try:
        inspect_image(BAD_FILES[name][0])
    except ImageError:
        return True
    return False


REFUSED = [name for name in BAD_FILES if is_refused_by_its_header(name)]
FOUND_LATER = sorted(set(BAD_FILES) - set(REFUSED))


def test_there_are_twenty_kinds():
    assert len(REFUSED) >= 20
    assert FOUND_LATER, "and some that only the worker can tell"


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_file_gets_its_code_and_leaves_nothing(client, settings, name):
    content, code = BAD_FILES[name]
    response = client.post(CAPTIONS, {"image": as_file(content, name)})
    assert_problem(response, PROBLEMS[code][0], code)
    assert not Job.objects.exists()
    assert not Image.objects.exists()
    assert not Blob.objects.exists()
    assert not settings.SPOOL_DIR.exists()


@pytest.mark.parametrize("name", [name for name in REFUSED if len(BAD_FILES[name][0]) < 1_000_000])
def test_in_json_it_gets_the_same_code(client, name):
    content, code = BAD_FILES[name]
    assert_problem(post_json(client, {"image": {"name": name, "data": as_base64(content)}}), PROBLEMS[code][0], code)
    assert not Job.objects.exists()


@pytest.mark.parametrize("name", [*FOUND_LATER, *GOOD_FILES])
def test_what_has_a_good_header_is_accepted(client, name):
    content = BAD_FILES[name][0] if name in FOUND_LATER else GOOD_FILES[name]
    response = client.post(CAPTIONS, {"image": as_file(content, name)})
    assert response.status_code == 202
    assert response.json()["images"][0]["name"] == name


def test_all_at_once_with_a_good_one_between(client, settings):
    settings.MAX_FILES_PER_UPLOAD = 100
    files = [as_file(BAD_FILES[name][0], name) for name in REFUSED]
    files.insert(3, as_file(GOOD_FILES["photo.jpg"], "photo.jpg"))
    job = client.post(CAPTIONS, {"image": files}).json()
    assert [image["name"] for image in job["images"] if image["error"] is None] == ["photo.jpg"]
    assert {image["name"]: image["error"]["code"] for image in job["images"] if image["error"]} == {
        name: BAD_FILES[name][1] for name in REFUSED
    }
    assert Blob.objects.count() == len(list(settings.SPOOL_DIR.iterdir())) == 1
