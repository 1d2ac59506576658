"""Loads the demo into a site over its API: accounts, organisations, companies' datasets, harvest sources."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

import requests
from ckanapi import NotFound, RemoteCKAN

from .accounts import people, provider_name, register_people
from .content import companies, places
from .files import content
from .model import Dataset, Organization
from .offers import publish
from .plan import NARA, PREFECTURE, SAKAI, TOYONAKA
from .provider import Record, Tally, holds, register, upload
from .provider_records import dataset_record, organization_record, resource_record
from .publishers.publication import Publication
from .sources import sources
from .world import world

PROVIDERS_AT_ONCE = 2
TOKEN_NAME = "demo-load"  # noqa: S105 (a label, not a secret)


def load(address: str, token: str, publishers: str, passwords_file: Path) -> Record:
    """Load everything; what is there and right is not written. Gives the summary for the last line of output."""
    operator, tally = _site(address, token), Tally()
    own_address = operator.action.status_show()["site_url"]
    publication = Publication(f"{own_address.rstrip('/')}/sample")
    _say("organisations and accounts")
    for body in _owners():
        _organization(operator, body, tally)
    register_people(operator, passwords_file, tally)
    with ThreadPoolExecutor(PROVIDERS_AT_ONCE) as pool:
        for done in pool.map(lambda body: _company(address, token, body, publication), companies().values()):
            tally.add(done)
    _say("harvest sources")
    for source in sources(publishers):
        _source(operator, source, tally)
    return {"accounts": [asdict(account) for account in people()], **asdict(tally)}


def _site(url: str, token: str) -> RemoteCKAN:
    session = requests.Session()
    session.trust_env = False  # the demo stands on this machine: no proxy
    return RemoteCKAN(url, apikey=token, user_agent="orden-demo/1", session=session)


def _say(text: str) -> None:
    print(f"demo: {text}", file=sys.stderr, flush=True)


def _owners() -> list[Organization]:
    return [*(places()[code] for code in (PREFECTURE, TOYONAKA, SAKAI, NARA)), *companies().values()]


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
    operator.action.organization_patch(**wanted | {"id": shown["id"]})
    tally.updated += 1


@contextmanager
def _provider(operator: RemoteCKAN, address: str, user: str) -> Iterator[RemoteCKAN]:
    token = operator.action.api_token_create(user=user, name=TOKEN_NAME)["token"]
    try:
        yield _site(address, token)
    finally:
        operator.action.api_token_revoke(token=token)


def _company(address: str, token: str, body: Organization, publication: Publication) -> Tally:
    datasets, tally = [dataset for dataset in world().of("companies") if dataset.organization == body], Tally()
    operator = _site(address, token)
    with _provider(operator, address, provider_name(body)) as provider:
        for dataset in datasets:
            _dataset(provider, dataset, publication, tally)
            tally.created += publish(provider, operator, dataset.name)
    _say(f"{body.title}: {len(datasets)} datasets")
    return tally


def _dataset(provider: RemoteCKAN, dataset: Dataset, publication: Publication, tally: Tally) -> None:
    shown = register(provider, dataset_record(dataset, publication), tally)
    for file in dataset.resources:
        if file.upload:
            with TemporaryDirectory() as folder:
                path = Path(folder) / file.filename
                path.write_bytes(content(dataset, file))
                upload(provider, shown, resource_record(dataset, file, publication), path, tally)


def _source(operator: RemoteCKAN, wanted: Record, tally: Tally) -> None:
    wanted = {"frequency": "DAILY", "config": "", **wanted}
    try:
        shown = operator.action.harvest_source_show(id=wanted["name"])
    except NotFound:
        operator.action.harvest_source_create(**wanted)
        tally.created += 1
        return
    shown["owner_org"] = (shown.get("organization") or {}).get("name")
    if holds({"config": "", **shown}, wanted):
        tally.unchanged += 1
        return
    operator.action.harvest_source_update(**wanted | {"id": shown["id"]})
    tally.updated += 1
