"""The steps that every mapping takes: a text in, a field or an issue out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ...types import Issue
from ..addresses import problem
from ..parsing.dates import is_iso, iso_date, iso_datetime, period
from ..parsing.text import clean, fold, one_line, split_list
from ..vocabularies import (
    categories,
    category_for,
    coded_for,
    file_type_for,
    file_type_of_url,
    frequency_for,
    language_for,
    licence_for,
    theme_for,
    themes,
    versionless,
)
from .issues import issue

OTHER_LICENCE = "OTHER"

_MAIL = re.compile(r"[^@\s<>()\[\],;:\"]+@[A-Za-z0-9](?:[A-Za-z0-9\-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9\-]+)+")
_BETWEEN = re.compile(r"[/~]|から")
_TAG_FAULT = re.compile(r"[^\w \-.]+")
_NOTHING = frozenset({"", "-", "ー", "―", "なし", "無し", "無", "特になし", "n/a", "null", "none"})
_OFFICIAL = frozenset(term.label["ja"] for term in (*categories(), *themes()))
"""Words for a theme that no keyword is made of."""
_SIZE = re.compile(r"([\d,]+(?:\.\d+)?) ?([kmg]?)i?(?:b|bytes?|バイト)?")
_FACTORS = {"": 1, "k": 1024, "m": 1024**2, "g": 1024**3}


def filled(text: object) -> str:
    """`clean`, with the words for nothing (なし, －) as empty and structures as JSON."""
    cleaned = clean(json.dumps(text, ensure_ascii=False) if isinstance(text, (dict, list)) else text)
    return "" if len(cleaned) <= 4 and fold(cleaned) in _NOTHING else cleaned


def keeps_wording(text: object) -> bool:
    """Whether a licence's wording says more, or less, than the id that it is read as."""
    return bool(filled(text)) and (licence_for(text) is None or versionless(text))


