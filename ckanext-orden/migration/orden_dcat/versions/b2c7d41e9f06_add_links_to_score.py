"""Add links to orden_dcat_score

Revision ID: b2c7d41e9f06
Revises: 8d1f6c3b2e95
Create Date: 2026-11-29 18:45:00
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "b2c7d41e9f06"
down_revision = "8d1f6c3b2e95"
branch_labels = None
depends_on = None


def upgrade() -> None:
    links = sa.Column("links", ARRAY(sa.UnicodeText), nullable=False, server_default="{}")
    op.add_column("orden_dcat_score", links)
    op.create_index("idx_orden_dcat_score_links", "orden_dcat_score", ["links"], postgresql_using="gin")


def downgrade() -> None:
    op.drop_column("orden_dcat_score", "links")
