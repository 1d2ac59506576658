"""Show the address, the parts and the accounts; exit code 0 when all parts run, 3 when not."""

import argparse
import json
from typing import Any

from .. import demo, files, processes, services, settings
from ..accounts import accounts
from ..instance import STATE, Instance, named
from ..output import say
from ..parts import site

NOT_RUNNING = 3


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="for scripts")


def main(options: argparse.Namespace) -> int:
    status = collect(named("up"))
    if options.json:
        say(json.dumps(status, indent=2, ensure_ascii=False))
    else:
        show(status)
    return 0 if status["running"] else NOT_RUNNING


def collect(instance: Instance) -> dict[str, Any]:
    """What is there, as one object."""
    known: dict[str, dict[str, Any]] = files.read_json(instance.folder / STATE).get("parts", {})
    leaders = processes.leaders(instance.folder)
    parts = {name: _part(known.get(name, {}), leaders.get(name)) for name in known}
    port = known.get(site.WEB, {}).get("port")
    return {
        "instance": instance.name,
        "running": bool(parts) and all(part["state"] == "running" for part in parts.values()),
        "busy": instance.busy_with(),
        "address": settings.site_url(port) if port else None,
        "ini": str(instance.ini) if instance.ini.exists() else None,
        "parts": parts,
        "elsewhere": services.elsewhere(),
        "accounts": accounts(instance) if instance.ini.exists() else [],
        "publishers": demo.address(instance),
    }


def _part(known: dict[str, Any], process: processes.Process | None) -> dict[str, Any]:
    return {
        "state": "running" if process else "stopped",
        "pid": process.pid if process else None,
        "port": known.get("port") or None,
    }


def show(status: dict[str, Any]) -> None:
    say(f"  {status['address'] or 'never started: ./orden up'}" + (f"   ({status['busy']})" if status["busy"] else ""))
    for name, part in status["parts"].items():
        where = f"127.0.0.1:{part['port']}" if part["port"] else ""
        say(f"  {name:<16} {part['state']:<8} {where:<16} {'pid ' + str(part['pid']) if part['pid'] else ''}".rstrip())
    for name, address in status["elsewhere"].items():
        say(f"  {name:<16} elsewhere {address}")
    for account in status["accounts"]:
        say(f"  {account['name']:<30} {account['password']:<34} {account['role']}")
    if status["ini"]:
        say(f"  settings: {status['ini']}")
