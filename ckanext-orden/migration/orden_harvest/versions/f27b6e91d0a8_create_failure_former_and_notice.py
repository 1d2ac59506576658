"""Create orden_harvest_failure, orden_harvest_former and orden_harvest_notice

Revision ID: f27b6e91d0a8
Revises: a6c20d8e5b17
Create Date: 2026-11-29 22:00:00
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "f27b6e91d0a8"
down_revision = "a6c20d8e5b17"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "orden_harvest_failure",
        sa.Column("object_id", sa.UnicodeText, primary_key=True),
        sa.Column("job_id", sa.UnicodeText, nullable=False),
        sa.Column("guid", sa.UnicodeText, nullable=False),
        sa.Column("issues", JSONB, nullable=False),
    )
    op.create_index("idx_orden_harvest_failure_job", "orden_harvest_failure", ["job_id"])
    op.create_table(
        "orden_harvest_former",
        sa.Column("job_id", sa.UnicodeText, primary_key=True),
        sa.Column("dataset_id", sa.UnicodeText, sa.ForeignKey("package.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("content", JSONB, nullable=False),
    )
    op.create_table(
        "orden_harvest_notice",
        sa.Column("source_id", sa.UnicodeText, primary_key=True),
        sa.Column("state", sa.UnicodeText, nullable=False),
        sa.Column("sent", sa.DateTime, nullable=False),
    )


def downgrade() -> None:
    for table in ("notice", "former", "failure"):
        op.drop_table(f"orden_harvest_{table}")
