"""Create orden_meaning

Revision ID: 8a3e6d21f0c4
Revises: 5f1c2d7a9b30
Create Date: 2026-11-30 12:00:00
"""

import sqlalchemy as sa
from alembic import op

revision = "8a3e6d21f0c4"
down_revision = "5f1c2d7a9b30"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "orden_meaning",
        sa.Column("key", sa.LargeBinary, primary_key=True),
        sa.Column("vector", sa.LargeBinary, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("orden_meaning")
