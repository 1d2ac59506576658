"""Create orden_use_count

Revision ID: 2c7f1a94d8e3
Revises:
Create Date: 2026-11-30 23:50:00
"""

import sqlalchemy as sa
from alembic import op

revision = "2c7f1a94d8e3"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "orden_use_count",
        sa.Column("package_id", sa.UnicodeText, sa.ForeignKey("package.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("day", sa.Date, primary_key=True, index=True),
        sa.Column("views", sa.Integer, nullable=False),
        sa.Column("downloads", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("orden_use_count")
