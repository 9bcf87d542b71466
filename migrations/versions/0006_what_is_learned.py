"""What is learned: what came of expectations, tests, lessons, and how much rules count

Revision ID: 0006
Revises: 0005
"""

from alembic import op
import sqlalchemy as sa


revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('experiment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('quarter_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('assumption', sa.String(), nullable=False),
    sa.Column('unit', sa.String(), nullable=False),
    sa.Column('low', sa.Double(), nullable=True),
    sa.Column('high', sa.Double(), nullable=True),
    sa.Column('actual', sa.Double(), nullable=True),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('decision', sa.String(), nullable=False),
    sa.Column('why', sa.String(), nullable=False),
    sa.Column('who', sa.String(), nullable=False),
    sa.Column('decided_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_experiment_organisation_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['quarter_id'], ['quarter.id'], name=op.f('fk_experiment_quarter_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_experiment'))
    )
    with op.batch_alter_table('experiment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_experiment_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_experiment_quarter_id'), ['quarter_id'], unique=False)

    op.create_table('weighing',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('quarter_id', sa.Integer(), nullable=False),
    sa.Column('amendment_id', sa.Integer(), nullable=True),
    sa.Column('rule', sa.String(), nullable=False),
    sa.Column('before', sa.Double(), nullable=False),
    sa.Column('proposed', sa.Double(), nullable=False),
    sa.Column('accepted', sa.Boolean(), nullable=False),
    sa.Column('basis', sa.JSON(), nullable=False),
    sa.Column('evidence', sa.String(), nullable=False),
    sa.Column('why', sa.String(), nullable=False),
    sa.Column('who', sa.String(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['amendment_id'], ['amendment.id'], name=op.f('fk_weighing_amendment_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_weighing_organisation_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['quarter_id'], ['quarter.id'], name=op.f('fk_weighing_quarter_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_weighing'))
    )
    with op.batch_alter_table('weighing', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_weighing_amendment_id'), ['amendment_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_weighing_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_weighing_quarter_id'), ['quarter_id'], unique=False)

    op.create_table('lesson',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('quarter_id', sa.Integer(), nullable=False),
    sa.Column('experiment_id', sa.Integer(), nullable=True),
    sa.Column('amendment_id', sa.Integer(), nullable=True),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('verdict', sa.String(), nullable=False),
    sa.Column('loop', sa.String(), nullable=False),
    sa.Column('touches', sa.String(), nullable=False),
    sa.Column('about', sa.String(), nullable=False),
    sa.Column('who', sa.String(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['amendment_id'], ['amendment.id'], name=op.f('fk_lesson_amendment_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['experiment_id'], ['experiment.id'], name=op.f('fk_lesson_experiment_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_lesson_organisation_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['quarter_id'], ['quarter.id'], name=op.f('fk_lesson_quarter_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_lesson'))
    )
    with op.batch_alter_table('lesson', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_lesson_amendment_id'), ['amendment_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_lesson_experiment_id'), ['experiment_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_lesson_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_lesson_quarter_id'), ['quarter_id'], unique=False)

    op.create_table('outcome',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('quarter_id', sa.Integer(), nullable=False),
    sa.Column('recommendation_id', sa.Integer(), nullable=False),
    sa.Column('result', sa.String(), nullable=False),
    sa.Column('low', sa.Double(), nullable=True),
    sa.Column('high', sa.Double(), nullable=True),
    sa.Column('actual', sa.Double(), nullable=True),
    sa.Column('why', sa.String(), nullable=False),
    sa.Column('who', sa.String(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_outcome_organisation_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['quarter_id'], ['quarter.id'], name=op.f('fk_outcome_quarter_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['recommendation_id'], ['recommendation.id'], name=op.f('fk_outcome_recommendation_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outcome'))
    )
    with op.batch_alter_table('outcome', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_outcome_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_outcome_quarter_id'), ['quarter_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_outcome_recommendation_id'), ['recommendation_id'], unique=True)



def downgrade() -> None:
    with op.batch_alter_table('outcome', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_outcome_recommendation_id'))
        batch_op.drop_index(batch_op.f('ix_outcome_quarter_id'))
        batch_op.drop_index(batch_op.f('ix_outcome_organisation_id'))

    op.drop_table('outcome')
    with op.batch_alter_table('lesson', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_lesson_quarter_id'))
        batch_op.drop_index(batch_op.f('ix_lesson_organisation_id'))
        batch_op.drop_index(batch_op.f('ix_lesson_experiment_id'))
        batch_op.drop_index(batch_op.f('ix_lesson_amendment_id'))

    op.drop_table('lesson')
    with op.batch_alter_table('weighing', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_weighing_quarter_id'))
        batch_op.drop_index(batch_op.f('ix_weighing_organisation_id'))
        batch_op.drop_index(batch_op.f('ix_weighing_amendment_id'))

    op.drop_table('weighing')
    with op.batch_alter_table('experiment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_experiment_quarter_id'))
        batch_op.drop_index(batch_op.f('ix_experiment_organisation_id'))

    op.drop_table('experiment')
