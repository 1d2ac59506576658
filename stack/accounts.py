"""The accounts of an instance: the administrator's and the demo's; passwords are random for each clone."""

from . import demo, site_setup
from .instance import Instance


def accounts(instance: Instance) -> list[dict[str, str]]:
    """Name, password and what the account may do."""
    admin = {"name": site_setup.ADMIN, "password": instance.secret(site_setup.ADMIN), "role": "administrator"}
    return [admin, *demo.accounts(instance)]
