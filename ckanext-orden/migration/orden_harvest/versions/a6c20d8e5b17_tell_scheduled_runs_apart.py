"""Tell scheduled runs from those by hand

Revision ID: a6c20d8e5b17
Revises: 5e0c7d91ab34
Create Date: 2026-11-29 21:50:00
"""

import sqlalchemy as sa
from alembic import op

revision = "a6c20d8e5b17"
down_revision = "5e0c7d91ab34"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "orden_harvest_run", sa.Column("scheduled", sa.Boolean, nullable=False, server_default=sa.text("false"))
    )


def downgrade() -> None:
    op.drop_column("orden_harvest_run", "scheduled")
