"""The site's ckan.ini: written anew at every start, from the instance's ports and secrets."""

import os
from collections.abc import Mapping

from . import files, ports, services
from .instance import Instance

PLUGINS = (
    "orden orden_schema orden_dcat orden_harvest orden_ckan_harvester orden_list_harvester orden_dcat_harvester "
    "scheming_datasets scheming_organizations dcat structured_data harvest activity"
)
LOGGING = """
[loggers]
keys = root, ckan, ckanext

[handlers]
keys = console

[formatters]
keys = generic

[logger_root]
level = WARNING
handlers = console

[logger_ckan]
level = INFO
handlers = console
qualname = ckan
propagate = 0

[logger_ckanext]
level = INFO
handlers = console
qualname = ckanext
propagate = 0

[handler_console]
class = StreamHandler
args = (sys.stderr,)
level = NOTSET
formatter = generic

[formatter_generic]
format = %(asctime)s %(levelname)-5.5s [%(name)s] %(message)s
"""


def site_url(port: int) -> str:
    """The address people use: the operator's, else our own."""
    return (os.environ.get(services.SITE) or f"http://{ports.HOST}:{port}").rstrip("/")


def options(instance: Instance, port: int) -> Mapping[str, str]:
    """What the site runs with."""
    address = services.addresses(instance)
    return {
        "use": "egg:ckan",
        "ckan.site_id": "orden",
        "ckan.site_url": site_url(port),
        "ckan.site_title": "ODPO",
        "ckan.site_description": "Open Data Platform in Osaka",
        "ckan.locale_default": "ja",
        "ckan.locale_order": "ja en",
        "ckan.locales_offered": "ja en",
        "ckan.plugins": PLUGINS,
        "ckan.storage_path": str(instance.site_folder),
        "ckan.redis.url": address[services.REDIS],
        "sqlalchemy.url": address[services.DATABASE],
        "solr_url": address[services.SOLR],
        "ckan.harvest.mq.type": "redis",
        "ckan.auth.create_user_via_web": "false",
        "SECRET_KEY": instance.secret("site"),
        "REMEMBER_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SAMESITE": "Lax",
    }


def write(instance: Instance, port: int, extra: Mapping[str, str]) -> None:
    lines = (f"{name} = {value}".replace("%", "%%") for name, value in {**options(instance, port), **extra}.items())
    files.write(instance.ini, "[app:main]\n" + "\n".join(lines) + "\n" + LOGGING, mode=0o600)
