"""The traps of stock harvesting: what stock's harvesters and ours do with the same publisher, side by side."""

from __future__ import annotations

import argparse
import configparser
from dataclasses import replace
from pathlib import Path

from .sites import Site, sites

SCHEMA = {
    "ckan.plugins": "structured_data scheming_datasets dcat dcat_rdf_harvester harvest ckan_harvester activity",
    "scheming.dataset_schemas": "ckanext.dcat.schemas:dcat_ap_full.yaml",
    "scheming.presets": "ckanext.scheming:presets.json ckanext.dcat.schemas:presets.yaml",
}
"""Stock as ckanext-dcat recommends it: its own schema for DCAT-AP."""


def with_schema(stock: Site) -> Site:
    """The stock site with dcat's schema, in a settings file beside its own."""
    ini = configparser.RawConfigParser()
    ini.optionxform = str  # pyright: ignore[reportAttributeAccessIssue] - SECRET_KEY stands in capitals
    ini.read(stock.ini)
    for option, value in SCHEMA.items():
        ini.set("app:main", option, value)
    path = Path(stock.ini).with_name("stock-schema.ini")
    with path.open("w") as file:
        ini.write(file)
    return replace(stock, ini=str(path))


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="bench traps", description=__doc__)
    parser.add_argument("--titles", type=int, default=1001, help="Japanese titles that sound alike")
    titles = parser.parse_args(arguments).titles
    both = sites()
    stock = with_schema(both["stock"]).measure("bench.traps_run", "stock", str(titles))
    ours = both["ours"].measure("bench.traps_run", "ours", str(titles))
    print("| trap | stock | ours |\n| --- | --- | --- |")
    for trap, outcome in ours.items():
        print(f"| {trap} | {stock[trap]} | {outcome} |")
