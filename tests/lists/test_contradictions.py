"""What cannot be true at once is refused through a list too, in the words of form and API.

A list has no columns for price, access and personal data: it meets them in the dataset that is registered already.
"""

from __future__ import annotations

from typing import Any

import pytest
from ckan.plugins import toolkit as tk

from .conftest import row, shown

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")

CLOSED = "個別契約"
CONTRADICTIONS: dict[str, tuple[dict[str, Any], dict[str, str], str]] = {
    "price": ({"fee": "有償", "license_id": "other-closed"}, {}, "contradiction.open_but_paid"),
    "openness": ({"access_rights": "非公開", "license_id": "other-closed"}, {}, "contradiction.open_but_closed"),
    "restricted": ({"access_rights": "制限あり", "license_id": "other-closed"}, {}, "contradiction.open_but_closed"),
    "personal": (
        {"privacy_policy_contains_personal_data": "個人情報（要配慮個人情報を含む）", "license_id": "other-closed"},
        {},
        "contradiction.personal_but_public",
    ),
    "dynamics": (
        {},
        {"ファイル_形式": "NGSI", "データセット_更新頻度": "更新しない"},
        "contradiction.dynamic_but_never",
    ),
    "period": ({}, {"データセット_対象期間": "2025-04-01/2024-04-01"}, "period.reversed"),
}
"""What is registered beforehand, what the list says, the rule."""


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_contradiction_is_refused_with_the_words_of_the_api(apply, preview, act, name):
    registered, cells, code = CONTRADICTIONS[name]
    apply(row(1, ファイル_ライセンス=CLOSED), row(2))
    dataset = shown()[0]
    if registered:
        act("package_patch", id=dataset["id"], **registered)
    upload = preview(row(1, **cells), row(2))
    assert (upload["counts"]["wrong"], upload["counts"]["unchanged"]) == (1, 1)
    (wrong,) = (found for found in upload["rows"] if found["state"] == "wrong")
    (issue,) = (issue for issue in wrong["issues"] if issue["code"] == code)
    assert issue["line"] == 2
    assert words_of_the_api(act, dataset, name) == f"{issue['message']['ja']} {issue['hint']['ja']}"
    done = act("orden_list_apply", id=upload["id"])
    assert (done["outcomes"]["updated"], done["outcomes"]["created"]) == (0, 0)


def words_of_the_api(act: Any, dataset: dict[str, Any], name: str) -> str:
    """What `package_patch` says to the same statement."""
    says: dict[str, Any] = {"license_id": "CC-BY-4.0"}
    if name == "dynamics":
        says = {"frequency": "更新しない", "resources": [{**dataset["resources"][0], "format": "NGSI"}]}
    if name == "period":
        says = {"temporal_coverage": [{"start": "2025-04-01", "end": "2024-04-01"}]}
    with pytest.raises(tk.ValidationError) as refused:
        act("package_patch", id=dataset["id"], **says)
    (messages,) = refused.value.error_dict.values()
    return next(text for text in flat(messages))


def flat(messages: Any) -> list[str]:
    if isinstance(messages, dict):
        return [text for found in messages.values() for text in flat(found)]
    return [text for found in messages for text in flat(found)] if isinstance(messages, list) else [str(messages)]


def test_contradiction_that_arises_after_the_preview_is_refused_by_the_application(apply, preview, act):
    apply(row(1, ファイル_ライセンス=CLOSED))
    upload = preview(row(1))
    assert upload["counts"]["changed"] == 1
    act("package_patch", id=shown()[0]["id"], fee="有償")
    assert act("orden_list_apply", id=upload["id"])["outcomes"]["failed"] == 1
    (failed,) = act("orden_list_show", id=upload["id"])["rows"]
    assert "contradiction.open_but_paid" in [issue["code"] for issue in failed["issues"]]
