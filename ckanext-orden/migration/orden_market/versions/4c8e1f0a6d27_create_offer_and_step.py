"""Create orden_market_offer and orden_market_step

Revision ID: 4c8e1f0a6d27
Revises:
Create Date: 2026-11-30 08:40:00
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "4c8e1f0a6d27"
down_revision = None
branch_labels = None
depends_on = None

KEEP = """
CREATE OR REPLACE FUNCTION orden_market_keep() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION '% of % never changes', TG_ARGV[0], TG_TABLE_NAME;
END
$$ LANGUAGE plpgsql
"""
KEEP_OFFER = """
CREATE TRIGGER orden_market_offer_keep BEFORE UPDATE ON orden_market_offer FOR EACH ROW
WHEN (OLD.state <> 'draft' AND NEW.content IS DISTINCT FROM OLD.content)
EXECUTE FUNCTION orden_market_keep('what stands in an offer that is handed in')
"""
KEEP_STEP = """
CREATE TRIGGER orden_market_step_keep BEFORE UPDATE ON orden_market_step FOR EACH ROW
EXECUTE FUNCTION orden_market_keep('the history')
"""


def upgrade() -> None:
    op.create_table(
        "orden_market_offer",
        sa.Column("id", sa.UnicodeText, primary_key=True),
        sa.Column("series_id", sa.UnicodeText, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("package_id", sa.UnicodeText, sa.ForeignKey("package.id", ondelete="CASCADE"), nullable=False),
        sa.Column("state", sa.UnicodeText, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("content", JSONB, nullable=False),
        sa.Column("valid_from", sa.Date),
        sa.Column("valid_through", sa.Date),
        sa.Column("created", sa.DateTime, nullable=False),
        sa.Column("changed", sa.DateTime, nullable=False),
        sa.Column("published", sa.DateTime),
        sa.Column("submitted_by", sa.UnicodeText),
        sa.Column("suspended_by", sa.UnicodeText),
        sa.Column("listed", sa.Boolean, nullable=False),
        sa.UniqueConstraint("series_id", "number"),
    )
    op.create_index("idx_orden_market_offer_package", "orden_market_offer", ["package_id"])
    for name, states in (("open", "'draft', 'in_review'"), ("live", "'published', 'suspended'")):
        op.create_index(
            f"uq_orden_market_offer_{name}",
            "orden_market_offer",
            ["series_id"],
            unique=True,
            postgresql_where=sa.text(f"state IN ({states})"),
        )
    op.create_table(
        "orden_market_step",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column(
            "offer_id", sa.UnicodeText, sa.ForeignKey("orden_market_offer.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("user_id", sa.UnicodeText),
        sa.Column("role", sa.UnicodeText, nullable=False),
        sa.Column("action", sa.UnicodeText, nullable=False),
        sa.Column("source", sa.UnicodeText),
        sa.Column("target", sa.UnicodeText, nullable=False),
        sa.Column("reason", sa.UnicodeText, nullable=False),
        sa.Column("fields", JSONB, nullable=False),
    )
    op.create_index("idx_orden_market_step_offer", "orden_market_step", ["offer_id"])
    for statement in (KEEP, KEEP_OFFER, KEEP_STEP):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("orden_market_step")
    op.drop_table("orden_market_offer")
    op.execute("DROP FUNCTION orden_market_keep")
