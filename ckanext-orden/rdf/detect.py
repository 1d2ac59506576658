"""Which syntax is it? Told from the content, never from the name or a header."""

from __future__ import annotations

import csv
import re

MAGIC = {
    b"PK\x03\x04": "ZIP / Excel (XLSX)",
    b"%PDF": "PDF",
    b"\xd0\xcf\x11\xe0": "Excel (XLS)",
    b"\x1f\x8b": "gzip",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
}
XML_START = re.compile(r"<(\?xml\b|!--|![A-Za-z\[]|[A-Za-z_][\w.-]*(:[A-Za-z_][\w.-]*)?[\s/>])")
ROOT = re.compile(r"<([A-Za-z_][\w.:-]*)")
HTML = re.compile(r"(<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE | re.DOTALL)
JSON_ARRAY = re.compile(r"\[\s*([\[{\"]|\]\s*$)")
TURTLE_START = re.compile(r"[@<\[(]|_:|(PREFIX|BASE)\s|([^\W\d_][\w.-]*)?:\w[\w.:%-]*(\s|$)", re.IGNORECASE)
"""A directive, an address, a blank node, or a prefixed name (prefix:name)."""
LONGEST_LINE = 1000
RDF_NAMESPACE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


def binary_kind(data: bytes) -> str | None:
    """The name of a well-known binary format."""
    return next((name for magic, name in MAGIC.items() if data.startswith(magic)), None)


def is_html(text: str) -> bool:
    return bool(HTML.match(text[:2000]))


def syntax_of(text: str) -> str:
    """One of xml, json, turtle; Turtle holds N-Triples too, and is what nothing else is."""
    if XML_START.match(text):
        return "xml"
    if text.startswith("{") or JSON_ARRAY.match(text):
        return "json"
    return "turtle"


def names_rdf(text: str) -> bool:
    """Whether XML uses the namespace of RDF."""
    return RDF_NAMESPACE in text


def root_element(text: str) -> str:
    match = ROOT.search(text)
    return match.group(1) if match else "?"


def begins_like_turtle(text: str) -> bool:
    return bool(TURTLE_START.match(first_statement(text)[1]))


def looks_like_table(text: str) -> bool:
    """A table: several lines with the same number (at least two) of cells."""
    lines = [line[:LONGEST_LINE] for line in text.splitlines()[:20]]
    for delimiter in ",\t;":
        widths = [len(row) for row in csv.reader(lines, delimiter=delimiter) if row]
        if len(widths) > 1 and widths[0] > 1 and widths.count(widths[0]) >= len(widths) * 0.8:
            return True
    return False


def first_statement(text: str) -> tuple[int, str]:
    """Number and beginning of the first line with content, comments apart."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.lstrip().startswith("#"):
            return number, line.strip()[:60]
    return 1, ""
