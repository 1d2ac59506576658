"""Create orden_harvest_share

Revision ID: 3d85a1f6c027
Revises: 0b9d52c7e3f4
Create Date: 2026-11-30 03:00:00
"""

import sqlalchemy as sa
from alembic import op

revision = "3d85a1f6c027"
down_revision = "0b9d52c7e3f4"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "orden_harvest_share",
        sa.Column("number", sa.BigInteger, primary_key=True),
        sa.Column("job_id", sa.UnicodeText, nullable=False),
        sa.Column("basis", sa.UnicodeText, nullable=False),
        sa.Column("records", sa.UnicodeText, nullable=False),
    )
    op.create_index("idx_orden_harvest_share_job", "orden_harvest_share", ["job_id"])


def downgrade() -> None:
    op.drop_table("orden_harvest_share")
