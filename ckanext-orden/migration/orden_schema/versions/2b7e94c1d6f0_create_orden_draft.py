"""Create orden_draft

Revision ID: 2b7e94c1d6f0
Revises:
Create Date: 2026-11-29 04:00:00
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "2b7e94c1d6f0"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "orden_draft",
        sa.Column("id", sa.UnicodeText, primary_key=True),
        sa.Column(
            "user_id", sa.UnicodeText, sa.ForeignKey("user.id", ondelete="CASCADE"), nullable=False, index=True
        ),
        sa.Column("values", JSONB, nullable=False),
        sa.Column("filename", sa.UnicodeText, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=True),
        sa.Column("updated_at", sa.DateTime, nullable=False),
        sa.Column("expires_at", sa.DateTime, nullable=False, index=True),
    )


def downgrade() -> None:
    op.drop_table("orden_draft")
