"""Files as they stream in through Django's form parser."""

import pytest
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from webapp.library.errors import NoImage, TooManyFiles
from webapp.library.submit import examine
from webapp.library.uploads import collect_uploads, max_request_bytes


def post(*contents: bytes):
    files = [SimpleUploadedFile(f"{number}.jpg", content) for number, content in enumerate(contents)]
    return RequestFactory().post("/", {"image": files})


def received(request):
    return collect_uploads(request.FILES.getlist("image"))


@pytest.mark.parametrize("size", [0, 1, 999, 1000, 70_000])
def test_what_is_within_the_limit_arrives_unchanged(settings, size):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000  # more goes to a temporary file
    settings.MAX_IMAGE_BYTES = 70_000
    content = bytes(number % 251 for number in range(size))
    (upload,) = received(post(content))
    assert (upload.name, upload.data, upload.oversize) == ("0.jpg", content, 0)


@pytest.mark.parametrize("too_much", [1, 64 * 1024, 200_000])
def test_of_a_file_that_is_too_large_only_the_measure_is_kept(settings, too_much):
    settings.MAX_IMAGE_BYTES = 70_000
    before, big, after = received(post(b"before", b"x" * (70_000 + too_much), b"after"))
    assert (before.data, after.data) == (b"before", b"after")
    assert (big.data, big.oversize) == (b"", 70_000 + too_much)
    assert examine(big).error.code == "file_too_large"


def test_a_request_that_is_too_long_is_refused_unread():
    request = post(b"hello")
    request.META["CONTENT_LENGTH"] = str(max_request_bytes() + 1)
    with pytest.raises(RequestDataTooBig):
        request.POST  # noqa: B018 - the parser runs at the first look
    assert len(request.read()) > 0, "nothing was read"


def test_no_file_and_too_many_files(settings):
    settings.MAX_FILES_PER_UPLOAD = 2
    with pytest.raises(NoImage):
        received(post())
    assert len(received(post(b"a", b"b"))) == 2
    with pytest.raises(TooManyFiles, match="at most 2"):
        received(post(b"a", b"b", b"c"))


@pytest.mark.parametrize(("size", "oversize"), [(300, 0), (301, 301)])
def test_an_archive_may_be_larger_than_a_picture(settings, size, oversize):
    settings.MAX_IMAGE_BYTES, settings.MAX_ARCHIVE_BYTES = 100, 300
    request = RequestFactory().post("/", {"archive": SimpleUploadedFile("site.zip", b"x" * size)})
    (upload,) = collect_uploads(request.FILES.getlist("archive"))
    assert (len(upload.data), upload.oversize) == (0 if oversize else size, oversize)
