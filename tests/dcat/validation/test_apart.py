"""A check in a process of its own."""

from __future__ import annotations

import time

import pytest
from ckanext.orden.dcat.validation.apart import apart
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


def test_fault_of_ours_is_no_verdict():
    with pytest.raises(RuntimeError):
        apart(lambda: Report(checked=1 // 0), 5)
