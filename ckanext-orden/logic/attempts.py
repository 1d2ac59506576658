"""Guard 1 of 2 (the other is `gather_stage`): an error in one record never takes the others with it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from ckan.plugins import toolkit as tk
from sqlalchemy.exc import InterfaceError, OperationalError

from ..errors import OrdenError, RecordError
from ..types import Issue, Text

log = logging.getLogger(__name__)

_INTERNAL: tuple[Text, Text] = (
    {
        "ja": "orden 内部のエラーで取り込めませんでした（{reason}）。詳細はサーバーのログにあります。",
        "en": "An error inside orden kept the record out ({reason}). The log of the server tells more.",
    },
    {"ja": "このサイトの管理者に連絡してください。", "en": "Report it to the operator of this site."},
)
_REJECTED: tuple[Text, Text] = (
    {
        "ja": "カタログがこのレコードを受け付けませんでした: {reason}",
        "en": "The catalogue did not accept the record: {reason}",
    },
    {
        "ja": "提供元で該当項目を直してください。次回の実行で取り込みます。",
        "en": "Mend the field at the source; the next run takes it again.",
    },
)


def attempt(step: Callable[[], object]) -> tuple[Issue, ...]:
    """Do one step for one record; returns what went wrong, nothing when all is well.

    Our own decisions about the whole run and a lost database go through: nothing could be noted there.
    """
    try:
        step()
    except RecordError as error:
        return error.report.issues
    except tk.ValidationError as error:
        return (_problem("record.rejected", _REJECTED, reason(error)),)
    except (OrdenError, OperationalError, InterfaceError):
        raise
    except Exception as error:
        log.exception("A record could not be taken")
        return (_problem("record.internal", _INTERNAL, f"{type(error).__name__}: {error}"[:300]),)
    return ()


def reason(error: tk.ValidationError) -> str:
    """What CKAN's validation says, as one line: field, then its messages."""
    return "; ".join(_flat(error.error_dict))


def _problem(code: str, texts: tuple[Text, Text], why: str) -> Issue:
    message, hint = texts
    return Issue(code, "error", "", {lang: words.format(reason=why) for lang, words in message.items()}, hint)


def _flat(errors: Any, path: str = "") -> list[str]:
    if isinstance(errors, dict):
        return [text for key, value in errors.items() for text in _flat(value, f"{path}.{key}".strip("."))]
    if isinstance(errors, list) and any(isinstance(item, dict) for item in errors):
        return [text for number, item in enumerate(errors) for text in _flat(item, f"{path}[{number}]")]
    messages = errors if isinstance(errors, list) else [errors]
    texts = [str(message) for message in messages if message]
    return [f"{path}: {' '.join(texts)}"] if texts else []
