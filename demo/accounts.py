"""The demo's people: an editor for 豊中市, a provider for each company; passwords are made for each clone."""

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from ckanapi import NotFound, RemoteCKAN

from .content import companies
from .model import Organization
from .plan import TOYONAKA
from .provider import Tally


@dataclass(frozen=True)
class Account:
    """A person of an organisation."""

    name: str
    title: str
    organization: str
    role: str


def people() -> list[Account]:
    """All demo accounts."""
    providers = [
        Account(provider_name(body), f"{body.title} 担当", body.name, "admin") for body in companies().values()
    ]
    return [Account("toyonaka-editor", "豊中市 担当", TOYONAKA, "editor"), *providers]


def provider_name(body: Organization) -> str:
    """The account that registers a company's data."""
    return f"{body.name}-provider"


def register_people(operator: RemoteCKAN, passwords_file: Path, tally: Tally) -> None:
    """Make the accounts that are not there; a password that the file does not know is set anew."""
    known = _read(passwords_file)
    passwords = {account.name: known.get(account.name) or secrets.token_urlsafe(9) for account in people()}
    for account in people():
        _account(operator, account, passwords[account.name], account.name not in known, tally)
    if passwords != known:
        _write(passwords_file, passwords)


def _account(operator: RemoteCKAN, account: Account, password: str, fresh: bool, tally: Tally) -> None:
    name, owner, role = account.name, account.organization, account.role
    try:
        user = operator.action.user_show(id=name)
        if fresh:
            operator.action.user_patch(id=name, password=password)
    except NotFound:
        email = f"{name}@example.jp"
        user = operator.action.user_create(name=name, fullname=account.title, email=email, password=password)
        tally.created += 1
    members = operator.action.member_list(id=owner, object_type="user", capacity=role)
    if user["id"] in {member[0] for member in members}:
        tally.unchanged += 1
        return
    operator.action.organization_member_create(id=owner, username=name, role=role)
    tally.updated += 1


def _read(path: Path) -> dict[str, str]:
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _write(path: Path, passwords: dict[str, str]) -> None:
    half = path.with_name(f".{path.name}.part")
    half.unlink(missing_ok=True)
    with open(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(passwords, file, indent=2)
    half.replace(path)
