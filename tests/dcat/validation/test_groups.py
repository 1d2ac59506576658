"""Issues by rule."""

from __future__ import annotations

from ckanext.orden.dcat.validation.groups import EXAMPLES, Groups
from ckanext.orden.types import Issue, Severity

TEXT = {"ja": "あ", "en": "a"}


def issues(code: str, count: int, severity: Severity = "error") -> list[Issue]:
    return [Issue(code, severity, "title", TEXT, where=f"http://e/{number}") for number in range(count)]


def test_rule_has_its_count_and_first_places():
    (group,) = Groups(issues("a.missing", 12)).as_list()
    assert group["count"] == 12
    assert [example["where"] for example in group["examples"]] == [f"http://e/{number}" for number in range(EXAMPLES)]


def test_errors_come_first_and_then_what_is_there_most_often():
    groups = Groups([*issues("c", 9, "info"), *issues("a", 1), *issues("b", 3), *issues("d", 7, "warning")])
    assert [group["code"] for group in groups.as_list()] == ["b", "a", "d", "c"]


def test_parts_add_up():
    whole = Groups(issues("a", 3))
    whole.add(Groups([*issues("a", 4), *issues("b", 1, "warning")]))
    counts = {group["code"]: (group["count"], len(group["examples"])) for group in whole.as_list()}
    assert counts == {"a": (7, EXAMPLES), "b": (1, 1)}


def test_report_of_groups_lists_the_examples_and_counts_all():
    report = Groups([*issues("a", 20), *issues("b", 2, "warning")]).report("all", "base", 100).as_dict()
    assert (report["errors"], report["warnings"], report["left_out"]) == (20, 2, 15)
    assert len(report["issues"]) == EXAMPLES + 2
    assert report["valid"] is False


def test_error_is_not_lost_among_warnings_of_the_same_code():
    whole = Groups(issues("a", 3, "warning"))
    whole.add(Groups(issues("a", 1)))
    report = whole.report("all", "city", 4)
    assert (report.valid, report.count("error"), report.count("warning")) == (False, 1, 3)
