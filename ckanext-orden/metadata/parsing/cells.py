"""Cells that a spreadsheet would take for formulas: guarded on their way out, as they were on their way in."""

from __future__ import annotations

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_GUARD = "'"


def guarded(cell: str) -> str:
    """A cell that no spreadsheet computes; a lone dash stays one."""
    return _GUARD + cell if cell.startswith(_FORMULA) and len(cell) > 1 else cell


def unguarded(cell: str) -> str:
    """The cell without the guard that `guarded` has put before it."""
    return cell[1:] if cell.startswith(_GUARD) and cell[1:2] in _FORMULA else cell
