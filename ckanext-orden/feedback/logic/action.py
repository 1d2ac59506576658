"""Actions of the room: told, answered, published, closed, listed, and deleted as spam."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context, ErrorDict, Schema

from ...correspondence import forms, letters
from ...helpers.languages import readers_language
from .. import finding, mails, parties, showing, writing
from ..model import Feedback
from . import schema

__all__ = [
    "orden_feedback_answer",
    "orden_feedback_close",
    "orden_feedback_create",
    "orden_feedback_delete",
    "orden_feedback_list",
    "orden_feedback_published_list",
    "orden_feedback_show",
    "orden_feedback_update",
]

DataDict = dict[str, Any]
Done = TypeVar("Done")


def orden_feedback_create(context: Context, data_dict: DataDict) -> DataDict:
    """Tell the provider of a dataset what is wrong or missing, or ask.

    :param dataset: the id or name of the dataset
    :param kind: `error`, `outdated`, `unavailable`, `question` or `request` (everything else)
    :param text: the message
    :param resource: the id of the file that it is about (optional)
    :param mail: where to send word of the answer (optional; an account's own address is taken instead)
    :param stamp: of the form; people without an account send it
    :param language: ja or en, of the mails (default: that of the request)
    :returns: `id`, `state` and, without an account, `key`, which opens it; the key is told only here and in mails
    """
    data = _valid(context, data_dict, schema.create())
    user = model.User.get(context.get("user")) if context.get("user") else None
    if data["website"] or not (user or forms.by_a_person(parties.PURPOSE, data["stamp"])):
        said = tk._("The form was filled in too fast or is too old. Nothing is lost: please send it again.")
        raise tk.ValidationError({"form": [said]})
    tk.check_access("orden_feedback_create", context, data)
    package = _dataset(data["dataset"])
    told = writing.Told(
        package_id=package.id,
        resource_id=_resource(package, data["resource"]),
        kind=data["kind"],
        text=data["text"],
        mail="" if user else data["mail"],
        user_id=user.id if user else None,
        language=letters.mail_language(data["language"] or readers_language()),
    )
    row = _done(lambda: writing.create(told))
    made: DataDict = {"id": row.id, "state": row.state}
    return made if user else {**made, "key": parties.key_of(row)}


@tk.side_effect_free
def orden_feedback_show(context: Context, data_dict: DataDict) -> DataDict:
    """What was told and answered.

    :param id: its id
    :param key: the key of the link, for who sent it without an account
    :returns: with `sides` (`asker`, `provider`) and `told` (whether the visitor gets the answer by mail); no address
    """
    data = _valid(context, data_dict, schema.show())
    tk.check_access("orden_feedback_show", context, data)
    row = _row(data["id"])
    asker = parties.is_asker(row, context.get("user"), data["key"])
    sides = {"asker": asker, "provider": parties.is_provider(row, context)}
    return showing.whole(row, [side for side, stands in sides.items() if stands])


@tk.side_effect_free
def orden_feedback_list(context: Context, data_dict: DataDict) -> DataDict:
    """What an organization received, or the whole site: the longest open first, then the newest change.

    :param organization: its id or name; without it only for system administrators
    :param dataset: only of this dataset (id or name)
    :param state: only `open`, `answered` or `closed`
    :param older_than_days: only what was sent so many days ago or earlier
    :param limit: how many at most (default 100, at most 1000)
    :param offset: how many to leave out
    :returns: `count`, `feedback`, `states` (how many in each) and `datasets` (how many of each)
    """
    data = _valid(context, data_dict, schema.listed())
    tk.check_access("orden_feedback_list", context, data)
    return finding.found(data)


@tk.side_effect_free
def orden_feedback_published_list(context: Context, data_dict: DataDict) -> list[DataDict]:
    """The answers about a dataset that its provider has published, newest first, 20 at most.

    :param dataset: the id or name of the dataset
    :returns: `kind`, `answer`, times, and `text` where the provider shows what was asked
    """
    tk.check_access("orden_feedback_published_list", context, data_dict)
    return finding.pairs(_dataset(str(data_dict["dataset"])).id)


def orden_feedback_answer(context: Context, data_dict: DataDict) -> DataDict:
    """Answer as the provider, or write the answer anew.

    :param id: its id
    :param text: the answer
    :param published: whether it stands on the dataset's page (default: false, only who asked reads it)
    :param show_text: whether what the visitor wrote stands there with it (default: false)
    """
    data, row = _step(context, data_dict, "answer", schema.answer())
    public = {name: data[name] for name in ("published", "show_text")}
    return _taken(row, lambda: writing.answer(row, data["text"], **public))


def orden_feedback_update(context: Context, data_dict: DataDict) -> DataDict:
    """Choose what stands on the dataset's page, at any time.

    :param id: its id
    :param published: whether the answer stands there (default: false)
    :param show_text: whether what the visitor wrote stands there with it (default: false)
    """
    data, row = _step(context, data_dict, "update", schema.update())
    public = {name: data[name] for name in ("published", "show_text")}
    return _taken(row, lambda: writing.publish(row, **public))


def orden_feedback_close(context: Context, data_dict: DataDict) -> DataDict:
    """End it as the provider.

    :param id: its id
    :param reason: why; who sent it reads it
    """
    data, row = _step(context, data_dict, "close", schema.close())
    return _taken(row, lambda: writing.close(row, data["reason"]))


def orden_feedback_delete(context: Context, data_dict: DataDict) -> None:
    """Delete it as spam; the like of it is refused for some days.

    :param id: its id
    """
    _, row = _step(context, data_dict, "delete", schema.show())
    _done(lambda: writing.remove_spam(row))


def _step(context: Context, data_dict: DataDict, verb: str, fields: Schema) -> tuple[DataDict, Feedback]:
    data = _valid(context, data_dict, fields)
    tk.check_access(f"orden_feedback_{verb}", context, data)
    row = Feedback.locked(data["id"])
    if row is None:
        raise tk.ObjectNotFound(tk._("Feedback not found"))
    return data, row


def _taken(row: Feedback, step: Callable[[], None]) -> DataDict:
    _done(step)
    return showing.whole(row, ["provider"])


def _done(step: Callable[[], Done]) -> Done:
    """Take a step as one transaction; its mails go out after it."""
    try:
        done = step()
    except tk.ValidationError:
        model.Session.rollback()
        raise
    model.Session.commit()
    mails.ring()
    return done


def _dataset(name: str) -> model.Package:
    package = model.Package.get(name)
    if package is None or package.type != "dataset" or package.state != "active" or not package.owner_org:
        raise tk.ObjectNotFound(tk._("Dataset not found"))
    return package


def _resource(package: model.Package, resource_id: str) -> str | None:
    known = {resource.id for resource in package.resources}
    if resource_id and resource_id not in known:
        raise tk.ValidationError({"resource": [tk._("Choose one of the dataset’s files, or none.")]})
    return resource_id or None


def _row(feedback_id: str) -> Feedback:
    row = Feedback.get(feedback_id)
    if row is None:
        raise tk.ObjectNotFound(tk._("Feedback not found"))
    return row


def _valid(context: Context, data_dict: DataDict, fields: Schema) -> DataDict:
    data, errors = tk.navl_validate({name: data_dict[name] for name in fields if name in data_dict}, fields, context)
    if errors:
        raise tk.ValidationError(cast(ErrorDict, errors))
    return data
