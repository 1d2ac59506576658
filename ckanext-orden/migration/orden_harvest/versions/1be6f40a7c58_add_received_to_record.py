"""Add received to orden_harvest_record

Revision ID: 1be6f40a7c58
Revises: d4a17f0c93b2
Create Date: 2026-11-29 21:50:00
"""

import sqlalchemy as sa
from alembic import op

revision = "1be6f40a7c58"
down_revision = "d4a17f0c93b2"
branch_labels = None
depends_on = None


def upgrade() -> None:
    received = sa.Column("received", sa.UnicodeText, nullable=False, server_default="")
    op.add_column("orden_harvest_record", received)


def downgrade() -> None:
    op.drop_column("orden_harvest_record", "received")
