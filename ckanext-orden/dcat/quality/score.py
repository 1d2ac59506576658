"""The score of one dataset: its points, what is missing, and what each fix is worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .european import Found
from .metrics import BEST, DIMENSIONS, EUROPEAN, JAPANESE, METRICS, Band, Metric, band


@dataclass(frozen=True)
class Score:
    """Which metrics are fulfilled, of the European and the Japanese ones."""

    found: Found

    @property
    def points(self) -> int:
        """Of the 405."""
        return sum(metric.points for metric in EUROPEAN if self.found.get(metric.code))

    @property
    def japan(self) -> int | None:
        """Percent of what can be asked of the dataset; None where nothing can."""
        asked = [metric for metric in JAPANESE if self.found.get(metric.code) is not None]
        best = sum(metric.points for metric in asked)
        reached = sum(metric.points for metric in asked if self.found[metric.code])
        return round(100 * reached / best) if best else None

    @property
    def band(self) -> Band:
        return band(self.points)

    @property
    def missing(self) -> list[Metric]:
        """What to mend, the fix that is worth most first; what could not be looked at is not among it."""
        missing = [METRICS[code] for code, fulfilled in self.found.items() if fulfilled is False]
        return sorted(missing, key=lambda metric: (metric.dimension == "japan", -metric.points, metric.code))

    @property
    def unknown(self) -> list[Metric]:
        """European metrics that could not be looked at yet: addresses that were never asked for."""
        return [metric for metric in EUROPEAN if self.found.get(metric.code) is None]

    def dimensions(self) -> dict[str, tuple[int, int]]:
        """Points reached and points there are, by dimension."""
        return dimensions({metric.code: float(bool(self.found.get(metric.code))) for metric in EUROPEAN})

    def as_dict(self) -> dict[str, Any]:
        """The JSON face of the score."""
        return {
            "points": self.points,
            "of": BEST,
            "band": self.band.code,
            "japan": self.japan,
            "dimensions": {code: {"points": points, "of": of} for code, (points, of) in self.dimensions().items()},
            "metrics": [
                {
                    "code": metric.code,
                    "dimension": metric.dimension,
                    "points": metric.points,
                    "fulfilled": self.found[metric.code],
                }
                for metric in METRICS.values()
                if metric.code in self.found
            ],
            "missing": [fix(metric) for metric in self.missing],
        }


def fix(metric: Metric) -> dict[str, Any]:
    """What to mend, for an answer."""
    return {
        "code": metric.code,
        "dimension": metric.dimension,
        "points": metric.points,
        "fix": dict(metric.fix),
        "why": dict(metric.why),
        "field": metric.field,
    }


def dimensions(shares: Mapping[str, float]) -> dict[str, tuple[int, int]]:
    """Points reached and points there are, by dimension, where `shares` of the datasets fulfil a metric (0 to 1)."""
    found: dict[str, tuple[int, int]] = {}
    for code in DIMENSIONS:
        metrics = [metric for metric in EUROPEAN if metric.dimension == code]
        reached = sum(metric.points * shares.get(metric.code, 0.0) for metric in metrics)
        found[code] = round(reached), sum(metric.points for metric in metrics)
    return found
