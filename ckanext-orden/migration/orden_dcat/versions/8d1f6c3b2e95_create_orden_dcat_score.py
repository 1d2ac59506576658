"""Create orden_dcat_score, orden_dcat_score_day and orden_dcat_link

Revision ID: 8d1f6c3b2e95
Revises: 5e2b90d7a4c1
Create Date: 2026-11-29 16:25:00
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "8d1f6c3b2e95"
down_revision = "5e2b90d7a4c1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "orden_dcat_score",
        sa.Column("package_id", sa.UnicodeText, sa.ForeignKey("package.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("modified", sa.DateTime, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("points", sa.Integer, nullable=False),
        sa.Column("japan", sa.Integer),
        sa.Column("found", JSONB, nullable=False),
        sa.Column("checked", sa.UnicodeText, nullable=False),
    )
    op.create_table(
        "orden_dcat_score_day",
        sa.Column("scope", sa.UnicodeText, primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("datasets", sa.Integer, nullable=False),
        sa.Column("points", sa.Float, nullable=False),
        sa.Column("japan", sa.Float),
    )
    op.create_table(
        "orden_dcat_link",
        sa.Column("id", sa.UnicodeText, primary_key=True),
        sa.Column("url", sa.UnicodeText, nullable=False),
        sa.Column("state", sa.UnicodeText, nullable=False),
        sa.Column("status", sa.Integer),
        sa.Column("reason", JSONB, nullable=False),
        sa.Column("checked_at", sa.DateTime),
        sa.Column("next_at", sa.DateTime, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("seen_on", sa.Date, nullable=False),
    )
    op.create_index("idx_orden_dcat_link_next", "orden_dcat_link", ["next_at"])


def downgrade() -> None:
    op.drop_table("orden_dcat_link")
    op.drop_table("orden_dcat_score_day")
    op.drop_table("orden_dcat_score")
