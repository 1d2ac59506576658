"""The dump and data.json of one site, measured: `python -m bench.catalogue_run FORMAT…` there; a line of JSON."""

from __future__ import annotations

import json
import logging
import os
import resource
import sys
import time

from ckan.cli import load_config
from ckan.config.middleware import make_app
from ckan.plugins import toolkit as tk
from ckanext.orden.dcat.catalogue import data_json, dump


def main(*formats: str) -> None:
    app = make_app(load_config(os.environ["CKAN_INI"]))
    logging.disable(logging.WARNING)
    tk.config["ckanext.orden.dcat.dump_formats"] = list(formats)
    with app._wsgi_app.test_request_context(tk.config["ckan.site_url"]):  # pyright: ignore[reportAttributeAccessIssue]
        begin = time.perf_counter()
        made = dump.build()
        seconds = time.perf_counter() - begin
        peak = _peak()
        begin = time.perf_counter()
        data_json.build()
        data_seconds = time.perf_counter() - begin
    files = {ending: file.size for ending, file in made.files.items()}
    data = {"wall_s": data_seconds, "peak_mb": _peak(), "size": data_json.path().stat().st_size}
    print(json.dumps({"wall_s": seconds, "peak_mb": peak, "triples": made.triples, "files": files, "data_json": data}))


def _peak() -> float:
    """The most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
