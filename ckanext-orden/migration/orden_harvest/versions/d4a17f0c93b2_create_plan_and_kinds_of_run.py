"""Create orden_harvest_plan, and tell kinds of runs apart

Revision ID: d4a17f0c93b2
Revises: 8c4e1b7d2a60
Create Date: 2026-11-29 21:35:00
"""

import sqlalchemy as sa
from alembic import op

revision = "d4a17f0c93b2"
down_revision = "8c4e1b7d2a60"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "orden_harvest_plan",
        sa.Column("source_id", sa.UnicodeText, primary_key=True),
        sa.Column("approved", sa.DateTime),
        sa.Column("approved_by", sa.UnicodeText),
        sa.Column("cron", sa.UnicodeText, nullable=False, server_default=""),
        sa.Column("window", sa.UnicodeText, nullable=False, server_default=""),
        sa.Column("pause", sa.Float),
        sa.Column("robots_permission", sa.UnicodeText, nullable=False, server_default=""),
        sa.Column("priority", sa.Integer, nullable=False, server_default="0"),
        sa.Column("keep_runs", sa.Integer),
        sa.Column("notify", sa.UnicodeText, nullable=False, server_default="problems"),
        sa.Column("mail", sa.UnicodeText, nullable=False, server_default=""),
        sa.Column("webhook", sa.UnicodeText, nullable=False, server_default=""),
    )
    op.add_column("orden_harvest_run", sa.Column("kind", sa.UnicodeText, nullable=False, server_default="harvest"))
    op.add_column("orden_harvest_run", sa.Column("progressed", sa.DateTime))
    op.add_column("orden_harvest_run", sa.Column("undone", sa.DateTime))


def downgrade() -> None:
    for column in ("undone", "progressed", "kind"):
        op.drop_column("orden_harvest_run", column)
    op.drop_table("orden_harvest_plan")
