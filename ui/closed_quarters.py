"""What was closed: every closed quarter, whether it is whole, what was added to it since, and
whether it still says the same."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from models.database import reading, writing
from services import milestones
from services.days import said as day
from services.milestones import Added, Closed
from services.rederiving import Rederived
from services.unchanged import unchanged
from ui import by_whom, editing, two_quarters
from ui.frame import Place
from ui.text import plain

PARTS = {
    "quarter": "the quarter itself",
    "facts": "what you knew",
    "answers": "what was answered",
    "rules": "the rules",
    "amendments": "your changes of the rules",
    "advice": "the advice",
    "objectives": "what you wanted",
    "decisions": "what was decided",
    "promises": "what was promised",
    "meeting": "the review meeting",
    "results": "what came of it",
    "addenda": "the corrections",
    "whole": "how it all belongs together",
}
"""What is frozen, in words."""


def section(place: Place) -> None:
    """All of them, the newest first; and any two beside each other."""
    with reading() as session:
        rows = milestones.listed(session, place.organisation_id)
        wrong = unchanged(
            session,
            ("damaged", place.organisation_id),
            lambda: {one.id: milestones.damaged(session, one.id) for one in rows},
        )
        added = {one.id: milestones.addenda(session, one.id) for one in rows}
    if not rows:
        st.info(
            "No quarter is closed yet. A closed quarter is kept as it was, for good: years later "
            "you can read what you knew, what was advised and why, and compare it with today."
        )
        st.markdown("The first one is closed under “Close and go on”.")
        return
    st.markdown(
        "Each of these is sealed: it stays as it was, and every change in it would be noticed."
    )
    for row in rows:
        _one(place, row, wrong[row.id], added[row.id])
    two_quarters.section(rows)


def _one(place: Place, row: Closed, wrong: Sequence[str], added: Sequence[Added]) -> None:
    corrected = f" · {len(added)} correction{'' if len(added) == 1 else 's'}" if added else ""
    icon = ":material/broken_image:" if wrong else ":material/lock:"
    fold = st.expander(
        f"{row.quarter} · closed on {day(row.closed_at)} by {plain(row.by)}{corrected}",
        icon=icon,
        key=f"closed_{row.id}",
        on_change="rerun",
        expanded=row.quarter_id == place.quarter_id,
    )
    if wrong:
        _damaged(wrong)
    if not fold.open:
        return
    with fold:
        if not wrong:
            st.caption(
                "Whole, as it was closed. Names are kept as they were given; nobody signs in here.",
                help=_seal(row),
            )
        _added(added)
        _add(place, row)
        if st.button("Derive its advice again", key=f"derive_{row.id}", icon=":material/replay:"):
            with st.spinner("Deriving it again …"), reading() as session:
                found = milestones.rederive(session, row.id)
            _derived(found)


def _seal(row: Closed) -> str:
    return (
        f"Its seal begins with **{row.sha256[:4]} {row.sha256[4:8]}**. Write it into the minutes: "
        "if it is another one later, something in this quarter was changed."
    )


def _damaged(wrong: Sequence[str]) -> None:
    what = ", ".join(PARTS.get(name, "a part of it") for name in wrong)
    st.error(
        f"This closed quarter is damaged: {what}. It is not what was closed; somebody changed it "
        "outside this tool, or the disk failed. Put back a backup from before.",
        icon=":material/broken_image:",
    )


def _added(added: Sequence[Added]) -> None:
    for one in added:
        with st.container(border=True, gap="xsmall"):
            st.caption(f"Added on {day(one.made_at)} by {plain(one.who)} (not verified)")
            st.text(one.text)


def _add(place: Place, row: Closed) -> None:
    form = f"added_{row.id}"
    editing.fill(form, {"text": ""})
    st.text_area(
        "Was something otherwise than it was closed?",
        key=f"{form}_text",
        height=80,
        placeholder="For example: the number of May was 12, not 21.",
    )
    by = by_whom.ask(place, "Who adds this?", f"by_{row.id}")
    if st.button("Add it as a correction", key=f"add_{row.id}"):
        text = str(editing.value(form, "text") or "")
        with editing.saving(form), writing() as session:
            milestones.addendum(session, row.id, text, by)


def _derived(found: Rederived) -> None:
    if found.same:
        st.success(
            "The same again, to the last letter: from what you knew then, the rules of then give "
            "the advice that was kept.",
            icon=":material/check:",
        )
    else:
        st.warning("It does not come out as it was kept.", icon=":material/difference:")
        for line in found.differs:
            st.markdown(f"- {plain(line)}")
    if found.newer:
        st.caption(plain(found.newer))
