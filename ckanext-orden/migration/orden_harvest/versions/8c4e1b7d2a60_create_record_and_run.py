"""Create orden_harvest_record and orden_harvest_run

Revision ID: 8c4e1b7d2a60
Revises:
Create Date: 2026-11-22 20:30:00
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "8c4e1b7d2a60"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "orden_harvest_record",
        sa.Column("source_id", sa.UnicodeText, primary_key=True),
        sa.Column("guid", sa.UnicodeText, primary_key=True),
        sa.Column("dataset_id", sa.UnicodeText, sa.ForeignKey("package.id", ondelete="CASCADE"), unique=True),
        sa.Column("fingerprint", sa.UnicodeText, nullable=False, server_default=""),
        sa.Column("state", sa.UnicodeText, nullable=False, server_default="current"),
        sa.Column("indexed", sa.Boolean, nullable=False, server_default=sa.true()),
        sa.Column("job_id", sa.UnicodeText),
        sa.Column("outcome", sa.UnicodeText, nullable=False, server_default=""),
        sa.Column("seen_at", sa.DateTime),
        sa.Column("missing_since", sa.DateTime),
        sa.Column("missing_runs", sa.Integer, nullable=False, server_default="0"),
        sa.Column("report", JSONB),
    )
    op.create_index("idx_orden_harvest_record_guid", "orden_harvest_record", ["guid"])
    op.create_index("idx_orden_harvest_record_job", "orden_harvest_record", ["job_id"])
    op.create_table(
        "orden_harvest_run",
        sa.Column("job_id", sa.UnicodeText, primary_key=True),
        sa.Column("source_id", sa.UnicodeText, nullable=False),
        sa.Column("state", sa.UnicodeText, nullable=False),
        sa.Column("started", sa.DateTime, nullable=False),
        sa.Column("finished", sa.DateTime),
        sa.Column("cursor", JSONB),
        sa.Column("read", sa.Integer, nullable=False, server_default="0"),
        sa.Column("total", sa.Integer),
        sa.Column("listed", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("counts", JSONB, nullable=False),
        sa.Column("problems", JSONB, nullable=False),
    )
    op.create_index("idx_orden_harvest_run_source", "orden_harvest_run", ["source_id"])


def downgrade() -> None:
    op.drop_table("orden_harvest_run")
    op.drop_table("orden_harvest_record")
