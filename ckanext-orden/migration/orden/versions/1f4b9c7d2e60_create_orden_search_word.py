"""Create orden_search_word

Revision ID: 1f4b9c7d2e60
Revises: 8a3e6d21f0c4
Create Date: 2026-11-30 16:00:00
"""

import sqlalchemy as sa
from alembic import op

revision = "1f4b9c7d2e60"
down_revision = "8a3e6d21f0c4"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "orden_search_word",
        sa.Column("revision", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sa.Column("author", sa.UnicodeText, nullable=False),
        sa.Column("text", sa.UnicodeText, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("orden_search_word")
