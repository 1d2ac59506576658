"""The harvests in Prometheus's text format 0.0.4."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timezone

from ..model import HarvestRun
from . import figures
from .figures import SourceFigures

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
OUTCOMES = ("added", "updated", "unchanged", "yielded", "deleted", "missing", "held", "errors")
Sample = tuple[Mapping[str, str], float]


def text(now: datetime) -> str:
    """All the metrics; `now` as CKAN's tables keep time."""
    found = figures.sources()
    ran = [(one, one.run) for one in found if one.run]
    ended = [(one, run) for one, run in ran if run.finished]
    parts = (
        _gauge("source_info", "An active source and how its last run stands.", (_info(one) for one in found)),
        _gauge(
            "last_success_timestamp_seconds",
            "When a run last finished without errors.",
            ((_label(one), _seconds(one.success)) for one in found if one.success),
        ),
        _gauge(
            "last_run_timestamp_seconds",
            "When the last run began.",
            ((_label(one), _seconds(run.started)) for one, run in ran),
        ),
        _gauge(
            "last_run_duration_seconds",
            "How long the last run took.",
            ((_label(one), _duration(run)) for one, run in ended),
        ),
        _gauge(
            "last_run_records",
            "What came of the records of the last run.",
            (({**_label(one), "outcome": key}, run.counts.get(key, 0)) for one, run in ran for key in OUTCOMES),
        ),
        _gauge(
            "last_run_errors",
            "Problems of the last run by class.",
            (({**_label(one), "class": name}, n) for one in found for name, n in one.classes.items()),
        ),
        _gauge(
            "running",
            "Whether the source is being harvested.",
            ((_label(one), float(bool(one.run and one.run.state == "running"))) for one in found),
        ),
        _gauge("held_records", "Deletions that wait for a person.", ((_label(one), one.held) for one in found)),
        _gauge(
            "overdue_seconds",
            "For how long the source should have been harvested.",
            ((_label(one), one.overdue(now).total_seconds()) for one in found),
        ),
        _gauge("queue_length", "Jobs that were ordered and not begun.", [({}, figures.waiting())]),
    )
    return "".join(parts)


def _gauge(name: str, says: str, samples: Iterable[Sample]) -> str:
    full = f"orden_harvest_{name}"
    lines = [f"# HELP {full} {says}", f"# TYPE {full} gauge"]
    lines += [f"{full}{_labels(labels)} {value:.15g}" for labels, value in samples]
    return "\n".join(lines) + "\n"


def _labels(labels: Mapping[str, str]) -> str:
    pairs = ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items())
    return f"{{{pairs}}}" if pairs else ""


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _info(one: SourceFigures) -> Sample:
    return {**_label(one), "type": one.kind, "state": one.run.state if one.run else "never"}, 1


def _label(one: SourceFigures) -> dict[str, str]:
    return {"source": one.name}


def _seconds(moment: datetime | None) -> float:
    return moment.replace(tzinfo=timezone.utc).timestamp() if moment else 0


def _duration(run: HarvestRun) -> float:
    return (run.finished - run.started).total_seconds() if run.finished else 0
