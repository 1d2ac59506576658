"""Checks the vocabularies and writes their CSV files in one form: `python docs/make_vocabularies.py [--check]`.

Change a line, run it, read what it says. A test runs the check.
"""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from ckanext.orden.metadata.parsing.codes import is_code
from ckanext.orden.metadata.parsing.text import key

SOURCE = Path(__file__).resolve().parents[1] / "ckanext-orden/metadata/vocabularies/data"
Row = dict[str, str]

_NAMES = {
    "access_rights": ("code", "label_ja", "label_en"),
    "encodings": ("label", "codec"),
    "file_types": ("label", "extension"),
    "frequencies": ("code", "label_ja", "label_en"),
    "languages": ("tag", "label_ja", "label_en"),
    "licences": ("id", "written", "title_ja", "title_en", "url"),
    "personal_data": ("label_ja", "label_en", "code"),
    "themes": ("code", "label_ja", "label_en"),
}
"""What each term is called beside its spellings; no spelling may mean two terms of one list."""
_PER_FIELD = {"cadde": ("label_ja", "label_en"), "coded": ("value", "written", "label_ja", "label_en")}
"""Lists of several fields: no spelling may mean two values of one field."""
_SORTED = ("municipalities", "prefectures", "wards")
_COUNTS = {"prefectures": 47, "municipalities": 1741, "wards": 31}
_CODE = re.compile(r"[A-Z0-9]+(?:_[A-Z0-9]+)*")
_CODED = {"access_rights": "code", "file_types": "eu", "frequencies": "code", "languages": "code", "themes": "code"}
"""Columns with the last part of an IRI of the EU's lists."""
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+/[!-~]*")
_MEDIA = re.compile(r"[a-z]+/[a-z0-9.+-]+")


def main(arguments: list[str]) -> int:
    found = list(faults())
    for path in sorted(SOURCE.glob("*.csv")):
        text = canonical(path)
        if text != path.read_text(encoding="utf-8"):
            if "--check" in arguments:
                found.append(f"{path.name}: not in its one form; run python docs/make_vocabularies.py")
            else:
                path.write_text(text, encoding="utf-8")
    sys.stderr.write("".join(f"{fault}\n" for fault in found))
    return 1 if found else 0


def canonical(path: Path) -> str:
    """The file's one form: places by code, each spelling once, no spelling that only repeats a name."""
    columns, rows = table(path)
    for row in rows:
        if "spellings" in row:
            row["spellings"] = "|".join(_once(row["spellings"].split("|"), _names(path.stem, row)))
    if path.stem in _SORTED:
        rows.sort(key=lambda row: row["code"])
    stream = io.StringIO()
    writer = csv.DictWriter(stream, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def faults() -> Iterator[str]:
    """All that is wrong in any list, with file and line."""
    for path in sorted(SOURCE.glob("*.csv")):
        _, rows = table(path)
        yield from _shared(path.stem, rows)
        for number, row in enumerate(rows, 2):
            for fault in _wrong(path.stem, row):
                yield f"{path.name}, line {number}: {fault}"
        if len(rows) != _COUNTS.get(path.stem, len(rows)):
            yield f"{path.name}: {len(rows)} lines, not {_COUNTS[path.stem]}"


def table(path: Path) -> tuple[list[str], list[Row]]:
    reader = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    rows = [{name: text.strip() for name, text in row.items()} for row in reader]
    return list(reader.fieldnames or ()), rows


def _wrong(name: str, row: Row) -> Iterator[str]:
    if name in _SORTED and not is_code(row["code"]):
        yield f"{row['code']} has a wrong check digit"
    code = row.get(_CODED.get(name, ""), "")
    if code and not _CODE.fullmatch(code):
        yield f"{code} is no code of the EU's lists"
    address = row.get("url", "")
    if address and not _ADDRESS.fullmatch(address):
        yield f"{address} is no address"
    if row.get("media") and not _MEDIA.fullmatch(row["media"]):
        yield f"{row['media']} is no media type"


def _shared(name: str, rows: list[Row]) -> Iterator[str]:
    """Spellings of two terms of one list, or of one field."""
    owners: dict[tuple[str, str], int] = {}
    for number, row in enumerate(rows, 2):
        for word in (*_names(name, row), *row.get("spellings", "").split("|")):
            first = owners.setdefault((row.get("field", ""), key(word)), number) if word else number
            if first != number:
                yield f"{name}.csv, line {number}: “{word}” already means line {first}"


def _names(name: str, row: Row) -> list[str]:
    return [row[column] for column in (*_NAMES.get(name, ()), *_PER_FIELD.get(name, ())) if row.get(column)]


def _once(words: list[str], names: list[str]) -> Iterator[str]:
    seen = {key(name) for name in names}
    for word in map(str.strip, words):
        if word and key(word) not in seen:
            seen.add(key(word))
            yield word


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
