"""Rows as CSV and as JSON Lines. Both hold the same, and come back as they went out."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import IO, Literal, get_args

Format = Literal["csv", "jsonl"]
FORMATS: tuple[Format, ...] = get_args(Format)
Row = dict[str, str]

_MARK = "\ufeff"
_BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n", "'")  # a formula, or the apostrophe that keeps one from being one
_LONGEST_FIELD = 100_000


class Unreadable(Exception):  # noqa: N818 - named for what it says
    """The file is no such table."""


def write(rows: Iterable[Row], columns: Iterable[str], form: Format) -> Iterator[str]:
    """The lines of the file."""
    names = list(columns)
    if form == "jsonl":
        yield from (json.dumps({name: row[name] for name in names}, ensure_ascii=False) + "\n" for row in rows)
        return
    out = io.StringIO()
    writer = csv.writer(out)
    for values in ([_MARK + names[0], *names[1:]], *([_guarded(row[name]) for name in names] for row in rows)):
        writer.writerow(values)
        yield out.getvalue()
        out.seek(0)
        out.truncate()


def read(file: IO[str], columns: Iterable[str], form: Format, *, optional: Iterable[str] = ()) -> Iterator[Row]:
    """The rows of the file, with these columns; further ones are left out. optional: columns that it may lack, which
    are empty then.

    Raises:
        Unreadable: it is no table of this form, or has not all of these columns.
    """
    try:
        read_rows = _read_csv if form == "csv" else _read_lines
        yield from read_rows(file, list(columns), list(optional))
    except UnicodeDecodeError as error:
        raise Unreadable("The file is not UTF-8. Save it as UTF-8 (in a spreadsheet: CSV UTF-8).") from error


def _read_csv(file: IO[str], columns: list[str], optional: list[str]) -> Iterator[Row]:
    csv.field_size_limit(_LONGEST_FIELD)
    head = file.readline().lstrip(_MARK)
    delimiter = ";" if ";" in head and "," not in head else ","  # as spreadsheets write it in much of Europe
    names = next(csv.reader([head], delimiter=delimiter), [])
    _check_columns(names, columns)
    try:
        for values in csv.reader(file, delimiter=delimiter):
            row = dict(zip(names, values, strict=False))
            if any(values):
                yield {name: _unguarded(row.get(name, "")) for name in columns + optional}
    except csv.Error as error:
        raise Unreadable(f"The file cannot be read as CSV: {error}.") from error


def _read_lines(file: IO[str], columns: list[str], optional: list[str]) -> Iterator[Row]:
    for number, line in enumerate(file, start=1):
        if not line.strip(f"{_MARK} \t\r\n"):
            continue
        try:
            row = json.loads(line.lstrip(_MARK))
        except (ValueError, RecursionError) as error:
            raise Unreadable(f"Line {number} is not JSON.") from error
        if not isinstance(row, dict):
            raise Unreadable(f"Line {number} is not an object.")
        _check_columns(row, columns)
        yield {name: str(row.get(name, "")) for name in columns + optional}


def _check_columns(names: Iterable[str], columns: list[str]) -> None:
    missing = [name for name in columns if name not in names]
    if missing:
        raise Unreadable(f"The column {missing[0]} is missing. Keep the columns of the file that was written.")


def _guarded(value: str) -> str:
    """With an apostrophe before what a spreadsheet would take for a formula; it shows none."""
    return f"'{value}" if value.lstrip(" ").startswith(_BEGINS) else value


def _unguarded(value: str) -> str:
    return value[1:] if value[:1] == "'" and value[1:].lstrip(" ").startswith(_BEGINS) else value
