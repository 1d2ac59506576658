"""Create orden_dcat_fragment

Revision ID: 5e2b90d7a4c1
Revises:
Create Date: 2026-11-29 15:40:00
"""

import sqlalchemy as sa
from alembic import op

revision = "5e2b90d7a4c1"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "orden_dcat_fragment",
        sa.Column("package_id", sa.UnicodeText, sa.ForeignKey("package.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("syntax", sa.UnicodeText, primary_key=True),
        sa.Column("key", sa.UnicodeText, nullable=False),
        sa.Column("own", sa.UnicodeText, nullable=False),
        sa.Column("shared", sa.UnicodeText, nullable=False),
        sa.Column("triples", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("orden_dcat_fragment")
