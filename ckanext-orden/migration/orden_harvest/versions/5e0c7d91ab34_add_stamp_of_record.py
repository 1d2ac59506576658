"""Add orden_harvest_record.stamp: what a source says has not moved is not read again

Revision ID: 5e0c7d91ab34
Revises: b7e29c51f0a4
Create Date: 2026-11-29 21:45:00
"""

import sqlalchemy as sa
from alembic import op

revision = "5e0c7d91ab34"
down_revision = "b7e29c51f0a4"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("orden_harvest_record", sa.Column("stamp", sa.UnicodeText, nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("orden_harvest_record", "stamp")
