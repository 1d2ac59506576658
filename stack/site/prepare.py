"""Prepare a site in one start of CKAN: tables, scripts, the administrator, the index. Each step may be repeated."""

import argparse
import os
import secrets
from pathlib import Path

import click
from ckan import model
from ckan.cli import load_config
from ckan.cli.asset import build
from ckan.cli.db import upgrade
from ckan.config.middleware import make_app
from ckan.lib import search
from ckan.plugins import toolkit as tk
from ckan.types import Context

ADMIN, TOKEN_NAME = "admin", "orden"


def tables() -> None:
    """CKAN's tables and those of every plugin."""
    click.Context(upgrade).invoke(upgrade, version="head", plugin="", skip_core=False, skip_plugins=False)


def assets() -> None:
    """All scripts and styles, before the first page: web processes that make them together serve half-written ones."""
    click.Context(build).invoke(build)


def administrator(password: str, *, renew: bool) -> None:
    """The account `admin`; one that exists is its owner's, unless its password and rights are to be renewed."""
    user = model.User.get(ADMIN)
    if user and not renew:
        return
    user = user or model.User(name=ADMIN, email="admin@example.jp", fullname="ODPO 管理者")
    user.sysadmin, user.password, user.state = True, password, model.State.ACTIVE
    model.Session.add(user)
    model.Session.commit()


def token(path: Path) -> None:
    """A fresh API token of the administrator for the demo's scripts; the last one ends."""
    for old in tk.get_action("api_token_list")(_context(), {"user_id": ADMIN}):
        if old["name"] == TOKEN_NAME:
            tk.get_action("api_token_revoke")(_context(), {"jti": old["id"]})
    made = tk.get_action("api_token_create")(_context(), {"user": ADMIN, "name": TOKEN_NAME})
    scratch = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(made["token"])
    scratch.replace(path)


def _context() -> Context:
    return {"ignore_auth": True, "user": ADMIN}


def index() -> None:
    """The whole index anew; documents of datasets that are gone go too."""
    search.clear_all()
    search.rebuild(force=True, defer_commit=True)
    search.commit()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--password-file", type=Path)
    parser.add_argument("--renew", action="store_true", help="an administrator that exists gets this password too")
    parser.add_argument("--token-file", type=Path)
    parser.add_argument("--index", action="store_true")
    options = parser.parse_args()
    application = make_app(load_config(os.environ["CKAN_INI"]))
    with application._wsgi_app.test_request_context():  # pyright: ignore[reportAttributeAccessIssue]
        if options.password_file:
            tables()
            assets()
            administrator(options.password_file.read_text().strip(), renew=options.renew)
        if options.token_file:
            token(options.token_file)
        if options.index:
            index()


if __name__ == "__main__":
    main()
