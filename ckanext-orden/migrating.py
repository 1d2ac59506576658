"""How alembic reaches the database, for the `env.py` of each plugin; the version table is named after the plugin."""

from __future__ import annotations

from typing import Any

from alembic import context
from ckan.model.meta import metadata
from sqlalchemy import engine_from_config, pool


def migrate(plugin: str) -> None:
    """Run the plugin's migrations on the database of the configuration, or write their SQL."""
    about = {"target_metadata": metadata, "version_table": f"{plugin}_alembic_version"}
    if context.is_offline_mode():
        context.configure(url=context.config.get_main_option("sqlalchemy.url"), literal_binds=True, **about)
        with context.begin_transaction():
            context.run_migrations()
    else:
        _online(about)


def _online(about: dict[str, Any]) -> None:
    section = context.config.get_section(context.config.config_ini_section) or {}
    engine = engine_from_config(section, prefix="sqlalchemy.", poolclass=pool.NullPool)
    with engine.connect() as connection:
        context.configure(connection=connection, **about)
        with context.begin_transaction():
            context.run_migrations()
