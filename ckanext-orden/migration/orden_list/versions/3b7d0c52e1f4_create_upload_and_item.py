"""Create orden_list_upload and orden_list_item

Revision ID: 3b7d0c52e1f4
Revises:
Create Date: 2026-11-29 04:20:00
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "3b7d0c52e1f4"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "orden_list_upload",
        sa.Column("id", sa.UnicodeText, primary_key=True),
        sa.Column("organization_id", sa.UnicodeText, nullable=False, index=True),
        sa.Column("user_id", sa.UnicodeText, nullable=False),
        sa.Column("filename", sa.UnicodeText, nullable=False),
        sa.Column("sha256", sa.UnicodeText, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("generation", sa.UnicodeText, nullable=False),
        sa.Column("encoding", sa.UnicodeText, nullable=False),
        sa.Column("rows", sa.Integer, nullable=False),
        sa.Column("taking", JSONB, nullable=False),
        sa.Column("issues", JSONB, nullable=False),
        sa.Column("state", sa.UnicodeText, nullable=False),
        sa.Column("problem", JSONB),
        sa.Column("created", sa.DateTime, nullable=False),
        sa.Column("started", sa.DateTime),
        sa.Column("finished", sa.DateTime),
        sa.Column("expires", sa.DateTime, nullable=False),
    )
    op.create_table(
        "orden_list_item",
        sa.Column(
            "upload_id", sa.UnicodeText, sa.ForeignKey("orden_list_upload.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("line", sa.Integer),
        sa.Column("file_lines", JSONB, nullable=False),
        sa.Column("title", sa.UnicodeText, nullable=False),
        sa.Column("guid", sa.UnicodeText, nullable=False),
        sa.Column("state", sa.UnicodeText, nullable=False),
        sa.Column("dataset_id", sa.UnicodeText),
        sa.Column("wanted", JSONB),
        sa.Column("changes", JSONB, nullable=False),
        sa.Column("issues", JSONB, nullable=False),
        sa.Column("outcome", sa.UnicodeText),
        sa.Column("indexed", sa.Boolean, nullable=False, server_default=sa.true()),
    )


def downgrade() -> None:
    op.drop_table("orden_list_item")
    op.drop_table("orden_list_upload")
