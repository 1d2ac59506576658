"""The demo: its sample files, its publishers, its accounts and its harvests (docs/demo.md)."""

import json
from pathlib import Path

from . import ending, ports, processes, settings, site_setup
from . import files as content
from .instance import Instance
from .output import Step, step
from .parts import part as parts
from .parts import site
from .parts.part import Part
from .places import PYTHON, ROOT, VENV

PUBLISHERS = "publishers"
DEMO = (PYTHON, "-m", "demo")
BEGUN = "begun"  # CKAN writes to the index before the database: a load that was interrupted leaves them apart


def folder(instance: Instance) -> Path:
    return instance.folder / "sample"


def password_file(instance: Instance) -> Path:
    return instance.folder / "demo-passwords.json"


def address(instance: Instance) -> str | None:
    known = instance.recall("parts", PUBLISHERS)
    return f"http://{ports.HOST}:{known['port']}" if known else None


def key() -> str:
    return content.content_key(content.below(ROOT / "demo"))


def files(instance: Instance) -> str:
    """Write the sample files; the site serves them under /sample/."""
    target = folder(instance)
    if instance.recall("done", "sample-files") != key() or not target.exists():
        with step("demo", "2,143 sample files"):
            processes.run(instance.folder, [*DEMO, "files", target], instance.log("demo-files"), site.env(instance))
        instance.remember("done", "sample-files", key())
    return str(target)


def options(instance: Instance) -> dict[str, str]:
    """The demo's publishers and files stand on this machine, so they, and nothing else here, may be fetched."""
    hosts = (f"{ports.HOST}:{parts.port_of(instance, name)}" for name in (PUBLISHERS, site.WEB))
    return {
        "ckanext.orden.fetching.allowed_private_hosts": " ".join(hosts),
        "ckanext.orden.market.allowed_hosts": "market.example.jp",
    }


def publishers(instance: Instance, site_url: str) -> Part:
    command = [*DEMO, "serve", "--files-url", f"{site_url}/sample", "--files-dir", folder(instance)]
    return Part(
        PUBLISHERS,
        lambda port: [*command, "--port", port],
        ready=lambda port: ports.answers(f"http://{ports.HOST}:{port}/health"),
        key=content.fingerprint(key(), site_url),
        env=site.env(instance),
    )


def serve(instance: Instance, site_url: str) -> list[str]:
    """Serve the publishers: before the site, whose settings name their port."""
    with step("publishers", "the demo's four publishers") as line:
        started = parts.ensure(instance, publishers(instance, site_url))
        line.note = f"the demo's four publishers at {address(instance)}"
    return started


def ensure(instance: Instance) -> list[str]:
    """Register the companies, harvest the sources; skipped when nothing of it changed."""
    site_url = settings.site_url(parts.port_of(instance, site.WEB))
    started = parts.ensure(instance, publishers(instance, site_url))  # again, should the site have got another port
    wanted = content.fingerprint(key(), site_url, str(address(instance)), site_setup.data_key(instance))
    if (known := instance.recall("done", "demo")) == wanted:
        return started
    instance.remember("done", "demo", BEGUN)
    for worker in (site.JOBS, site.GATHER):
        ending.end_part(instance, worker)  # one at a time harvests a source
    with step("demo", "companies' datasets, by their accounts") as line:
        _load(instance, line)
    with step("harvest", "the four sources") as line:
        command = [VENV / "bin" / site.CKAN, "orden-harvest", "run", "all"]
        processes.run(instance.folder, command, instance.log("demo-harvest"), site.env(instance), line.show)
    if known == BEGUN:
        site_setup.make_index(instance, "for a load was interrupted")
        with step("tables", "whose jobs were lost with the load, asked for again"):
            command = [VENV / "bin" / site.CKAN, "orden-table", "check", "--missing", "--jobs"]
            processes.run(instance.folder, command, instance.log("demo-tables"), site.env(instance))
    instance.remember("done", "demo", wanted)
    return [*started, "demo"]


def _load(instance: Instance, line: Step) -> None:
    local = f"http://{ports.HOST}:{parts.port_of(instance, site.WEB)}"
    options = (
        "--site",
        local,
        "--token-file",
        site_setup.token_file(instance),
        "--publishers",
        str(address(instance)),
        "--password-file",
        password_file(instance),
    )
    log = instance.log("demo-load")
    processes.run(instance.folder, [*DEMO, "load", *options], log, site.env(instance), line.show)
    instance.remember("demo", "accounts", json.loads(log.read_text(encoding="utf-8").splitlines()[-1])["accounts"])


def accounts(instance: Instance) -> list[dict[str, str]]:
    """The demo's accounts, what each may do, and the password it got in this clone."""
    passwords = content.read_json(password_file(instance))
    made = instance.recall("demo", "accounts") or []
    return [
        {"name": row["name"], "password": passwords[row["name"]], "role": f"{row['role']} of {row['organization']}"}
        for row in made
        if row["name"] in passwords
    ]


def things_to_look_at(site_url: str) -> dict[str, str]:
    """Where a first visit may go."""
    return {
        "the catalogue: 578 datasets of 55 organisations": f"{site_url}/",
        "a Japanese word finds what it means": f"{site_url}/dataset/?q=避難所",
        "the same as DCAT": f"{site_url}/catalog.ttl",
        "the four sources, and what each run did": f"{site_url}/harvest",
        "the API": f"{site_url}/api/3/action/package_search?q=AED",
    }
