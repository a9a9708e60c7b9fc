"""Decided texts as files: out, in, and round."""

import csv
import io
import json

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from tests.delivery.decided import ADDRESS, TEXT, decided, programs_owner, undecided
from tests.uses.placed import PAGE_ADDRESS, TULIP, audited, uses_of
from webapp.accounts.models import Owner, Site
from webapp.audit.places import decide_on
from webapp.delivery.files.table import FORMATS, Unreadable, read, write
from webapp.library.decide import decide
from webapp.library.models import Decision, Image
from webapp.library.undo import undo
from webapp.uses.models import DecidedUse

COLUMNS = ("image", "alt_text")


@given(
    st.lists(st.fixed_dictionaries({name: st.text(st.characters(codec="utf-8")) for name in COLUMNS}), max_size=5),
    st.sampled_from(FORMATS),
)
def test_rows_come_back_as_they_went_out(rows, form):
    file = "".join(write(rows, COLUMNS, form))
    back = list(read(io.StringIO(file, newline="" if form == "csv" else None), COLUMNS, form))
    assert back == [row for row in rows if form == "jsonl" or any(row.values())]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "'=1", " =1"])
def test_no_text_makes_a_spreadsheet_calculate(text):
    file = "".join(write([{"image": "1", "alt_text": text}], COLUMNS, "csv"))
    assert list(csv.reader(io.StringIO(file, newline="")))[1] == ["1", f"'{text}"]


def test_a_file_that_a_spreadsheet_saved_in_its_own_way_is_read():
    file = io.StringIO('\ufeffalt_text;note;image\r\n"Rot; grün";x;7\r\n;;\r\n', newline="")
    assert list(read(file, COLUMNS, "csv")) == [{"image": "7", "alt_text": "Rot; grün"}]


@pytest.mark.parametrize(
    ("file", "form"),
    [
        ("", "csv"),
        ("image,text\n1,2\n", "csv"),
        (f"image,alt_text\n1,{'x' * 100_001}\n", "csv"),
        ('{"image": "1"}\n', "jsonl"),
        ('{"image": "1", "alt_text": "x"\n', "jsonl"),
        ("[1]\n", "jsonl"),
    ],
)
def test_what_is_no_such_table_says_so(file, form):
    with pytest.raises(Unreadable, match=r"\.$"):
        list(read(io.StringIO(file), COLUMNS, form))


def exported(form="csv", **options):
    out = io.StringIO()
    call_command("texts", "export", f"--format={form}", stdout=out, **options)
    return out.getvalue()


def imported(tmp_path, content, form="csv", *options):
    """(exit status, what it said, what it refused)."""
    path = tmp_path / f"texts.{form}"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    out, err, status = io.StringIO(), io.StringIO(), 0
    try:
        call_command("texts", "import", str(path), *options, stdout=out, stderr=err)
    except SystemExit as exit_:
        status = exit_.code
    return status, out.getvalue().strip(), err.getvalue().strip()


@pytest.mark.django_db
def test_what_is_decided_goes_out():
    image = decided()
    undecided("https://example.org/other.jpg")
    decided(site=Site.objects.create(name="Other"))
    decision = Decision.objects.get(image=image)
    (row,) = map(json.loads, exported("jsonl").splitlines())
    assert row == {
        "image": str(image.pk), "use": "", "decision": str(decision.pk), "page": "", "position": "",
        "name": "tulip.jpg", "address": ADDRESS, "lang": "en", "state": "edited", "alt_text": TEXT,
    }  # fmt: skip
    assert list(csv.DictReader(io.StringIO(exported().lstrip("\ufeff")))) == [row]


@pytest.mark.django_db
@pytest.mark.parametrize("form", FORMATS)
def test_a_changed_text_is_a_decision_like_any_other(form, tmp_path):
    image, other = decided(), decided(text="=Another & one")
    file = exported(form).replace(TEXT, "Tulips.")
    assert imported(tmp_path, file, form, "--dry-run")[1] == "1 would be decided, 1 unchanged, 0 refused."
    assert Decision.objects.count() == 2
    assert imported(tmp_path, file, form) == (0, "1 decided, 1 unchanged, 0 refused.", "")
    image.refresh_from_db()
    assert image.alt_text == "Tulips."
    newest = image.decisions.last()
    assert newest.decided_by.kind == Owner.Kind.LOOPBACK
    assert other.decisions.count() == 1
    assert undo(newest, owner=image.owner).alt_text == TEXT
    assert imported(tmp_path, exported(form), form)[1] == "0 decided, 2 unchanged, 0 refused."


@pytest.mark.django_db
def test_a_text_that_was_changed_meanwhile_is_not_overwritten(tmp_path):
    image, other = decided(), decided(text="Another.")
    file = exported().replace(TEXT, "From the file.").replace("Another.", "Another one.")
    decide(image, "From the page.", owner=image.owner)
    status, said, refused = imported(tmp_path, file)
    assert (status, said) == (1, "1 decided, 0 unchanged, 1 refused.")
    assert refused.startswith("Row 1: Its text was changed since the file was written.")
    assert [Image.objects.get(pk=one.pk).alt_text for one in (image, other)] == ["From the page.", "Another one."]


