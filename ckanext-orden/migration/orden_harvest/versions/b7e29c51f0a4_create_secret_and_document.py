"""Create orden_harvest_secret and orden_harvest_document

Revision ID: b7e29c51f0a4
Revises: 1be6f40a7c58
Create Date: 2026-11-29 22:05:00
"""

import sqlalchemy as sa
from alembic import op

revision = "b7e29c51f0a4"
down_revision = "1be6f40a7c58"
branch_labels = None
depends_on = None


def source_id() -> sa.Column:
    return sa.Column("source_id", sa.UnicodeText, sa.ForeignKey("package.id", ondelete="CASCADE"), primary_key=True)


def upgrade() -> None:
    op.create_table(
        "orden_harvest_secret",
        source_id(),
        sa.Column("place", sa.UnicodeText, nullable=False),
        sa.Column("header", sa.UnicodeText, nullable=False),
        sa.Column("sealed", sa.UnicodeText, nullable=False),
        sa.Column("set_at", sa.DateTime, nullable=False),
        sa.Column("set_by", sa.UnicodeText, nullable=False),
    )
    op.create_table(
        "orden_harvest_document",
        source_id(),
        sa.Column("url", sa.UnicodeText, nullable=False),
        sa.Column("etag", sa.UnicodeText),
        sa.Column("modified", sa.UnicodeText),
        sa.Column("stamp", sa.UnicodeText, nullable=False),
        sa.Column("read", sa.Integer, nullable=False),
        sa.Column("total", sa.Integer),
        sa.Column("read_at", sa.DateTime, nullable=False),
        sa.Column("job_id", sa.UnicodeText, nullable=False),
        sa.Column("records", sa.UnicodeText, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("orden_harvest_document")
    op.drop_table("orden_harvest_secret")
