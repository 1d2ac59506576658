"""Called by alembic, which loads this file by its path."""

from pathlib import Path

from ckanext.orden.migrating import migrate

migrate(Path(__file__).resolve().parent.name)
