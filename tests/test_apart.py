"""Work in a process of its own."""

from __future__ import annotations

import os
import socket
import time

import pytest
from ckanext.orden.apart import MEMORY, TooMuch, apart, stream
from ckanext.orden.errors import SourceError
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


def sealed(work, seconds=5):
    return list(stream(work, seconds, SourceError, sealed=True))


def test_results_come_one_after_the_other_and_in_order():
    assert sealed(lambda: range(1000)) == list(range(1000))


def test_work_that_nobody_waits_for_is_ended():
    def endless():
        while True:
            yield "x" * 1000

    results = stream(endless, 5)
    assert next(results) == "x" * 1000
    results.close()


def test_fault_that_is_expected_comes_through_with_its_texts():
    def work():
        yield 1
        raise SourceError("no catalogue", ja="カタログではありません")

    results = stream(work, 5, SourceError, sealed=True)
    assert next(results) == 1
    with pytest.raises(SourceError, match="no catalogue") as caught:
        next(results)
    assert caught.value.texts["ja"] == "カタログではありません"


def test_endless_stream_of_work_is_ended_in_words():
    def work():
        yield 1
        while True:
            pass

    with pytest.raises(TooMuch):
        sealed(work, 1)


def test_sealed_work_opens_no_connection_and_no_file(tmp_path):
    (tmp_path / "file").write_text("x")

    def work():
        for open_one in (lambda: socket.create_connection(("127.0.0.1", 1)), (tmp_path / "file").open):
            try:
                open_one()
            except OSError as error:
                yield error.errno

    assert sealed(work) == [24, 24], "too many open files: none is allowed"


def test_sealed_work_holds_none_of_our_connections():
    with socket.socket() as ours:
        number = ours.fileno()

        def work():
            try:
                os.fstat(number)
            except OSError as error:
                yield error.errno

        assert sealed(work) == [9], "bad file descriptor"
