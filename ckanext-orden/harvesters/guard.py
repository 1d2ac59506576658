"""Guard 1 of 2 (the other is `gather_stage`): an error in one record or source never takes the others with it."""

from __future__ import annotations

import logging
from collections.abc import Callable

from ckan.plugins import toolkit as tk
from sqlalchemy.exc import InterfaceError, OperationalError

from ..errors import OrdenError, RecordError
from ..types import Issue
from .texts import record_problem
from .upsert import reason

log = logging.getLogger(__name__)


def attempt(step: Callable[[], object]) -> tuple[Issue, ...]:
    """Do one step for one record; returns what went wrong, nothing when all is well.

    Our own decisions about the whole run and a lost database go through: nothing could be noted there.
    """
    try:
        step()
    except RecordError as error:
        return error.report.issues
    except tk.ValidationError as error:
        return (record_problem("record.rejected", reason=reason(error)),)
    except (OrdenError, OperationalError, InterfaceError):
        raise
    except Exception as error:
        log.exception("A record could not be taken")
        return (record_problem("record.internal", reason=f"{type(error).__name__}: {error}"[:300]),)
    return ()
