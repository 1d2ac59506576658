"""Create orden_duplicate

Revision ID: 9d41c07be352
Revises: 6c2d8e0f1a35
Create Date: 2026-11-30 15:00:00
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "9d41c07be352"
down_revision = "6c2d8e0f1a35"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "orden_duplicate",
        sa.Column("one", sa.UnicodeText, sa.ForeignKey("package.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("other", sa.UnicodeText, sa.ForeignKey("package.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("near", sa.Float),
        sa.Column("reasons", JSONB, nullable=False),
        sa.Column("sources", JSONB, nullable=False),
        sa.Column("apart", sa.Boolean, nullable=False),
        sa.Column("rank", sa.Integer, nullable=False),
        sa.Column("dismissed", sa.Boolean, nullable=False, server_default=sa.false()),
    )


def downgrade() -> None:
    op.drop_table("orden_duplicate")
