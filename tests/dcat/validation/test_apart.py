"""A check in a process of its own."""

from __future__ import annotations

import os
import time

import pytest
from ckanext.orden.dcat.validation.apart import MEMORY, apart
from ckanext.orden.types import Report

WHOLE = Report(subject="x", checked=3)


def test_report_comes_back():
    assert apart(lambda: WHOLE, 5) == WHOLE


def test_endless_check_is_ended():
    def endless() -> Report:
        while True:
            pass

    start = time.process_time()
    assert apart(endless, 1) is None
    assert time.process_time() - start < 1


def test_check_that_takes_too_much_memory_is_ended():
    assert apart(lambda: Report(checked=len(bytearray(2 * MEMORY))), 5) is None
    assert apart(lambda: Report(checked=len(bytearray(MEMORY // 4))), 5) is not None


def test_parser_that_aborts_for_want_of_memory_is_ended():
    assert apart(os.abort, 5) is None


def test_fault_of_ours_is_no_verdict():
    with pytest.raises(RuntimeError):
        apart(lambda: Report(checked=1 // 0), 5)
