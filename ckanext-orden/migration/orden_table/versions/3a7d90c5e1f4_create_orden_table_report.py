"""Create orden_table_report

Revision ID: 3a7d90c5e1f4
Revises:
Create Date: 2026-11-29 04:30:00
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "3a7d90c5e1f4"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "orden_table_report",
        sa.Column("resource_id", sa.UnicodeText, sa.ForeignKey("resource.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("package_id", sa.UnicodeText, nullable=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("url", sa.UnicodeText, nullable=False),
        sa.Column("mark", sa.UnicodeText, nullable=False),
        sa.Column("etag", sa.UnicodeText),
        sa.Column("modified", sa.UnicodeText),
        sa.Column("standard", sa.UnicodeText, nullable=False),
        sa.Column("certain", sa.Boolean, nullable=False),
        sa.Column("conforms", sa.Boolean, nullable=False),
        sa.Column("rows", sa.Integer, nullable=False),
        sa.Column("errors", sa.Integer, nullable=False),
        sa.Column("warnings", sa.Integer, nullable=False),
        sa.Column("infos", sa.Integer, nullable=False),
        sa.Column("personal", sa.Integer, nullable=False),
        sa.Column("report", JSONB, nullable=False),
    )
    op.create_index("idx_orden_table_report_package", "orden_table_report", ["package_id"])


def downgrade() -> None:
    op.drop_table("orden_table_report")
