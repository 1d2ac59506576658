"""The settings of an instance are its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from stack import settings
from stack.instance import Instance


def option(instance: Instance, name: str) -> str:
    lines = instance.ini.read_text().splitlines()
    return next(line.partition(" = ")[2] for line in lines if line.startswith(f"{name} = "))


def test_sites_on_the_same_services_are_told_apart(instance: Instance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for variable in ("CKAN_SQLALCHEMY_URL", "CKAN_REDIS_URL", "CKAN_SOLR_URL"):
        monkeypatch.setenv(variable, "http://shared")
    other = Instance("trial", tmp_path / "clone" / "trial")
    for each in (instance, other):
        settings.write(each, 20000, {})
    assert option(instance, "ckan.site_id") != option(other, "ckan.site_id")
    first = option(instance, "ckan.site_id")
    settings.write(instance, 20001, {})
    assert option(instance, "ckan.site_id") == first
