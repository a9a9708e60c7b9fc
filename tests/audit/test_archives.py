"""A site in a zip archive: no network, and nothing unpacked to disk."""

import io
import zipfile

import pytest
from django.conf import settings

from tests.queue.pictures import photograph
from webapp.audit.archives import Archive
from webapp.audit.delete import delete_audit
from webapp.audit.describe import describable, describe
from webapp.audit.errors import ArchiveUnusable, SourceTooLarge
from webapp.audit.models import Audit
from webapp.audit.start import start_archive

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = b'<title>Shop</title><p>x<img src="../img/a b.jpg?v=1"><p>y<img src="/img/gone.jpg">'


def zipped(files, **options):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data, **options)
    return out.getvalue()


SITE = {"index.html": b"<h1>Hello</h1>", "sub/shop.HTM": PAGE, "img/a b.jpg": photograph(1), "notes.txt": b"<img>"}


def test_its_pages_are_looked_at_by_their_addresses(owner, drain, site):
    audit = start_archive(owner, zipped(SITE))
    drain()
    pages = [(page.address, page.state, page.title) for page in audit.pages.all()]
    assert pages == [("/index.html", "scanned", ""), ("/sub/shop.HTM", "scanned", "Shop")]
    assert site.connections == 0


def test_pictures_come_from_the_archive(owner, drain):
    audit = start_archive(owner, zipped(SITE))
    drain()
    (use,) = describable(audit)
    assert use.address == "/img/a b.jpg?v=1"
    (job,) = describe(audit, [use])
    image = job.images.get()
    assert (image.name, image.state, image.source_url) == ("a b.jpg", "waiting", "")


def test_a_picture_that_is_too_large_or_none_fails_with_its_reason(owner, drain, settings):
    audit = start_archive(owner, zipped(SITE))
    drain()
    settings.MAX_IMAGE_BYTES = 100
    (job,) = describe(audit, describable(audit))
    assert job.images.get().state == "failed"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"<html>", zipped({"notes.txt": b"x"})])
def test_what_is_no_site_is_refused_and_leaves_nothing(owner, data):
    with pytest.raises(ArchiveUnusable):
        start_archive(owner, data)
    assert not Audit.objects.exists()
    assert not list(settings.ARCHIVES_DIR.glob("*"))


def test_limits(owner, settings):
    settings.MAX_ARCHIVE_BYTES = 10
    with pytest.raises(SourceTooLarge):
        start_archive(owner, zipped(SITE))
    settings.MAX_ARCHIVE_BYTES = 10_000_000
    settings.MAX_AUDIT_PAGES = 1
    assert start_archive(owner, zipped(SITE)).pages.count() == 1


def test_a_bomb_is_not_unfolded(owner, drain, settings):
    settings.MAX_PAGE_BYTES = 10_000
    audit = start_archive(owner, zipped({"bomb.html": b"a" * 50_000_000, "good.html": b"<p>"}))
    drain()
    assert [(page.state, page.error_code) for page in audit.pages.all()] == [
        ("failed", "archive_unusable"),
        ("scanned", ""),
    ]


def test_a_damaged_page_costs_only_itself(owner, drain):
    data = bytearray(zipped({"a.html": b"<p>" + bytes(range(256)) * 40, "b.html": b"<p>"}))
    data[60:120] = bytes(60)
    audit = start_archive(owner, bytes(data))
    drain()
    assert [page.state for page in audit.pages.all()] == ["failed", "scanned"]


def test_deleting_removes_the_archive(owner, drain):
    audit = start_archive(owner, zipped(SITE))
    drain()
    assert len(list(settings.ARCHIVES_DIR.glob("*"))) == 1
    delete_audit(audit)
    assert not list(settings.ARCHIVES_DIR.glob("*"))
    assert not list(settings.PAGES_DIR.glob("*"))


def test_an_archive_that_is_gone_is_told(owner, drain):
    audit = start_archive(owner, zipped(SITE))
    for path in settings.ARCHIVES_DIR.glob("*"):
        path.unlink()
    drain()
    assert {page.error_code for page in audit.pages.all()} == {"file_missing"}
    assert describable(audit) == []


@pytest.mark.parametrize("address", ["/img/a%20b.jpg", "img/a b.jpg?x=1#y", "/img/a b.jpg"])
def test_files_are_found_as_a_server_would(address):
    archive = Archive(zipped(SITE))
    assert address in archive
    assert archive.read(address, 1_000_000) == photograph(1)


def test_nothing_outside_is_found():
    archive = Archive(zipped({"../../etc/passwd": b"x", "a.html": b""}))
    assert "/../../../etc/hostname" not in archive
    assert archive.read("/../../etc/passwd", 10) == b"x", "a name in the archive, not a path on the disk"


def test_a_page_that_declares_no_charset_is_read_as_browsers_read_files(owner, drain):
    texts = {"a.html": "<title>Brücke".encode(), "b.html": "<title>Brücke".encode("latin-1")}
    declared = {"c.html": "<meta charset=koi8-r><title>мост".encode("koi8-r")}
    audit = start_archive(owner, zipped(texts | declared))
    drain()
    assert [page.title for page in audit.pages.all()] == ["Brücke", "Brücke", "мост"]


@pytest.mark.parametrize("folder", ["", "my site/", "/my site/"])
def test_a_folder_that_was_packed_as_a_whole_is_the_root(folder):
    files = {f"{folder}index.html": b"a", f"{folder}img/b.jpg": b"b", "__MACOSX/._index.html": b"c"}
    archive = Archive(zipped(files))
    assert list(archive.pages) == ["/index.html"]
    assert archive.read("/img/b.jpg", 9) == b"b"
    if folder:  # as pages call it that name the folder themselves
        assert archive.read("/my%20site/img/b.jpg", 9) == b"b"


def test_of_several_folders_none_is_the_root():
    assert list(Archive(zipped({"a/index.html": b"a", "b/index.html": b"b"})).pages) == [
        "/a/index.html",
        "/b/index.html",
    ]
