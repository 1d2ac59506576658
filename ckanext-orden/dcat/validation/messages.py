"""What a broken rule means, in a sentence: one wording for each kind of constraint."""

from __future__ import annotations

from rdflib import SH, URIRef

from ...types import Text

WORDINGS: dict[URIRef, tuple[str, str, str]] = {
    SH.MinCountConstraintComponent: ("missing", "{name}（{path}）がありません。", "{name} ({path}) is missing."),
    SH.MaxCountConstraintComponent: (
        "too_many",
        "{name}（{path}）が多すぎます。",
        "{name} ({path}) is there too often.",
    ),
    SH.NodeKindConstraintComponent: (
        "kind",
        "{name}（{path}）の値「{value}」の種類が違います。",
        "{name} ({path}): “{value}” is the wrong kind of value.",
    ),
    SH.DatatypeConstraintComponent: (
        "datatype",
        "{name}（{path}）の値「{value}」の型が違います。",
        "{name} ({path}): “{value}” has the wrong datatype.",
    ),
    SH.ClassConstraintComponent: (
        "range",
        "{name}（{path}）の値「{value}」が、決められた型のものではありません。",
        "{name} ({path}): “{value}” is not of the class asked for.",
    ),
    SH.NodeConstraintComponent: (
        "type",
        "{name}（{path}）の値「{value}」の型が違います。",
        "{name} ({path}): “{value}” is of the wrong type.",
    ),
    SH.PatternConstraintComponent: (
        "pattern",
        "{name}（{path}）の値「{value}」の書き方が違います。",
        "{name} ({path}): “{value}” is not written as it should be.",
    ),
    SH.InConstraintComponent: (
        "list",
        "{name}（{path}）の値「{value}」は、決められた一覧にありません。",
        "{name} ({path}): “{value}” is not in the list.",
    ),
    SH.HasValueConstraintComponent: (
        "lacking",
        "{name}（{path}）に、必ず要る値がありません。",
        "{name} ({path}) lacks the value that has to be there.",
    ),
    SH.DisjointConstraintComponent: (
        "same",
        "{name}（{path}）がタイトルと同じです。",
        "{name} ({path}) is the same as the title.",
    ),
    SH.UniqueLangConstraintComponent: (
        "language_repeated",
        "{name}（{path}）に同じ言語の値が2つ以上あります。",
        "{name} ({path}) has several values in one language.",
    ),
    SH.QualifiedMinCountConstraintComponent: (
        "missing",
        "{name}（{path}）がありません。",
        "{name} ({path}) is missing.",
    ),
    SH.QualifiedMaxCountConstraintComponent: (
        "former",
        "{name}（{path}）は、今は使わない書き方です。",
        "{name} ({path}) is a way to write it that is no longer used.",
    ),
}
OTHER = ("broken", "{name}（{path}）の値「{value}」が規則に合いません。", "{name} ({path}): “{value}” breaks the rule.")


def wording(component: URIRef, name: Text, path: str, value: str) -> tuple[str, Text]:
    """The last part of the code, and the message."""
    suffix, ja, en = WORDINGS.get(component, OTHER)
    english = name.get("en", path)
    return suffix, {
        "ja": ja.format(name=name.get("ja", path), path=path, value=value),
        "en": en.format(name=english[:1].upper() + english[1:], path=path, value=value),
    }
