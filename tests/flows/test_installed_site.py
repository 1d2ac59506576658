"""The package beside CKAN and nothing else gives a working site: every plugin on, and each alone."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2
import pytest

ROOT = Path(__file__).parents[2]
ALL = (
    "orden orden_use orden_market orden_feedback orden_saved_search orden_schema orden_list orden_preview orden_table "
    "orden_dcat orden_harvest orden_ckan_harvester orden_shirasagi_harvester orden_bodik_api_harvester "
    "orden_list_harvester orden_dcat_harvester orden_data_json_harvester orden_csw_harvester orden_ngsi_harvester "
    "orden_events_harvester scheming_datasets scheming_organizations dcat structured_data harvest activity"
)
ALONE = {
    "orden": "orden",
    "orden_use": "orden orden_use",
    "orden_market": "orden orden_market",
    "orden_feedback": "orden orden_feedback",
    "orden_saved_search": "orden orden_saved_search",
    "orden_schema": "orden orden_schema scheming_datasets scheming_organizations",
    "orden_list": "orden orden_schema orden_list scheming_datasets scheming_organizations",
    "orden_preview": "orden orden_preview",
    "orden_table": "orden orden_table",
    "orden_dcat": "orden orden_dcat dcat",
    "orden_harvest": "orden orden_harvest harvest",
}
PAGES = ["/", "/dataset/", "/organization/", "/api/3/action/status_show", "/api/3/action/package_search?q=避難所"]
VISIT = """
import json, os, sys
from ckan.cli.cli import ckan
with ckan.make_context("ckan", ["--config", os.environ["CKAN_INI"], "db", "upgrade"]) as context:
    ckan.invoke(context)
client = context.obj.app._wsgi_app.test_client()
seen = {path: client.get(path) for path in json.loads(sys.argv[1])}
print(json.dumps({path: [answer.status_code, answer.text] for path, answer in seen.items()}))
"""
NOT_SOURCE = shutil.ignore_patterns(".git", ".venv", ".types", "var", "build", "dist", "*.egg-info")


def run(command: list[str | Path], environment: Mapping[str, str] = os.environ) -> str:
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def sql(url: str, statement: str) -> list[tuple[Any, ...]]:
    with closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        connection.autocommit = True
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


@dataclass
class Site:
    """One database and one ini, run by the Python that has the package."""

    python: Path
    ini: Path
    url: str

    def visit(self) -> dict[str, tuple[int, str]]:
        """The status and text of each page, after `ckan db upgrade` in the same process."""
        pages = PAGES + ["/catalog.ttl"] * ("orden_dcat" in self.ini.read_text())
        own = {"CKAN_INI": self.ini, "CKAN_SQLALCHEMY_URL": self.url, "CKAN_STORAGE_PATH": self.ini.parent}
        said = run([self.python, "-c", VISIT, json.dumps(pages)], {**os.environ, **{k: str(v) for k, v in own.items()}})
        return json.loads(said.splitlines()[-1])

    def tables(self) -> set[str]:
        return {name for (name,) in sql(self.url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")}


@pytest.fixture(scope="module", params=["wheel", "editable"])
def python(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python with CKAN and the package, as a wheel or as an editable clone in a folder that is not called ckanext."""
    folder = tmp_path_factory.mktemp(request.param)
    clone = shutil.copytree(ROOT, folder / "clone", ignore=NOT_SOURCE)
    package: list[str | Path] = ["--editable", clone]
    if request.param == "wheel":
        run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, clone])
        package = [next(folder.glob("*.whl"))]
    run([sys.executable, "-m", "venv", folder / "env"])
    found = folder / "env" / "bin" / "python"
    pinned: list[str | Path] = ["--constraint", ROOT / "requirements.txt", "--override", ROOT / "overrides.txt"]
    uv: list[str | Path] = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--python", found, *pinned]
    run([*uv, "ckan[requirements]==2.12.0", "psycopg2-binary", "pylibmagic", *package])
    site_packages = next((folder / "env" / "lib").glob("python*/site-packages"))
    (site_packages / "libmagic.pth").write_text("import pylibmagic\n")
    return found


@pytest.fixture()
def site(request: pytest.FixtureRequest, python: Path, tmp_path: Path) -> Iterator[Site]:
    """A new site with the plugins that the test names."""
    server = os.environ["CKAN_SQLALCHEMY_URL"].replace("+psycopg2", "")
    name = f"installed_{uuid.uuid4().hex[:8]}"
    ini = tmp_path / "ckan.ini"
    lines = (ROOT / "test.ini").read_text().replace("orden_test", name).splitlines()
    ini.write_text("\n".join(f"ckan.plugins = {request.param}" if x.startswith("ckan.plugins") else x for x in lines))
    sql(server, f"CREATE DATABASE {name}")
    yield Site(python, ini, f"{server.rpartition('/')[0]}/{name}")
    sql(server, f"DROP DATABASE {name} WITH (FORCE)")


def failures(pages: dict[str, tuple[int, str]]) -> dict[str, int]:
    return {path: status for path, (status, _) in pages.items() if status != 200}


@pytest.mark.long
@pytest.mark.timeout(600)
class TestInstalled:
    @pytest.mark.parametrize("site", [ALL], ids=["all"], indirect=True)
    def test_every_plugin_on_gives_a_japanese_site_with_its_tables(self, site: Site):
        pages = site.visit()
        assert failures(pages) == {}
        assert 'lang="ja"' in pages["/"][1]
        assert "データを探す" in pages["/dataset/"][1]
        assert {"orden_report", "orden_harvest_record", "harvest_source"} <= site.tables()

    @pytest.mark.parametrize("python", ["wheel"], indirect=True)
    @pytest.mark.parametrize("site", ALONE.values(), ids=ALONE, indirect=True)
    def test_each_plugin_alone_gives_a_working_site(self, site: Site):
        assert failures(site.visit()) == {}
