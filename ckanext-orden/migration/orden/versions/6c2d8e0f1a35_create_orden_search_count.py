"""Create orden_search_count, orden_search_click and orden_search_query

Revision ID: 6c2d8e0f1a35
Revises: 1f4b9c7d2e60
Create Date: 2026-11-30 16:00:00
"""

import sqlalchemy as sa
from alembic import op

revision = "6c2d8e0f1a35"
down_revision = "1f4b9c7d2e60"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "orden_search_count",
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("key", sa.LargeBinary, primary_key=True, index=True),
        sa.Column("language", sa.Unicode(16), primary_key=True),
        sa.Column("asked", sa.Integer, nullable=False),
        sa.Column("nothing", sa.Integer, nullable=False),
        sa.Column("partial", sa.Integer, nullable=False),
        sa.Column("nearest", sa.Integer, nullable=False),
        sa.Column("clicks", sa.Integer, nullable=False),
    )
    op.create_table(
        "orden_search_click",
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("key", sa.LargeBinary, primary_key=True),
        sa.Column("package_id", sa.UnicodeText, primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
    )
    op.create_table(
        "orden_search_query",
        sa.Column("key", sa.LargeBinary, primary_key=True),
        sa.Column("q", sa.UnicodeText, nullable=False),
    )


def downgrade() -> None:
    for table in ("orden_search_query", "orden_search_click", "orden_search_count"):
        op.drop_table(table)
