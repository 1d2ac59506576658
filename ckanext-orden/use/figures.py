"""The figures of the statistics page in the reader's language: each has a drawing and a table of the same numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ckan.plugins import toolkit as tk

from ..helpers import charts
from ..helpers.axes import LOOK, axis_title
from ..helpers.charts import Drawing
from ..helpers.languages import orden_language
from ..helpers.terms import orden_facet_word
from ..helpers.words import orden_date, orden_number
from .statistics import FACETS

Cells = tuple[object, ...]
REIWA = 2018
"""The year before the era began."""
WIDTH = 420
LONGEST_CHART = 60
"""Months of a chart; its table has them all."""


@dataclass(frozen=True)
class Figure:
    """A chart with what it says in a sentence, and its table; `name` is that of its CSV."""

    name: str
    title: str
    said: str
    header: tuple[str, ...]
    rows: Sequence[Cells]
    drawings: tuple[tuple[str, Drawing], ...] = ()
    """Each with its own title, where there are several."""
    links: tuple[str, ...] = ()
    """Where the rows lead, if anywhere."""


@dataclass(frozen=True)
class Section:
    """Figures under one heading."""

    name: str
    title: str
    said: str
    figures: list[Figure]


def sections(found: Mapping[str, Any]) -> list[Section]:
    """All figures of the statistics; a section without any is left out."""
    counted = tk._(
        "Only people count: no programs that say what they are, no editors of the dataset, no administrators."
    )
    entered = tk._("By when it was entered here; what has been deleted since is not counted.")
    made = [
        Section("plan", tk._("Plan and result"), "", _plan(found["plan"])),
        Section("growth", tk._("Growth"), entered, _growth(found["growth"])),
        Section("holdings", tk._("What is there"), "", _holdings(found["holdings"])),
        Section("use", tk._("What is used"), counted, [*_use(found["use"]), *_most_used(found["most_used"])]),
    ]
    return [section for section in made if section.figures]


def goal(found: Mapping[str, Any]) -> dict[str, Any]:
    """The year of the plan that runs, with its name; empty where there is none."""
    running = [row for row in found["plan"] if row["datasets"]["actual"] is not None]
    return {**running[-1], "title": fiscal_year(running[-1]["year"])} if running else {}


def fiscal_year(year: int) -> str:
    """令和8年度; FY2026"""
    return (
        f"令和{year - REIWA}年度" if orden_language() == "ja" and year > REIWA else tk._("FY{year}").format(year=year)
    )


def _plan(rows: Sequence[Mapping[str, Any]]) -> list[Figure]:
    titles = {"datasets": tk._("Datasets"), "organizations": tk._("Organisations")}
    return [_compared(name, title, rows) for name, title in titles.items() if rows]


def _compared(name: str, title: str, rows: Sequence[Mapping[str, Any]]) -> Figure:
    points = [(fiscal_year(row["year"]), row[name]["actual"], row[name]["plan"]) for row in rows]
    known = [point for point in points if point[1] is not None]
    said = ""
    if known:
        year, actual, planned = known[-1]
        said = tk._("{actual} of the {planned} planned for {year}.").format(
            year=year, actual=orden_number(actual), planned=orden_number(planned)
        )
    table = [
        (year, planned, "" if actual is None else actual, "" if actual is None else actual - planned)
        for year, actual, planned in points
    ]
    header = (tk._("Fiscal year"), tk._("Planned"), tk._("Reached"), tk._("Difference"))
    drawing = charts.columns([(year.removesuffix("年度"), actual, planned) for year, actual, planned in points], WIDTH)
    return Figure(f"plan-{name}", title, said, header, table, (("", drawing),))


def _growth(rows: Sequence[Mapping[str, Any]]) -> list[Figure]:
    titles = {
        "datasets": tk._("Datasets"),
        "resources": tk._("Data (files and APIs)"),
        "organizations": tk._("Organisations"),
    }
    return [_over_time(name, title, tk._("{month}: {number}"), rows) for name, title in titles.items() if rows]


def _use(rows: Sequence[Mapping[str, Any]]) -> list[Figure]:
    so_far = tk._("So far in {month}: {number}")
    titles = {"views": tk._("Times read"), "downloads": tk._("Downloads"), "searches": tk._("Times searched")}
    return [_over_time(name, title, so_far, rows) for name, title in titles.items()]


def _over_time(name: str, title: str, said: str, rows: Sequence[Mapping[str, Any]]) -> Figure:
    points = [(row["month"], row[name]) for row in rows]
    drawing = charts.drawn({"points": points[-LONGEST_CHART:], "over_time": True}, WIDTH)
    said = said.format(month=orden_date(points[-1][0]), number=orden_number(points[-1][1]))
    return Figure(name, title, said, (tk._("Month"), title), points, (("", drawing),))


def _holdings(holdings: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[Figure]:
    made = [
        _axes(holdings),
        _values("theme", tk._("Theme"), holdings),
        _values("format", tk._("Format"), holdings),
        _licences(holdings["licence"]),
    ]
    return [figure for figure in made if figure.rows]


def _axes(holdings: Mapping[str, Sequence[Mapping[str, Any]]]) -> Figure:
    known = {axis_title(axis): [(_word(axis, row), row["datasets"]) for row in holdings[axis]] for axis in LOOK}
    rows = [(title, *row) for title, found in known.items() for row in found]
    drawings = tuple((title, _bars(found)) for title, found in known.items() if found)
    header = (tk._("Axis"), tk._("Value on the axis"), tk._("Datasets"))
    return Figure("axes", tk._("Five axes"), "", header, rows, drawings)


def _values(name: str, title: str, holdings: Mapping[str, Sequence[Mapping[str, Any]]]) -> Figure:
    rows = [(_word(name, row), row["datasets"]) for row in holdings[name]]
    return Figure(name, title, "", (title, tk._("Datasets")), rows, (("", _bars(rows)),) if rows else ())


def _licences(known: Sequence[Mapping[str, Any]]) -> Figure:
    """Their codes are short enough to stand beside bars; the table also has their names."""
    rows = [(row["name"], _word("licence", row), row["datasets"]) for row in known]
    header = (tk._("Code"), tk._("Licence"), tk._("Datasets"))
    drawing = _bars([(code, count) for code, _, count in rows]) if rows else None
    return Figure("licence", tk._("Licence"), "", header, rows, (("", drawing),) if drawing else ())


def _bars(rows: Sequence[tuple[str, int]]) -> Drawing:
    return charts.drawn({"points": rows, "over_time": False}, WIDTH)


def _word(name: str, row: Mapping[str, Any]) -> str:
    return orden_facet_word(FACETS[name], row)


def _most_used(datasets: Sequence[Mapping[str, Any]]) -> list[Figure]:
    if not datasets:
        return []
    rows = [tuple(row[name] for name in ("title", "organization_title", "downloads", "views")) for row in datasets]
    header = (tk._("Dataset"), tk._("Provider"), tk._("Downloads"), tk._("Times read"))
    links = tuple(tk.url_for("dataset.read", id=row["name"]) for row in datasets)
    return [Figure("most-used", tk._("Most used in 30 days"), "", header, rows, links=links)]
