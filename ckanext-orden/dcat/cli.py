"""`ckan orden-dcat`: the checks of the DCAT room on the command line."""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context

from .. import config
from ..fetching.asking import Verdict
from .asked import filters
from .catalogue import data_json, dump
from .catalogue.fragments import triples_of
from .catalogue.query import pages
from .catalogue.walk import walk
from .checks import check_document, check_each, level_names
from .links import checking
from .model import DcatLink
from .quality import keeping, summary
from .syntaxes import N_TRIPLES

__all__ = ["orden_dcat"]

VALID, NOT_VALID, NOT_CHECKED = 0, 1, 2
PAGE = 100
UNCHECKED = ("source.unreachable", "rdf.too_slow")


@click.group("orden-dcat", short_help="Publish and check DCAT")
def orden_dcat() -> None:
    """Publish and check DCAT."""


@orden_dcat.command()
@click.argument("subject", required=False)
@click.option("--all", "everything", is_flag=True, help="Check all public datasets.")
@click.option("--organization", help="Check the public datasets of this organisation.")
@click.option("--source", help="Check the public datasets of this harvest source.")
@click.option("--level", default="odpo", show_default=True, help="One of `ckan orden-dcat levels`.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option("--lang", type=click.Choice(["ja", "en"]), default="ja", show_default=True)
def validate(subject: str | None, level: str, as_json: bool, lang: str, everything: bool, **of: str | None) -> None:
    """Check a FILE (- is standard input), a URL or a DATASET's id, or many datasets.

    Exit code: 0 valid, 1 not valid, 2 could not be checked.
    """
    asked = {name: value for name, value in of.items() if value}
    if bool(subject) + everything + len(asked) != 1:
        raise click.UsageError("Give one of SUBJECT, --all, --organization and --source.")
    if level not in level_names():
        raise click.UsageError(f"There is no level {level}: {', '.join(level_names())}")
    try:
        report = _report(subject, level) if subject else _many(asked, level, quiet=as_json)
    except (tk.ObjectNotFound, OSError) as error:
        click.echo(f"{subject or ' '.join(asked.values())}: {error}", err=True)
        sys.exit(NOT_CHECKED)
    text = _text(report, lang) if subject else _by_rule(report, lang)
    click.echo(json.dumps(report, ensure_ascii=False, indent=2) if as_json else text)
    sys.exit(_exit_code(report))


@orden_dcat.command("levels")
def levels_() -> None:
    """List the levels of rules, the operator's too."""
    for name in level_names():
        click.echo(name)


@orden_dcat.command("dump")
@click.option("--json", "as_json", is_flag=True, help="Print what the dump holds as JSON.")
def dump_(as_json: bool) -> None:
    """Write the dump of the whole catalogue, and data.json, now, in this process.

    Exit code: 0 written, 2 could not be written.
    """
    try:
        made = dump.build((lambda done, of: None) if as_json else (lambda done, of: click.echo(f"{done} of {of}")))
        data_json.build()
    except (tk.ValidationError, tk.NotAuthorized, OSError) as error:
        click.echo(f"The dump is not written: {error}", err=True)
        sys.exit(NOT_CHECKED)
    if as_json:
        click.echo(json.dumps(asdict(made), indent=2))
        return
    click.echo(f"{made.datasets} datasets, {made.triples} triples")
    for file in made.files.values():
        click.echo(f"  {dump.folder() / file.name}  {file.size:,} bytes  sha256 {file.sha256}")
    click.echo(f"  {data_json.path()}  {data_json.path().stat().st_size:,} bytes")


@orden_dcat.command()
@click.argument("datasets", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--lang", type=click.Choice(["ja", "en"]), default="ja", show_default=True)
def score(datasets: tuple[str, ...], as_json: bool, lang: str) -> None:
    """Make the scores of DATASETS (ids or names) anew, without any those that are out of date, and show them.

    Exit code: 0 made, 2 no such dataset.
    """
    found = {name: model.Package.get(name) for name in datasets}
    if unknown := [name for name, package in found.items() if package is None]:
        click.echo(f"There is no dataset {', '.join(unknown)}", err=True)
        sys.exit(NOT_CHECKED)
    ids = {package.id: name for name, package in found.items() if package}
    quiet = as_json or bool(datasets)
    keeping.refresh((lambda done: None) if quiet else (lambda done: click.echo(f"{done} scores")), ids or None)
    if ids:
        shown = {name: kept[0].as_dict() for id_, name in ids.items() if (kept := keeping.stored(id_))}
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2) if as_json else _scores(shown, lang))
        return
    whole = summary.summary()
    click.echo(json.dumps(whole, ensure_ascii=False, indent=2) if as_json else _summary(whole, lang))


