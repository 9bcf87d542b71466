"""The plan on paper and in a calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st
from sqlalchemy.orm import Session

from documents import plan_calendar, plan_page
from documents.plan import Check, Plan
from models.organisation import Organisation, Quarter
from services import people, quarters
from services.advice import AdviceView
from services.objectives import Stated
from services.plan import Kept


def read(
    session: Session,
    view: AdviceView,
    promised: Sequence[Kept],
    wanted: Sequence[Stated],
    today: date,
) -> Plan:
    """Everything that goes home, as text and dates."""
    organisation = session.get_one(Organisation, view.organisation_id)
    quarter = session.get_one(Quarter, view.quarter_id)
    everybody = people.listed(session, view.organisation_id)
    return Plan(
        organisation=organisation.name,
        quarter=quarters.label(quarter),
        on=today,
        promises=promised,
        checks=[
            Check(one.uid, one.version, view.title("objective", one.name), one.wish.check_on)
            for one in wanted
        ],
        given=[(one.id, one.said.name, one.said.hours) for one in everybody],
    )


def offer(made: Plan) -> None:
    """Both files; each is made when somebody takes it."""
    with st.container(horizontal=True, gap="small", key="taking_home"):
        st.download_button(
            "Print the next 30 days",
            lambda: plan_page.pdf(made),
            f"our-plan-{made.on:%Y-%m-%d}.pdf",
            "application/pdf",
            key="pdf",
            icon=":material/print:",
            on_click="ignore",
        )
        st.download_button(
            "Put it into a calendar",
            lambda: plan_calendar.ics(made),
            f"our-plan-{made.on:%Y-%m-%d}.ics",
            "text/calendar",
            key="ics",
            icon=":material/calendar_add_on:",
            on_click="ignore",
        )
    st.caption(
        "One page for the wall. The calendar file has the days of promises and those on which you "
        "look again; read in once more, it changes what is there."
    )
