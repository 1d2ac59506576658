"""The WSGI application that gunicorn serves: CKAN, and the demo's sample files when there are any."""

import os
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from ckan.cli import load_config
from ckan.config.middleware import make_app
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.middleware.shared_data import SharedDataMiddleware

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

SAMPLES = "/sample"


def build(ini: str, samples: str) -> "WSGIApplication":
    """CKAN's application; `samples` is the folder of the demo's files, or empty."""
    site = make_app(load_config(ini))
    if not samples:
        return site
    files = SharedDataMiddleware(_absent, {"/": samples}, cache_timeout=3600)
    return DispatcherMiddleware(site, {SAMPLES: _never_guessed(files)})


def _absent(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    start_response("404 Not Found", [("Content-Type", "text/plain; charset=utf-8")])
    return ["サンプルファイルがありません。 There is no such sample file.\n".encode()]


def _never_guessed(inner: Callable[..., Iterable[bytes]]) -> "WSGIApplication":
    """A browser takes each file for what its header says, never for a page."""

    def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], object]:
            return start_response(status, [*headers, ("X-Content-Type-Options", "nosniff")], exc_info)

        return inner(environ, start)

    return application


application = build(os.environ["CKAN_INI"], os.environ.get("ORDEN_SAMPLES", ""))
