"""XML from strangers: no DTD, no entity, nothing fetched, and what was looked at is what is parsed."""

from __future__ import annotations

import codecs
import re
from typing import Any

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] - a compiled module without stubs

from ...rdf.detect import is_html
from ..texts import refused

ENCODINGS = {
    "utf-8": "utf-8-sig",
    "utf8": "utf-8-sig",
    "us-ascii": "ascii",
    "utf-16": "utf-16",
    "shift_jis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "euc-jp": "euc_jp",
    "iso-8859-1": "cp1252",
    "iso-8859-15": "iso8859_15",
    "windows-1252": "cp1252",
}
"""The encodings that are read, by their names in XML."""
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_PROLOG = re.compile(r"\s*(?:(?:<\?.*?\?>|<!--.*?-->)\s*)*", re.DOTALL)
_DECLARED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._\-]+)[\"']")


def read(body: bytes, url: str) -> Any:
    """The root element; SourceError for everything that is not whole and harmless XML."""
    text = _text(body, url)
    if is_html(text.lstrip()):
        raise refused(url, "a web page", "ウェブページ")
    document = _document(text)
    if document.startswith("<!"):  # a DTD stands before the root element or nowhere
        raise refused(url, "XML with a DOCTYPE, which may hide harmful entities", "DOCTYPE を含むXML")
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(document.encode(), parser)
    except etree.XMLSyntaxError as error:
        reason = str(error.msg).partition(", line ")[0]
        raise refused(url, f"XML that is broken or cut off ({reason})", f"壊れたXML: {reason}") from error


def name_of(element: Any) -> str:
    """The element's name without its namespace."""
    return etree.QName(element).localname


def text_of(element: Any) -> str:
    """The element as a document of its own."""
    return etree.tostring(element, encoding="unicode", with_tail=False)


def begins(body: bytes) -> str:
    """The start of a document from its root element on, in lower case, for telling what it is; never fails."""
    head = body[:4096]
    text = head.decode("utf-16", "replace") if head.startswith(_UTF_16) else head.decode("utf-8-sig", "replace")
    return _document(text).lower()


def _document(text: str) -> str:
    """The text behind its XML declaration, comments and instructions."""
    start = _PROLOG.match(text)
    return text[start.end() :] if start else text


def _text(body: bytes, url: str) -> str:
    declared = _DECLARED.match(body.lstrip()[:200])
    name = "utf-16" if body.startswith(_UTF_16) else declared[1].decode().lower() if declared else "utf-8"
    try:
        return body.decode(ENCODINGS[name])
    except KeyError as error:
        raise refused(url, f"XML in the encoding {name}, which is not read", f"{name} のXML") from error
    except UnicodeDecodeError as error:
        raise refused(url, f"XML that is not in its encoding {name}", f"{name} として読めないXML") from error
