"""Create orden_saved_search

Revision ID: 6e1d9b40c7a2
Revises:
Create Date: 2026-12-01 00:10:00
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "6e1d9b40c7a2"
down_revision = None
branch_labels = None
depends_on = None

TABLE = "orden_saved_search"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.UnicodeText, primary_key=True),
        sa.Column("user_id", sa.UnicodeText, sa.ForeignKey("user.id", ondelete="CASCADE"), nullable=False),
        *(sa.Column(name, sa.UnicodeText, nullable=False) for name in ("name", "q", "sort", "frequency", "language")),
        *(sa.Column(name, JSONB, nullable=False) for name in ("conditions", "told")),
        sa.Column("changes", sa.Boolean, nullable=False),
        *(sa.Column(name, sa.DateTime, nullable=False) for name in ("created", "began", "since")),
        sa.Column("due", sa.DateTime),
        sa.Column("tries", sa.Integer, nullable=False),
    )
    op.create_index(f"idx_{TABLE}_user", TABLE, ["user_id"])
    op.create_index(f"idx_{TABLE}_due", TABLE, ["due"], postgresql_where=sa.text("due IS NOT NULL"))


def downgrade() -> None:
    op.drop_table(TABLE)
