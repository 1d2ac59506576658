"""Create orden_report

Revision ID: 5f1c2d7a9b30
Revises:
Create Date: 2026-11-22 20:00:00
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "5f1c2d7a9b30"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "orden_report",
        sa.Column("package_id", sa.UnicodeText, sa.ForeignKey("package.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sa.Column("level", sa.Unicode(32), nullable=False),
        sa.Column("errors", sa.Integer, nullable=False),
        sa.Column("warnings", sa.Integer, nullable=False),
        sa.Column("infos", sa.Integer, nullable=False),
        sa.Column("report", JSONB, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("orden_report")
