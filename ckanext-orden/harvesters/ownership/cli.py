"""`ckan orden-harvest`: what people have edited in harvested datasets, and giving it back."""

from __future__ import annotations

import json

import click
from ckan import model

from ..operations.cli import AS_JSON, act
from . import provenance
from .edit import of_source


@click.command("edits")
@click.argument("source")
@AS_JSON
def list_edits(source: str, as_json: bool) -> None:
    """List what people have edited in the datasets of SOURCE: these fields do not follow it."""
    package = model.Package.get(source)
    if package is None or package.type != "harvest":
        raise click.ClickException(f"There is no harvest source '{source}'.")
    found = []
    for dataset_id in dict.fromkeys(edit.dataset_id for edit in of_source(package.id)):
        dataset = act("package_show", id=dataset_id)
        found += [{"dataset": dataset["name"], **edit} for edit in provenance.edits(dataset)]
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for edit in found:
        file = f" {edit['file_name']}:" if edit["file"] else ""
        click.echo(f"{edit['dataset']}:{file} {edit['field'] or 'file'} {edit['did']}, {edit['by']}, {edit['at'][:16]}")


@click.command("give-back")
@click.argument("dataset")
@click.option("--file", default="", help="Only this file of it, by id.")
@click.option("--field", default="", help="Only this field.")
@AS_JSON
def give_back(dataset: str, file: str, field: str, as_json: bool) -> None:
    """Give what people have edited in DATASET back to its source: all, one file, or one field."""
    done = act("orden_harvest_edit_return", id=dataset, file=file, field=field)
    click.echo(json.dumps(done) if as_json else f"{dataset}: {done['returned']} edits were given back")


COMMANDS = (give_back, list_edits)
