"""Create orden_market_market, orden_market_link and orden_market_click

Revision ID: 7b2d94e0c3f5
Revises: 4c8e1f0a6d27
Create Date: 2026-11-30 09:20:00
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "7b2d94e0c3f5"
down_revision = "7a2d5c90b1e4"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "orden_market_market",
        sa.Column("code", sa.UnicodeText, primary_key=True),
        sa.Column("name", JSONB, nullable=False),
        sa.Column("hosts", JSONB, nullable=False),
        sa.Column("patterns", JSONB, nullable=False),
        sa.Column("home", sa.UnicodeText, nullable=False),
        sa.Column("enabled", sa.Boolean, nullable=False),
        sa.Column("changed", sa.DateTime, nullable=False),
    )
    op.create_table(
        "orden_market_link",
        sa.Column("id", sa.UnicodeText, primary_key=True),
        sa.Column(
            "offer_id", sa.UnicodeText, sa.ForeignKey("orden_market_offer.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("market", sa.UnicodeText, nullable=False),
        sa.Column("url", sa.UnicodeText, nullable=False),
        sa.Column("external_id", sa.UnicodeText, nullable=False),
        sa.Column("state", sa.UnicodeText, nullable=False),
        sa.Column("status", sa.Integer),
        sa.Column("reason", JSONB, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("since", sa.DateTime, nullable=False),
        sa.Column("checked", sa.DateTime),
        sa.Column("next_at", sa.DateTime, nullable=False),
        sa.Column("told", sa.DateTime),
    )
    op.create_index("idx_orden_market_link_offer", "orden_market_link", ["offer_id"])
    op.create_index("idx_orden_market_link_next", "orden_market_link", ["next_at"])
    op.create_table(
        "orden_market_click",
        sa.Column(
            "link_id", sa.UnicodeText, sa.ForeignKey("orden_market_link.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("orden_market_click")
    op.drop_table("orden_market_link")
    op.drop_table("orden_market_market")