@dataclass
class Draft:
    """A record in the making: its values, and what was found on the way.

    A harvested record keeps what can be read of it. A `strict` one keeps dates, addresses and terms that cannot be read
    as they are written, so that the schema refuses them in the words that the form uses.
    """

    where: str = ""
    strict: bool = False
    values: dict[str, Any] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    file_lines: list[int] = field(default_factory=list)
    """Where each resource stands in a list."""
    _seen: set[tuple[str, ...]] = field(default_factory=set)

    def part(self, where: str = "") -> Draft:
        """A draft of a part of this record, whose issues are this record's."""
        return Draft(where or self.where, self.strict, issues=self.issues, _seen=self._seen)

    def report(self, code: str, name: str, value: object = "") -> None:
        """Notes an issue, once."""
        found = issue(code, name, value, self.where)
        known = (code, name, found.value, self.where)
        if known not in self._seen:
            self._seen.add(known)
            self.issues.append(found)

    def put(self, name: str, value: Any) -> None:
        """Sets a field that has no value yet, to something that is one."""
        if value not in (None, "", [], {}) and self.values.get(name) in (None, "", [], {}):
            self.values[name] = value

    def add(self, name: str, values: Iterable[str]) -> None:
        """Adds to a list what it does not hold yet."""
        known = self.values.get(name, [])
        more = [value for value in dict.fromkeys(values) if value and value not in known]
        if more:
            self.values[name] = [*known, *more]

    def put_text(self, name: str, text: object) -> None:
        """A text as it is, lines kept."""
        self.put(name, filled(text))

    def put_date(self, name: str, text: object) -> None:
        """A date as precise as it was written."""
        if filled(text):
            cleaned = clean(text)
            found = cleaned if is_iso(cleaned) else iso_date(text) or (cleaned if self.strict else "")
            self.put(name, found)
            if not found:
                self.report("date.unknown", name, clean(text))

    def put_stamp(self, name: str, text: object) -> None:
        """CKAN's own time stamp, UTC where no offset is written."""
        if filled(text):
            found = iso_datetime(text)
            self.put(name, found)
            if not found:
                self.report("date.unknown", name, clean(text))

    def put_url(self, name: str, text: object) -> None:
        """An address that may be linked to; others are reported and left out."""
        found = self.usable_url(name, text)
        if found:
            self.put(name, found)

    def put_mail(self, name: str, text: object) -> None:
        """A mail address; what is none is reported and left out, so that it costs nobody the record."""
        self.put(name, mail_of(text) or (one_line(filled(text)) if self.strict else ""))
        if filled(text) and not mail_of(text) and not self.strict:
            self.report("mail.unusable", name, one_line(text))

    def usable_url(self, name: str, text: object) -> str:
        """The address without its line breaks and with its spaces encoded; empty where it cannot be used."""
        address = clean(text).replace("\n", "").replace(" ", "%20")
        fault = problem(address, name, self.where)
        if fault and not self.strict:
            self.issues.append(Issue(fault.code, "warning", name, fault.message, fault.hint, self.where, fault.value))
            return ""
        return address

    def put_frequency(self, text: object) -> None:
        """The frequency's IRI, and the source's wording beside it where it is not the term's own label or IRI."""
        wording = one_line(text)
        if not wording:
            return
        found = frequency_for(wording)
        if not found or ("://" not in wording and wording not in found.label.values()):
            self.put("orden_frequency_text", wording)
        if found:
            self.put("frequency", found.iri)
        else:
            self.report("frequency.unknown", "frequency", wording)

    def licence_id(self, text: object) -> str:
        """The id of the licence that a text names; `OTHER` for a text that fits none, empty for no text."""
        wording = one_line(text)
        if not filled(wording) or fold(wording) == "notspecified":
            return ""
        found = licence_for(wording)
        if not found:
            self.report("licence.unknown", "license_id", wording)
            return OTHER_LICENCE
        if versionless(wording):
            self.report("licence.versionless", "license_id", wording)
        return found.id

    def put_term(self, name: str, text: object) -> None:
        """The value of a small list that a word names: the state of the publication, whether there is an API."""
        found = coded_for(name, text)
        self.put(name, found.value if found else clean(text) if self.strict else "")
        if clean(text) and not found and not self.strict:
            self.report("value.unknown", name, text)

    def put_categories(self, words: Iterable[object]) -> None:
        """Categories as themes by IRI; their wording stays where the themes would be written otherwise.

        A source's own category (防災) is a keyword too, the 17 official ones and the EU's are not.
        """
        said = list(dict.fromkeys(word for word in map(one_line, words) if filled(word)))
        for word in said:
            found = theme_for(word)
            self.add("theme", [found.iri] if found else [])
            if not found and word not in _OFFICIAL:
                self.report("theme.unknown", "theme", word)
        spelt = [word for word in said if "://" not in word]
        if spelt and spelt != written_categories(self.values.get("theme", [])):
            self.put("orden_category_text", ";".join(spelt))
        self.add_tags((word for word in spelt if word not in _OFFICIAL), kept_whole=True)

    def add_languages(self, text: object) -> None:
        """Languages by IRI."""
        for wording in many(text):
            found = language_for(wording)
            if found or self.strict:
                self.add("language", [found.iri if found else wording])
            else:
                self.report("language.unknown", "language", wording)

    def add_tags(self, texts: Iterable[object], *, kept_whole: bool = False) -> None:
        """Keywords as CKAN takes them: letters, digits, space, `-`, `_`, `.`; 2 to 100 of them.

        A change is reported unless another field keeps the words whole.
        """
        tags: list[dict[str, str]] = self.values.setdefault("tags", [])
        for text in texts:
            wording = one_line(text)
            name = one_line(_TAG_FAULT.sub(" ", wording))
            if name != wording and not kept_whole:
                self.report("tag.changed", "tags", wording)
            if not 2 <= len(name) <= 100:
                if name and not kept_whole:
                    self.report("tag.dropped", "tags", wording)
            elif {"name": name} not in tags:
                tags.append({"name": name})

    def put_period(self, text: object) -> None:
        """The period that the data covers."""
        if not filled(text):
            return
        found = period(text) or (_two_days(text) if self.strict else None)
        if found:
            named = zip(("start", "end"), found, strict=True)
            self.put("temporal_coverage", [{name: day for name, day in named if day}])
        else:
            self.report("period.unknown", "temporal_coverage", clean(text))
            self.append("orden_remarks", f"対象期間: {clean(text)}")

    def append(self, name: str, line: str) -> None:
        """A line at the end of a text, for what fits no field."""
        known = self.values.get(name, "")
        if line not in known.split("\n\n"):
            self.values[name] = "\n\n".join(filter(None, [known, line]))

    def put_format(self, text: object, url: str) -> None:
        """Format and media type by what is written, else by the address."""
        wording = one_line(text)
        found = file_type_for(wording, url) if wording else file_type_of_url(url)
        if found:
            self.put("format", found.label)
            self.put("mimetype", found.media_type)
        elif wording:
            self.put("format", wording)
            self.report("format.unknown", "format", wording)

    def put_size(self, text: object) -> None:
        """The size in bytes."""
        plain = fold(text)
        if plain in _NOTHING:
            return
        match = _SIZE.fullmatch(plain)
        if match:
            self.put("size", int(float(match[1].replace(",", "")) * _FACTORS[match[2]]))
        else:
            self.report("size.unknown", "size", plain)


def _two_days(text: object) -> tuple[str, str] | None:
    """Two days as they are written, though the second may lie before the first."""
    days = [found for part in _BETWEEN.split(fold(text)) if (found := iso_date(part))]
    return (days[0], days[1]) if len(days) == 2 else None


def mail_of(text: object) -> str:
    """The mail address that a text is; empty for any other text."""
    address = one_line(text)
    return address if _MAIL.fullmatch(address) else ""


def written_categories(iris: Iterable[str]) -> list[str]:
    """How a list writes themes: by the official category of each, else by its own label."""
    found = ((category_for(iri), theme_for(iri)) for iri in iris)
    words = (category or theme for category, theme in found)
    return [word.label["ja"] for word in words if word]


def many(value: object) -> list[str]:
    """Several values in one: a list, a JSON array, or a text with separators."""
    if isinstance(value, (list, tuple)):
        return [one_line(item) for item in value if one_line(item)]
    if isinstance(value, str) and value.strip().startswith("["):
        parsed = json_or_none(value)
        if isinstance(parsed, list):
            return many(parsed)
    return split_list(value)


def json_or_none(text: object) -> Any:
    """The JSON value in a text, None where there is none."""
    try:
        return json.loads(text) if isinstance(text, str) else None
    except (ValueError, RecursionError):
        return None


def without_empty(record: Mapping[str, Any]) -> dict[str, Any]:
    """The record's filled fields."""
    return {name: value for name, value in record.items() if value not in (None, "", [], {})}
