"""Offers by the table: taken out, changed in a spreadsheet, handed in again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context

from ....errors import SourceError
from ....helpers.languages import readers_language
from ...offers import importing
from ..answers import valid
from ..schema import offers as schema

LARGEST = 2_000_000
"""Bytes of one table."""


@tk.side_effect_free
def orden_market_offer_export(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """The offers of an organization that have not ended, as a table to be changed and handed in again.

    :param organization: the id or name of the organization
    :returns: `columns` and `rows` (a list of texts each)
    """
    data = valid(context, data_dict, schema.exported())
    tk.check_access("orden_market_offer_export", context, data)
    header, *rows = importing.export(_organization(data["organization"]))
    return {"columns": header, "rows": rows}


def orden_market_offer_import(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Read a table of offers and say what each row would do; with `apply` write new and changed rows as drafts.

    A row of a published offer begins its next version. Wrong rows are left out.

    :param organization: the id or name of the organization
    :param upload: the table as a file (CSV or XLSX), or
    :param text: the table as CSV text
    :param apply: true writes (default: false)
    :returns: `applied`, `counts` by state, `rows` with line, state, dataset, id and issues, `issues` of the whole table
    """
    data = valid(context, data_dict, schema.imported())
    tk.check_access("orden_market_offer_import", context, data)
    try:
        wrong, planned = importing.plan(_bytes(data), _organization(data["organization"]))
    except SourceError as error:
        raise tk.ValidationError({"upload": [error.texts.get(readers_language()) or str(error)]}) from error
    if data.get("apply"):
        planned = importing.apply(context, planned)
    return importing.told(planned, wrong, applied=bool(data.get("apply")))


def _organization(name: str) -> str:
    group = model.Group.get(name)
    if group is None or not group.is_organization:
        raise tk.ObjectNotFound(tk._("Organization not found"))
    return group.id


def _bytes(data: Mapping[str, Any]) -> bytes:
    upload, text = data.get("upload"), data.get("text")
    if (upload is None) == (text is None):
        raise tk.ValidationError({"upload": [tk._("Give exactly one of upload and text")]})
    stream = getattr(upload, "stream", None) or getattr(upload, "file", None)
    found = text.encode("utf-8", "surrogatepass") if text is not None else stream.read(LARGEST + 1) if stream else b""
    if len(found) > LARGEST:
        raise tk.ValidationError({"upload": [tk._("The table is larger than {n} bytes").format(n=LARGEST)]})
    return found
