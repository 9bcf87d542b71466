"""Results by month and week, and a range for each of the three numbers of an objective

Revision ID: 0005
Revises: 0004
"""

from alembic import op
import sqlalchemy as sa


revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

RANGES = ('guard_low', 'guard_high', 'learning_low', 'learning_high')


def upgrade() -> None:
    op.create_table('result',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('kpi', sa.String(), nullable=False),
    sa.Column('channel', sa.String(), nullable=False),
    sa.Column('period', sa.String(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('value', sa.Double(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('sample_size', sa.Integer(), nullable=True),
    sa.Column('visibility', sa.String(), nullable=False),
    sa.Column('definition', sa.String(), nullable=False),
    sa.Column('way', sa.String(), nullable=False),
    sa.Column('kept_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_result_organisation_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_result')),
    sa.UniqueConstraint('organisation_id', 'kpi', 'channel', 'period', 'starts_on', name=op.f('uq_result_organisation_id_kpi_channel_period_starts_on'))
    )
    with op.batch_alter_table('result', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_result_organisation_id'), ['organisation_id'], unique=False)
    with op.batch_alter_table('objective', schema=None) as batch_op:
        for name in RANGES:
            batch_op.add_column(sa.Column(name, sa.Double(), nullable=True))
        batch_op.add_column(
            sa.Column('learning_kpi', sa.String(), nullable=False, server_default=sa.text("''"))
        )
    with op.batch_alter_table('objective', schema=None) as batch_op:
        batch_op.alter_column('learning_kpi', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('objective', schema=None) as batch_op:
        batch_op.drop_column('learning_kpi')
        for name in RANGES:
            batch_op.drop_column(name)
    with op.batch_alter_table('result', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_result_organisation_id'))
    op.drop_table('result')
