"""Create orden_market_inquiry, orden_market_message and orden_market_mail

Revision ID: 7a2d5c90b1e4
Revises: 4c8e1f0a6d27
Create Date: 2026-11-30 09:20:00
"""

import sqlalchemy as sa
from alembic import op

revision = "7a2d5c90b1e4"
down_revision = "4c8e1f0a6d27"
branch_labels = None
depends_on = None

INQUIRY = "orden_market_inquiry"


def upgrade() -> None:
    op.create_table(
        INQUIRY,
        sa.Column("id", sa.UnicodeText, primary_key=True),
        sa.Column("package_id", sa.UnicodeText, sa.ForeignKey("package.id", ondelete="CASCADE"), nullable=False),
        sa.Column("offer_id", sa.UnicodeText, sa.ForeignKey("orden_market_offer.id", ondelete="SET NULL")),
        sa.Column("organization_id", sa.UnicodeText, sa.ForeignKey("group.id", ondelete="CASCADE"), nullable=False),
        sa.Column("user_id", sa.UnicodeText),
        *(sa.Column(name, sa.UnicodeText, nullable=False) for name in ("name", "mail", "affiliation", "purpose")),
        sa.Column("share_mail", sa.Boolean, nullable=False),
        *(sa.Column(name, sa.UnicodeText, nullable=False) for name in ("provider_mail", "language", "state")),
        sa.Column("key_part", sa.UnicodeText, nullable=False),
        sa.Column("created", sa.DateTime, nullable=False),
        sa.Column("changed", sa.DateTime, nullable=False),
        *(sa.Column(name, sa.DateTime) for name in ("received", "first_answered", "closed", "due")),
    )
    op.create_index("idx_orden_market_inquiry_organization", INQUIRY, ["organization_id", "state", "changed"])
    op.create_index("idx_orden_market_inquiry_user", INQUIRY, ["user_id"])
    op.create_index("idx_orden_market_inquiry_package", INQUIRY, ["package_id"])
    op.create_index("idx_orden_market_inquiry_due", INQUIRY, ["due"], postgresql_where=sa.text("due IS NOT NULL"))
    op.create_table("orden_market_message", *_of_inquiry(), *_message())
    op.create_table("orden_market_mail", *_of_inquiry(), *_mail())
    for table in ("message", "mail"):
        op.create_index(f"idx_orden_market_{table}_inquiry", f"orden_market_{table}", ["inquiry_id"])


def _of_inquiry() -> tuple[sa.Column, ...]:
    return (
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("inquiry_id", sa.UnicodeText, sa.ForeignKey(f"{INQUIRY}.id", ondelete="CASCADE"), nullable=False),
    )


def _message() -> tuple[sa.Column, ...]:
    return (
        sa.Column("author", sa.UnicodeText, nullable=False),
        sa.Column("user_id", sa.UnicodeText),
        sa.Column("action", sa.UnicodeText, nullable=False),
        sa.Column("text", sa.UnicodeText, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("read", sa.DateTime),
    )


def _mail() -> tuple[sa.Column, ...]:
    return (
        sa.Column("kind", sa.UnicodeText, nullable=False),
        sa.Column("recipient", sa.UnicodeText, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("due", sa.DateTime, nullable=False),
    )


def downgrade() -> None:
    for table in ("orden_market_mail", "orden_market_message", INQUIRY):
        op.drop_table(table)
