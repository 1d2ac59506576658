"""Addresses for monitors: metrics for those whom the operator lets in, health for everybody."""

from __future__ import annotations

import hmac
import ipaddress
import logging
from collections.abc import Iterator

from ckan import authz
from ckan.plugins import toolkit as tk
from flask import Blueprint, Response, jsonify

from ... import config
from ...clock import utcnow
from ...limiting import visitor
from . import health, metrics

log = logging.getLogger(__name__)
blueprint = Blueprint("orden_harvest_probes", __name__)


@blueprint.get("/metrics/harvest")
def show_metrics() -> Response:
    """The harvests in Prometheus's text format."""
    if not may_look():
        return Response("Forbidden\n", status=403, mimetype="text/plain")
    return Response(metrics.text(utcnow()), content_type=metrics.CONTENT_TYPE)


@blueprint.get("/health/harvest")
def show_health() -> Response:
    """Whether harvesting works: 200, or 503 where something has failed."""
    found = health.report(utcnow(), names=may_look())
    response = jsonify(found)
    response.status_code = 503 if found["status"] == "fail" else 200
    response.headers["Cache-Control"] = "no-store"
    return response


def may_look() -> bool:
    """Whether the caller has the token, comes from an allowed network or is a system administrator."""
    token = config.harvest_metrics_token()
    given = tk.request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token and hmac.compare_digest(given.encode(), token.encode()):
        return True
    return _is_near() or authz.is_sysadmin(tk.current_user.name if tk.current_user.is_authenticated else "")


def _is_near() -> bool:
    """Whether the visitor's address is in an allowed network; behind a proxy that is not declared nobody is near."""
    if not config.trusted_proxies() and any(tk.request.headers.get(name) for name in ("X-Forwarded-For", "Forwarded")):
        return False
    address = visitor()
    return address is not None and any(address in network for network in _networks())


def _networks() -> Iterator[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    for text in config.harvest_metrics_networks():
        try:
            yield ipaddress.ip_network(text, strict=False)
        except ValueError:
            log.error("ckanext.orden.harvest.metrics_networks: %r is no network", text)
