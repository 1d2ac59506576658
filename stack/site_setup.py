"""Bring a running set of services to a running site: settings, tables, index, web server, workers."""

from pathlib import Path

from . import environment, files, processes, services, settings
from .instance import Instance
from .output import step
from .parts import part as parts
from .parts import postgres, site, solr
from .places import PACKAGE, PYTHON
from .site.options import PLUGINS

ADMIN = "admin"


def ensure(instance: Instance, *, samples: str = "", extra: dict[str, str] | None = None) -> list[str]:
    """Start what does not run; return the names of what was started."""
    port = web_port(instance)
    settings.write(instance, port, extra or {})
    _tables(instance)
    web = site.web(instance, samples=samples)
    with step("site", "gunicorn and CKAN") as line:
        started = parts.ensure(instance, web)
        line.note = f"{settings.site_url(parts.port_of(instance, site.WEB))} answers"
    if parts.port_of(instance, site.WEB) != port:
        return ensure(instance, samples=samples, extra=extra)  # somebody was quicker: settings name the new port
    _index(instance)
    return started


def ensure_workers(instance: Instance) -> list[str]:
    """Start the workers: last, so that they meet a whole site."""
    with step("workers", "jobs and harvests"):
        return parts.ensure(instance, *site.workers(instance))


def web_port(instance: Instance) -> int:
    """The port that the site will have: asked for, kept or free. It is recorded so that the server takes the same."""
    known = instance.recall("parts", site.WEB) or {}
    running = known.get("port") if site.WEB in processes.leaders(instance.folder) else None
    port = site.asked_port() or running or parts.kept_or_free_port(instance, site.WEB)
    if known.get("port") != port:
        instance.remember("parts", site.WEB, {"pid": 0, "started": 0, "key": "", "port": port})
    return port


def _tables(instance: Instance) -> None:
    """CKAN's and our tables and the administrator, when code, cluster or password are not those of last time."""
    migrations = files.content_key(files.below(PACKAGE / "migration"))
    wanted = files.fingerprint(environment.requirements_key(), migrations, PLUGINS, data_key(instance))
    if instance.recall("done", "tables") == wanted and token_file(instance).exists():
        return
    with step("database", "tables of CKAN and of each plugin, the administrator"):
        instance.site_folder.mkdir(exist_ok=True)
        files.write(password_file(instance), instance.secret(ADMIN), mode=0o600)
        password, token = str(password_file(instance)), str(token_file(instance))
        _prepare(instance, "--password-file", password, "--renew", "--token-file", token)
    instance.remember("done", "tables", wanted)


def data_key(instance: Instance) -> str:
    """Which database this is; another one when its folder was deleted or another server is named."""
    cluster = postgres.data(instance) / "PG_VERSION"
    address = services.addresses(instance)[services.DATABASE]
    return address if services.is_elsewhere(services.DATABASE) else str(cluster.stat().st_mtime_ns)


def _index(instance: Instance) -> None:
    """The index holds addresses: it is made anew when the site's own, its schema or its database changed."""
    server = services.addresses(instance)[services.SOLR]
    core = server if services.is_elsewhere(services.SOLR) else solr.core_key(instance)
    address = settings.site_url(parts.port_of(instance, site.WEB))
    wanted = files.fingerprint(address, settings.site_id(instance), core, data_key(instance))
    known = instance.recall("done", "index")
    if known == wanted:
        return
    if known:
        make_index(instance, "for its schema or the site's address changed")
    instance.remember("done", "index", wanted)


def make_index(instance: Instance, why: str) -> None:
    with step("index", f"made anew, {why}"):
        _prepare(instance, "--index")


def _prepare(instance: Instance, *arguments: str) -> None:
    command = [PYTHON, "-m", "stack.site.prepare", *arguments]
    processes.run(instance.folder, command, instance.log("prepare"), site.env(instance))


def password_file(instance: Instance) -> Path:
    return instance.folder / "admin.password"


def token_file(instance: Instance) -> Path:
    return instance.folder / "admin.token"
