"""The dump of one site, measured: `python -m bench.catalogue_run FORMAT…` in its environment; prints a line of JSON."""

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
from ckanext.orden.dcat.catalogue import dump


def main(*formats: str) -> None:
    app = make_app(load_config(os.environ["CKAN_INI"]))
    logging.disable(logging.WARNING)
    tk.config["ckanext.orden.dcat.dump_formats"] = list(formats)
    with app._wsgi_app.test_request_context(tk.config["ckan.site_url"]):  # pyright: ignore[reportAttributeAccessIssue]
        begin = time.perf_counter()
        made = dump.build()
        seconds = time.perf_counter() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    files = {ending: file.size for ending, file in made.files.items()}
    print(json.dumps({"wall_s": seconds, "peak_mb": peak, "triples": made.triples, "files": files}))


if __name__ == "__main__":
    main(*sys.argv[1:])