@orden_dcat.command("check-links")
@click.option("--all", "everything", is_flag=True, help="Ask also those that are not due.")
@click.option("--json", "as_json", is_flag=True, help="Print the answers as JSON.")
@click.option("--lang", type=click.Choice(["ja", "en"]), default="ja", show_default=True)
def check_links(everything: bool, as_json: bool, lang: str) -> None:
    """Ask whether the addresses of public datasets open, 500 at most; `score` finds the addresses.

    Exit code: 0 all that were asked open or cannot be asked, 1 some do not open.
    """
    answers: list[dict[str, Any]] = []

    def say(link: DcatLink, verdict: Verdict) -> None:
        answers.append({"url": link.url, "state": verdict.state, "status": verdict.status, "reason": verdict.reason})
        if not as_json:
            click.echo(f"{verdict.state:11} {link.url}  {verdict.reason.get(lang, '')}".rstrip())

    checking.check(float("inf"), everything=everything, say=say)
    if as_json:
        click.echo(json.dumps(answers, ensure_ascii=False, indent=2))
    else:
        counts = Counter(answer["state"] for answer in answers)
        click.echo(", ".join(f"{count} {state}" for state, count in sorted(counts.items())) or "nothing is due")
    sys.exit(NOT_VALID if any(answer["state"] in ("broken", "failing") for answer in answers) else VALID)


def get_commands() -> list[click.Command]:
    return [orden_dcat]


def _report(subject: str, level: str) -> dict[str, Any]:
    path = Path(subject)
    if subject == "-" or path.is_file():
        with click.open_file(subject, "rb") as file:
            data = file.read(config.dcat_max_bytes() + 1)
        return check_document(data, level, subject=subject).as_dict()
    name = "url" if subject.lower().startswith(("http://", "https://")) else "id"
    return tk.get_action("orden_dcat_validate")({"ignore_auth": True}, {name: subject, "level": level})


def _many(asked: dict[str, str], level: str, *, quiet: bool) -> dict[str, Any]:
    """The check of all that is public, or of a source or an organisation, by rule."""
    context, title = Context(ignore_auth=True), tk.config["ckan.site_url"]
    if asked:
        params, title = filters(context, asked)
        triples = (text for page in pages(context, PAGE, params) for text in triples_of(page.entries))
    else:
        triples = (part.own + part.shared for batch in walk(PAGE) for part in batch.parts(N_TRIPLES))
    say = (lambda done: None) if quiet else (lambda done: click.echo(f"{done} datasets", err=True))
    return check_each(triples, level, subject=title, say=say).as_dict()


def _by_rule(report: dict[str, Any], lang: str) -> str:
    lines = []
    for group in report["groups"]:
        first = group["examples"][0]
        lines.append(
            f"{group['severity'].upper()} {group['count']:>6,}  {group['code']}  {_in(first['message'], lang)}"
        )
        lines += [f"    @ {first['where']}"] * bool(first["where"])
        lines += [f"    → {_in(group['hint'], lang)}"] * bool(group["hint"])
    return "\n".join([*lines, _verdict(report)])


def _verdict(report: dict[str, Any]) -> str:
    verdict = "VALID" if report["valid"] else "NOT VALID"
    counts = f"{report['errors']} errors, {report['warnings']} warnings, {report['infos']} infos"
    return f"{verdict} ({report['level']}): {counts}, {report['checked']} nodes checked"


def _in(texts: dict[str, str], lang: str) -> str:
    return texts.get(lang) or texts.get("en", "")


def _exit_code(report: dict[str, Any]) -> int:
    if any(issue["code"] in UNCHECKED for issue in report["issues"]):
        return NOT_CHECKED
    return VALID if report["valid"] else NOT_VALID


def _text(report: dict[str, Any], lang: str) -> str:
    lines = []
    for issue in report["issues"]:
        lines.append(f"{issue['severity'].upper()} {issue['code']}  {_in(issue['message'], lang)}")
        if issue["where"]:
            lines.append(f"    @ {issue['where']}")
        if issue["hint"]:
            lines.append(f"    → {_in(issue['hint'], lang)}")
    if report["left_out"]:
        lines.append(f"… {report['left_out']} more")
    return "\n".join([*lines, _verdict(report)])


def _scores(scores: dict[str, Any], lang: str) -> str:
    lines = []
    for name, found in scores.items():
        lines.append(f"{name}: {found['points']} / {found['of']} ({found['band']}){_japan(found['japan'])}")
        lines += [f"  +{fix['points']} {fix['fix'][lang]}" for fix in found["missing"]]
    return "\n".join(lines)


def _summary(found: dict[str, Any], lang: str) -> str:
    if not found["datasets"]:
        return "0 datasets"
    lines = [f"{found['datasets']} datasets: {found['points']} / {found['of']}{_japan(found['japan'])}"]
    lines += [f"  +{fix['gain']} ({fix['datasets']} datasets) {fix['fix'][lang]}" for fix in found["fixes"]]
    return "\n".join(lines)


def _japan(percent: float | None) -> str:
    return "" if percent is None else f", Japanese criteria {percent} %"
