"""Add written to orden_list_item

Revision ID: 8c41f2a9d06b
Revises: 3b7d0c52e1f4
Create Date: 2026-11-29 12:00:00
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "8c41f2a9d06b"
down_revision = "3b7d0c52e1f4"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("orden_list_item", sa.Column("written", JSONB))


def downgrade() -> None:
    op.drop_column("orden_list_item", "written")
