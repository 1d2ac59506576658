"""Keep the first rows of each file

Revision ID: 5b8e21c7a9d0
Revises: 3a7d90c5e1f4
Create Date: 2026-11-30 20:00:00
"""

import sqlalchemy as sa
from alembic import op

revision = "5b8e21c7a9d0"
down_revision = "3a7d90c5e1f4"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("orden_table_report", sa.Column("content", sa.LargeBinary))


def downgrade() -> None:
    op.drop_column("orden_table_report", "content")
