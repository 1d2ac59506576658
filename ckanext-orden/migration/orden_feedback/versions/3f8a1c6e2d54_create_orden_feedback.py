"""Create orden_feedback, orden_feedback_contact, orden_feedback_mail and orden_feedback_block

Revision ID: 3f8a1c6e2d54
Revises:
Create Date: 2026-12-01 01:10:00
"""

import sqlalchemy as sa
from alembic import op

revision = "3f8a1c6e2d54"
down_revision = None
branch_labels = None
depends_on = None

FEEDBACK = "orden_feedback"


def upgrade() -> None:
    op.create_table(
        FEEDBACK,
        sa.Column("id", sa.UnicodeText, primary_key=True),
        sa.Column("package_id", sa.UnicodeText, sa.ForeignKey("package.id", ondelete="CASCADE"), nullable=False),
        sa.Column("resource_id", sa.UnicodeText),
        *(sa.Column(name, sa.UnicodeText, nullable=False) for name in ("kind", "text", "language", "state")),
        *(sa.Column(name, sa.UnicodeText, nullable=False) for name in ("key_part", "answer", "reason")),
        *(sa.Column(name, sa.Boolean, nullable=False) for name in ("published", "show_text")),
        *(sa.Column(name, sa.DateTime, nullable=False) for name in ("created", "changed")),
        *(sa.Column(name, sa.DateTime) for name in ("answered", "closed", "due")),
    )
    op.create_index("idx_orden_feedback_package", FEEDBACK, ["package_id", "state"])
    op.create_index("idx_orden_feedback_due", FEEDBACK, ["due"], postgresql_where=sa.text("due IS NOT NULL"))
    op.create_table(
        "orden_feedback_contact",
        _feedback_id(primary_key=True),
        sa.Column("user_id", sa.UnicodeText),
        sa.Column("mail", sa.UnicodeText, nullable=False),
    )
    op.create_table(
        "orden_feedback_mail",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        _feedback_id(),
        *(sa.Column(name, sa.UnicodeText, nullable=False) for name in ("kind", "recipient")),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("due", sa.DateTime, nullable=False),
    )
    op.create_index("idx_orden_feedback_mail_feedback", "orden_feedback_mail", ["feedback_id"])
    op.create_table(
        "orden_feedback_block",
        sa.Column("mark", sa.UnicodeText, primary_key=True),
        sa.Column("until", sa.DateTime, nullable=False),
    )


def _feedback_id(*, primary_key: bool = False) -> sa.Column:
    key = sa.ForeignKey(f"{FEEDBACK}.id", ondelete="CASCADE")
    return sa.Column("feedback_id", sa.UnicodeText, key, primary_key=primary_key, nullable=False)


def downgrade() -> None:
    for table in ("orden_feedback_block", "orden_feedback_mail", "orden_feedback_contact", FEEDBACK):
        op.drop_table(table)
