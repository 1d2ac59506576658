"""Create orden_harvest_edit; add likeness to orden_harvest_record, whose rows are updated in their places

Revision ID: 0b9d52c7e3f4
Revises: f27b6e91d0a8
Create Date: 2026-11-30 01:00:00
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0b9d52c7e3f4"
down_revision = "f27b6e91d0a8"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "orden_harvest_edit",
        sa.Column("dataset_id", sa.UnicodeText, sa.ForeignKey("package.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("file", sa.UnicodeText, primary_key=True),
        sa.Column("field", sa.UnicodeText, primary_key=True),
        sa.Column("did", sa.UnicodeText, nullable=False),
        sa.Column("theirs", JSONB),
        sa.Column("edited_by", sa.UnicodeText, nullable=False),
        sa.Column("edited_at", sa.DateTime, nullable=False),
    )
    op.add_column("orden_harvest_record", sa.Column("likeness", sa.UnicodeText, nullable=False, server_default=""))
    op.create_index("idx_orden_harvest_record_likeness", "orden_harvest_record", ["likeness"])
    op.drop_index("idx_orden_harvest_record_job")
    op.execute("ALTER TABLE orden_harvest_record SET (fillfactor = 70)")


def downgrade() -> None:
    op.execute("ALTER TABLE orden_harvest_record RESET (fillfactor)")
    op.create_index("idx_orden_harvest_record_job", "orden_harvest_record", ["job_id"])
    op.drop_index("idx_orden_harvest_record_likeness")
    op.drop_column("orden_harvest_record", "likeness")
    op.drop_table("orden_harvest_edit")
