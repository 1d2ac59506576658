"""A table on its way through its preview: handed in as a file, and packed into the form of the button below."""

from __future__ import annotations

import base64
import binascii
import zlib

from ckan.plugins import toolkit as tk
from werkzeug.datastructures import FileStorage

from ..logic.action.tables import LARGEST

MOST = 400_000
"""Characters in a form; Flask takes half a million in all."""


def handed_in(upload: FileStorage | None, table: str) -> bytes:
    """The table of a request: a file that was chosen, or what the preview has packed."""
    return upload.stream.read(LARGEST + 1) if upload and upload.filename else _unpacked(table)


def packed(data: bytes) -> str:
    """A table as a text of letters."""
    text = base64.b64encode(zlib.compress(data)).decode("ascii")
    if len(text) > MOST:
        raise tk.ValidationError(
            {"upload": [tk._("The table is too large for this page. Hand it in in parts, or by a script.")]}
        )
    return text


def _unpacked(text: str) -> bytes:
    try:
        data = zlib.decompressobj().decompress(base64.b64decode(text, validate=True), LARGEST + 1)
    except (binascii.Error, ValueError, zlib.error) as error:
        raise tk.ValidationError({"upload": [tk._("Choose a file")]}) from error
    if not data:
        raise tk.ValidationError({"upload": [tk._("Choose a file")]})
    return data
