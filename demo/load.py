"""Loads the demo into a site over its API: accounts, organisations, companies' datasets, harvest sources."""

import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import requests
from ckanapi import NotFound, RemoteCKAN

from .content import companies, places
from .files import content
from .model import Dataset, Organization
from .plan import NARA, PREFECTURE, SAKAI, TOYONAKA
from .provider import Record, Tally, holds, register, upload
from .provider_records import dataset_record, organization_record, resource_record
from .publishers.publication import Publication
from .sources import sources
from .world import world

TOYONAKA_EDITOR = "toyonaka-editor"
TOKEN_NAME = "demo-load"  # noqa: S105 (a label, not a secret)


@dataclass(frozen=True)
class Account:
    """A person of an organisation."""

    name: str
    title: str
    organization: str
    role: str


def load(site_url: str, token: str, publishers: str, password: str, folder: Path) -> Record:
    """Load everything; what is there already and right is not written. The summary for the last line of output."""
    publication = Publication(f"{site_url.rstrip('/')}/sample", folder)
    tally = Tally()
    operator = _site(site_url, token)
    _say("organisations and accounts")
    for body in _owners():
        _organization(operator, body, tally)
    for account in _people():
        _register(operator, account, password, tally)
    for body in companies().values():
        datasets = [dataset for dataset in world().of("companies") if dataset.organization == body]
        _say(f"{body.title}: {len(datasets)} datasets")
        with _provider(operator, site_url, provider_name(body)) as provider:
            for dataset in datasets:
                _dataset(provider, dataset, publication, tally)
    _say("harvest sources")
    for source in sources(publishers):
        _source(operator, source, tally)
    return {"accounts": [asdict(account) for account in _people()], **asdict(tally)}


def provider_name(body: Organization) -> str:
    """The account that registers a company's data."""
    return f"{body.name}-provider"


def password_from(path: Path) -> str:
    """The demo accounts' password; made when the file is absent, readable by its owner only."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="utf-8").strip()
    with open(handle, "w", encoding="utf-8") as file:
        password = secrets.token_urlsafe(12)
        file.write(password)
    return password


def _site(url: str, token: str) -> RemoteCKAN:
    return RemoteCKAN(url, apikey=token, user_agent="orden-demo/1", session=requests.Session())


def _say(text: str) -> None:
    print(f"demo: {text}", file=sys.stderr, flush=True)


def _owners() -> list[Organization]:
    return [*(places()[code] for code in (PREFECTURE, TOYONAKA, SAKAI, NARA)), *companies().values()]


def _people() -> list[Account]:
    providers = [
        Account(provider_name(body), f"{body.title} 担当", body.name, "admin") for body in companies().values()
    ]
    return [Account(TOYONAKA_EDITOR, "豊中市 担当", TOYONAKA, "editor"), *providers]


def _organization(operator: RemoteCKAN, body: Organization, tally: Tally) -> None:
    wanted = organization_record(body)
    try:
        shown = operator.action.organization_show(id=body.name)
    except NotFound:
        operator.action.organization_create(**wanted)
        tally.created += 1
        return
    if holds(shown, wanted):
        tally.unchanged += 1
        return
    operator.action.organization_patch(id=shown["id"], **wanted)
    tally.updated += 1


def _register(operator: RemoteCKAN, account: Account, password: str, tally: Tally) -> None:
    name, owner, role = account.name, account.organization, account.role
    try:
        user = operator.action.user_show(id=name)
        tally.unchanged += 1
    except NotFound:
        email = f"{name}@example.jp"
        user = operator.action.user_create(name=name, fullname=account.title, email=email, password=password)
        tally.created += 1
    members = operator.action.member_list(id=owner, object_type="user", capacity=role)
    if user["id"] not in {member[0] for member in members}:
        operator.action.organization_member_create(id=owner, username=name, role=role)
        tally.updated += 1


@contextmanager
def _provider(operator: RemoteCKAN, site_url: str, user: str) -> Iterator[RemoteCKAN]:
    token = operator.action.api_token_create(user=user, name=TOKEN_NAME)["token"]
    try:
        yield _site(site_url, token)
    finally:
        operator.action.api_token_revoke(token=token)


def _dataset(provider: RemoteCKAN, dataset: Dataset, publication: Publication, tally: Tally) -> None:
    shown = register(provider, dataset_record(dataset, publication), tally)
    for file in dataset.resources:
        if file.upload:
            path = _on_disk(dataset, file.path, publication)
            upload(provider, shown, resource_record(dataset, file, publication), path, tally)


def _on_disk(dataset: Dataset, path: str, publication: Publication) -> Path:
    target = (publication.files_dir or Path()) / path
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(next(content(dataset, file) for file in dataset.resources if file.path == path))
    return target


def _source(operator: RemoteCKAN, wanted: Record, tally: Tally) -> None:
    wanted = {"frequency": "DAILY", **wanted}
    try:
        shown = operator.action.harvest_source_show(id=wanted["name"])
    except NotFound:
        operator.action.harvest_source_create(**wanted)
        tally.created += 1
        return
    if _same_source(shown, wanted):
        tally.unchanged += 1
        return
    operator.action.harvest_source_update(**{"config": shown.get("config") or "", **wanted, "id": shown["id"]})
    tally.updated += 1


def _same_source(shown: Record, wanted: Record) -> bool:
    owner: Any = (shown.get("organization") or {}).get("name")
    return holds({**shown, "owner_org": owner}, {key: wanted[key] for key in wanted if key != "config"})
