"""What the ckan.ini of every orden site says, on this machine or in an image; standard library only."""

from collections.abc import Mapping
from pathlib import Path

PLUGINS = (
    "orden orden_use orden_market orden_feedback orden_saved_search orden_schema orden_list orden_preview orden_table "
    "orden_dcat orden_harvest orden_ckan_harvester orden_shirasagi_harvester orden_bodik_api_harvester "
    "orden_list_harvester orden_dcat_harvester orden_data_json_harvester "
    "orden_csw_harvester orden_ngsi_harvester orden_events_harvester "
    "scheming_datasets scheming_organizations dcat structured_data harvest activity"
)
COMMON = {
    "use": "egg:ckan",
    "ckan.site_id": "orden",
    "ckan.site_title": "ODPO",
    "ckan.site_description": "Open Data Platform in Osaka",
    "ckan.locale_default": "ja",
    "ckan.locale_order": "ja en",
    "ckan.locales_offered": "ja en",
    "ckan.display_timezone": "Asia/Tokyo",
    "ckan.plugins": PLUGINS,
    "ckan.harvest.mq.type": "redis",
    "ckan.views.default_views": "",
    "ckan.auth.create_user_via_web": "false",
    "ckan.gravatar_default": "disabled",
    "SESSION_COOKIE_SAMESITE": "Lax",
    "REMEMBER_COOKIE_SAMESITE": "Lax",
}
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


def ini(own: Mapping[str, str]) -> str:
    """The whole file; `own` is what this site has of its own."""
    lines = (f"{name} = {value}".replace("%", "%%") for name, value in {**COMMON, **own}.items())
    return "[app:main]\n" + "\n".join(lines) + "\n" + LOGGING


def write(path: Path, own: Mapping[str, str]) -> None:
    """Write it for its owner only: it holds secrets."""
    path.touch(mode=0o600)
    path.write_text(ini(own), encoding="utf-8")
