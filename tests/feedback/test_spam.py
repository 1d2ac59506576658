"""What is refused before it reaches anybody, with a message that says why."""

from __future__ import annotations

from typing import Any

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckanext.orden.correspondence import forms
from ckanext.orden.feedback import parties
from ckanext.orden.feedback.model import Feedback, FeedbackMail

from .conftest import STRANGER, Tell, old_stamp

API = "/api/action/orden_feedback_create"


def refused(tell: Tell, *who: str, **data: Any) -> list[str]:
    """The fields that are said to be wrong."""
    with pytest.raises(tk.ValidationError) as error:
        tell(*who, **data)
    return list(error.value.error_dict)


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"website": "https://spam.example"}, "form"),
        ({"stamp": ""}, "form"),
        ({"stamp": "made.up.stamp"}, "form"),
        ({"kind": ""}, "kind"),
        ({"kind": "praise"}, "kind"),
        ({"text": " \r\n "}, "text"),
        ({"text": "あ" * 2001}, "text"),
        ({"text": "https://spam.example/ " * 4}, "text"),
        ({"text": "見えない\x07文字"}, "text"),
        ({"text": ["一覧"]}, "text"),
        ({"mail": "nobody"}, "mail"),
        ({"mail": f"{STRANGER}, other@visitor.example.jp"}, "mail"),
        ({"mail": f"{STRANGER}\nBcc: other@visitor.example.jp"}, "mail"),
        ({"resource": "none"}, "resource"),
    ],
    ids=str,
)
def test_wrong_form_is_refused_at_its_field(data: dict[str, Any], field: str, tell: Tell):
    assert refused(tell, **data) == [field]
    assert (model.Session.query(Feedback).count(), model.Session.query(FeedbackMail).count()) == (0, 0)


def test_form_that_was_filled_in_at_once_is_refused(tell: Tell):
    assert refused(tell, stamp=forms.stamp(parties.PURPOSE)) == ["form"]


def test_stamp_of_another_form_does_not_count(tell: Tell):
    assert refused(tell, stamp=forms.stamp("inquiry")) == ["form"]


def test_same_text_about_a_dataset_is_taken_once_a_day(tell: Tell):
    tell()
    assert refused(tell) == ["text"]
    assert refused(tell, "hanako") == ["text"]


def test_account_has_its_limit_whatever_it_tells(tell: Tell, ckan_config: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(ckan_config, "ckanext.orden.feedback.per_hour", 2)
    for text in ("一つ目です", "二つ目です"):
        tell("hanako", text=text)
    assert refused(tell, "hanako", text="三つ目です") == ["limit"]
    assert tell("member", text="別の人です")["state"] == "open"


def test_network_has_its_limit_and_ordinary_mistakes_do_not_use_it_up(
    app: Any, ckan_config: Any, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(ckan_config, "ckanext.orden.feedback.per_hour", 1)
    given = {"dataset": "shelters", "kind": "error", "stamp": old_stamp()}
    codes = [app.post(API, json={**given, "text": text}).status_code for text in ("", "", "一つ目です", "二つ目です")]
    assert codes == [409, 409, 200, 409]


def test_dataset_has_its_limit_whoever_writes(tell: Tell, ckan_config: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(ckan_config, "ckanext.orden.feedback.dataset_per_day", 2)
    for who in ("hanako", "member"):
        tell(who, text=f"{who}の話です")
    assert refused(tell, "neighbour", text="三つ目です") == ["limit"]


def test_what_is_no_dataset_of_a_provider_is_not_found(tell: Tell):
    with pytest.raises(tk.ObjectNotFound):
        tell(dataset="none")
