"""What is asked while somebody types."""

from __future__ import annotations

import pytest
from ckanext.orden.search import suggestions


@pytest.mark.parametrize(
    ("typed", "prefix"),
    [
        ("ひなん", "title_yomi:ひなん*"),
        ("ひなんj", "title_yomi:ひなん*"),
        ("hinanj", "title_yomi:hina*"),
        ("toyon", "title_yomi:toyo*"),
        ("t", "title_yomi:t*"),
        ("wi-fi", r"title_yomi:wi\-fi*"),
    ],
)
def test_an_unfinished_syllable_is_not_asked_for(typed: str, prefix: str) -> None:
    assert prefix in suggestions.datasets(typed, 5)["q"]


@pytest.mark.parametrize("typed", ['a" OR *:*', "a) OR (b", "a:b", "a\\", '{!knn f="v"}', "*", "?"])
def test_signs_of_solr_are_words_here(typed: str) -> None:
    for search in (suggestions.datasets(typed, 5), suggestions.organizations(typed, 5)):
        bare = search["q"].replace("\\\\", "")
        for sign in ('\\"', "\\(", "\\)", "\\:", "\\*", "\\?", "\\{", "\\}", "\\!"):
            bare = bare.replace(sign, "")
        outside = "".join(bare.split('"')[::2])
        assert outside.count("*") == outside.count(":") - 1
        assert "(" not in outside


@pytest.mark.parametrize(("typed", "text"), [(None, ""), (["x"], ""), ("  a \n b ", "a b"), ("あ" * 99, "あ" * 50)])
def test_what_is_typed_becomes_one_bounded_line(typed: object, text: str) -> None:
    assert suggestions.cleaned(typed) == text


def test_organisations_come_first_and_the_list_is_bounded() -> None:
    organizations = [{"name": "b", "display_name": "B", "count": 1}, {"name": "a", "display_name": "A", "count": 9}]
    datasets = [{"name": f"d{number}", "title": f"D{number}"} for number in range(9)]
    rows = suggestions.listed(organizations, datasets, 4)
    assert [row["name"] for row in rows] == ["a", "b", "d0", "d1"]
    assert {row["kind"] for row in rows} == {"organization", "dataset"}