@pytest.mark.django_db
def test_rows_that_cannot_be_taken_say_why_and_cost_the_others_nothing(tmp_path):
    image, theirs = decided(), decided(site=Site.objects.create(name="Other"))
    decision, their = (one.decisions.get().pk for one in (image, theirs))
    rows = [
        (theirs.pk, their, "Not theirs."),
        ("no-id", "", "x"),
        (image.pk, decision, "x" * 2001),
        (image.pk, decision, "Twice."),
    ]
    file = "image,decision,alt_text\n" + "".join(f"{one},{number},{text}\n" for one, number, text in rows)
    status, said, refused = imported(tmp_path, file)
    assert (status, said) == (1, "0 decided, 0 unchanged, 4 refused.")
    assert [line.partition(". ")[0] for line in refused.splitlines()] == [
        "Row 1: There is no such picture on this site", "Row 2: There is no such picture on this site",
        "Row 3: The text has 2,001 characters", "Row 4: This picture stands in an earlier row too",
    ]  # fmt: skip
    assert Image.objects.get(pk=theirs.pk).alt_text == TEXT


@pytest.mark.django_db
def test_an_empty_text_changes_nothing(tmp_path):
    decided()
    assert imported(tmp_path, exported().replace(TEXT, " "))[1] == "0 decided, 1 unchanged, 0 refused."


@pytest.mark.django_db
def test_a_file_that_cannot_be_read_is_a_clear_error(tmp_path):
    with pytest.raises(CommandError, match="not UTF-8"):
        imported(tmp_path, "image,decision,alt_text\n1,2,é\n".encode("latin-1"))
    with pytest.raises(CommandError, match="ends in"):
        imported(tmp_path, "", "xlsx")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("texts", "import", str(tmp_path / "none.csv"))
    with pytest.raises(CommandError, match="no such site"):
        exported(site="00000000-0000-4000-8000-000000000000")


@pytest.fixture
def placed(db):
    """What is decided for two places: a link's, and decoration."""
    owner = programs_owner()
    _, second, _, fence = uses_of(audited(owner))
    decide_on(second, "Your basket.", owner=owner, role="functional")
    decide_on(fence, "", owner=owner, role="decorative")
    return DecidedUse.objects.get(position=2), DecidedUse.objects.get(position=1)


def test_places_go_out_as_rows_of_their_own(placed):
    first, second = map(json.loads, exported("jsonl").splitlines())
    assert first == {
        "image": "", "use": str(placed[0].pk), "decision": str(placed[0].decisions.get().pk), "page": PAGE_ADDRESS,
        "position": "2", "name": "", "address": TULIP, "lang": "en", "state": "edited", "alt_text": "Your basket.",
    }  # fmt: skip
    assert (second["state"], second["alt_text"]) == ("decorative", "")


@pytest.mark.parametrize("form", FORMATS)
def test_changed_texts_of_places_come_back_as_decisions(placed, form, tmp_path):
    assert imported(tmp_path, exported(form), form)[1] == "0 decided, 2 unchanged, 0 refused."
    file = exported(form).replace("Your basket.", "The basket.")
    assert imported(tmp_path, file, form, "--dry-run")[1] == "1 would be decided, 1 unchanged, 0 refused."
    assert imported(tmp_path, file, form)[1] == "1 decided, 1 unchanged, 0 refused."
    use = DecidedUse.objects.get(position=2)
    assert (use.alt_text, use.role, use.decisions.count()) == ("The basket.", "functional", 2)
    status, _, refused = imported(tmp_path, file.replace("The basket.", "A basket."), form)
    assert (status, refused) == (
        1,
        "Row 1: Its text was changed since the file was written. Write a new file, and change that.",
    )


def test_a_place_becomes_decoration_or_gets_a_text_by_its_row(placed, tmp_path):
    rows = list(map(json.loads, exported("jsonl").splitlines()))
    link, fence = rows
    refused = json.dumps(link | {"state": "decorative", "alt_text": ""})
    changed = json.dumps(fence | {"alt_text": "A fence."})
    status, said, why = imported(tmp_path, f"{refused}\n{changed}\n{changed}\n", "jsonl")
    assert (status, said) == (1, "1 decided, 0 unchanged, 2 refused.")
    assert "cannot be decoration" in why
    assert "This place stands in an earlier row too." in why
    (fence,) = (json.loads(line) for line in exported("jsonl").splitlines() if "fence" in line)
    decoration = json.dumps(fence | {"state": "decorative", "alt_text": ""})
    assert imported(tmp_path, decoration, "jsonl")[1] == "1 decided, 0 unchanged, 0 refused."


@pytest.mark.parametrize("use", ["0", "9" * 30, "x", "-1"])
def test_a_place_that_is_not_there_is_refused(placed, tmp_path, use):
    row = json.loads(exported("jsonl").splitlines()[0]) | {"use": use, "alt_text": "A."}
    assert "There is no such place" in imported(tmp_path, json.dumps(row), "jsonl")[2]


def test_a_file_from_before_there_were_places_is_taken(db, tmp_path):
    image = decided()
    decision = Decision.objects.get()
    file = f"image,decision,alt_text\n{image.pk},{decision.pk},Tulips.\n"
    assert imported(tmp_path, file)[1] == "1 decided, 0 unchanged, 0 refused."
