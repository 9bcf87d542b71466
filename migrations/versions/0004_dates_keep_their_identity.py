"""A promise and an objective keep one identity for good, so that a calendar knows their dates again

Those that are here get the one by which calendars know them so far.

Revision ID: 0004
Revises: 0003
"""

from uuid import NAMESPACE_URL, uuid5

from alembic import op
import sqlalchemy as sa


revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

NAMES = {'activity': 'promise', 'objective': 'objective'}


def upgrade() -> None:
    for name, known_as in NAMES.items():
        with op.batch_alter_table(name, schema=None) as batch_op:
            batch_op.add_column(
                sa.Column('uid', sa.String(), nullable=False, server_default=sa.text("''"))
            )
        _fill(name, known_as)
        with op.batch_alter_table(name, schema=None) as batch_op:
            batch_op.alter_column('uid', server_default=None)
            batch_op.create_unique_constraint(batch_op.f(f'uq_{name}_uid'), ['uid'])


def downgrade() -> None:
    for name in NAMES:
        with op.batch_alter_table(name, schema=None) as batch_op:
            batch_op.drop_constraint(batch_op.f(f'uq_{name}_uid'), type_='unique')
            batch_op.drop_column('uid')


def _fill(name: str, known_as: str) -> None:
    """The identity that the calendar file made of the row's number and its organisation's."""
    table = sa.table(
        name, sa.column('id', sa.Integer), sa.column('organisation_id', sa.Integer),
        sa.column('uid', sa.String),
    )
    organisation = sa.table(
        'organisation', sa.column('id', sa.Integer),
        sa.column('created_at', sa.DateTime(timezone=True)),
    )
    rows = sa.select(table.c.id, table.c.organisation_id, organisation.c.created_at).join(
        organisation, organisation.c.id == table.c.organisation_id
    )
    for number, owner, created in op.get_bind().execute(rows).all():
        known = f'crossroads:{created.isoformat()}/{owner}/{known_as}/{number}'
        identity = str(uuid5(NAMESPACE_URL, known))
        op.execute(sa.update(table).where(table.c.id == number).values(uid=identity))
