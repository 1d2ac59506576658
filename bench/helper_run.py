"""A worker that only helps runs of others, as one of `ckan orden-harvest consume` does between two jobs.

`python -m bench.helper_run` in the site's environment, until it is ended.
"""

from __future__ import annotations

import logging
import os
import time

from ckan.cli import load_config
from ckan.config.middleware import make_app
from ckan.plugins import toolkit as tk
from ckanext.orden.harvesters.consumer import QUIET
from ckanext.orden.harvesters.helping import Helper


def main() -> None:
    app = make_app(load_config(os.environ["CKAN_INI"]))
    logging.disable(logging.WARNING)
    helper = Helper()
    with app._wsgi_app.test_request_context(tk.config["ckan.site_url"]):  # pyright: ignore[reportAttributeAccessIssue]
        while True:
            if not helper.help():
                time.sleep(QUIET)


if __name__ == "__main__":
    main()
