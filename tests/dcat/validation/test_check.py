"""How much a check costs and how long its report is."""

from __future__ import annotations

import time

import pytest
from ckanext.orden.dcat.validation import check_bytes

PREFIX = "@prefix dcat: <http://www.w3.org/ns/dcat#> .\n"
EMPTY = PREFIX + "".join(f"<http://e/{i}> a dcat:Dataset .\n" for i in range(100))
TANGLE = " ".join(f"_:a{i} <http://b> {', '.join(f'_:a{j}' for j in range(20))} ." for i in range(20))
VALUES = "_:a0 <http://e/p> " + ", ".join(f'"{i}"' for i in range(2000)) + " ."


@pytest.mark.parametrize("held", [TANGLE, VALUES], ids=["nodes that hold each other", "many values"])
def test_blank_node_in_many_results_is_not_written_out(held: str):
    themes = "".join(f"<http://e/{i}> dcat:theme _:a0 .\n" for i in range(100))
    start = time.process_time()
    report = check_bytes((EMPTY + themes + held).encode(), "base").report
    assert time.process_time() - start < 5
    assert "dcat.dataset.theme.kind" in {issue.code for issue in report.issues}


def test_long_report_lists_the_worst_and_counts_all():
    report = check_bytes(EMPTY.encode(), "odpo").report
    shown = report.as_dict()
    assert len(shown["issues"]) == 500
    assert 0 < shown["errors"] <= 500
    assert {issue["severity"] for issue in shown["issues"][: shown["errors"]]} == {"error"}
    assert shown["errors"] + shown["warnings"] + shown["infos"] == 500 + shown["left_out"] == 1200
    assert report.with_issues(()).count("error") == shown["errors"]
