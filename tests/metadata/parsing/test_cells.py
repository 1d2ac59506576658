"""Cells that a spreadsheet would compute."""

from __future__ import annotations

import pytest
from ckanext.orden.metadata.parsing.cells import guarded, unguarded


@pytest.mark.parametrize("cell", ["=1+1", "+81-6", "-5", "@SUM(A1)", "\t=1", "\r=1"])
def test_formula_is_guarded_and_read_as_it_was(cell: str):
    assert guarded(cell) == "'" + cell
    assert unguarded(guarded(cell)) == cell


@pytest.mark.parametrize("cell", ["", "-", "公園", "'90年代", "a=b", "1"])
def test_other_cells_stay_as_they_are(cell: str):
    assert guarded(cell) == cell
    assert unguarded(cell) == cell
