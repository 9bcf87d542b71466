"""Everything in one file: taking it home, looking into it, and putting it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pandas as pd
import streamlit as st

from models.database import reading, writing
from services import backup
from services.backup import Summary
from services.refusals import Refused
from ui import frame, links
from ui.text import plain

LOOKED, DONE, FAILED, ROUND = "backup_looked", "backup_done", "backup_failed", "backup_round"
"""In the session: what the chosen file holds, and how putting it back ended."""

WORDS = {
    "organisation": "Organisations",
    "unit": "Parts of organisations",
    "person": "People",
    "person_skill": "Skills of people",
    "person_role": "Roles of people",
    "quarter": "Quarters",
    "circumstance": "Answers about yourselves",
    "need": "Expectations",
    "assessment": "Rounds of questions",
    "respondent": "People who answered",
    "answer": "Their answers",
    "objective": "Objectives",
    "target_group": "Groups to reach",
    "channel_use": "Shares of groups on channels",
    "channel_account": "Accounts",
    "recommendation": "Pieces of advice",
    "decision": "Decisions",
    "activity": "Promises in plans",
    "scenario": "What-ifs on the shelf",
    "result": "Numbers by month or week",
    "insight": "What was heard",
    "response_case": "Messages answered",
    "outcome": "What came of expectations",
    "experiment": "Tests",
    "lesson": "Lessons",
    "weighing": "Answers to how much rules count",
    "amendment": "Own changes to the rules",
    "milestone": "Closed quarters",
    "frozen_part": "What was frozen of them",
    "frozen_rules": "Rules that they rest on",
    "addendum": "Corrections of closed quarters",
    "quarter_step": "Steps into a new quarter",
    "meeting": "Review meetings",
    "meeting_decision": "What they decided",
    "meeting_note": "What was noted in them",
    "meeting_score": "How useful people found them",
}
"""What each table holds, in the order in which it is told."""


@dataclass(frozen=True, slots=True)
class Looked:
    """A file that was looked through: what it holds, or why it cannot be used."""

    file_id: str
    created: datetime | None = None
    older: bool = False
    holds: Summary | None = None
    refusal: str = ""


def outcome() -> None:
    """How putting back ended, said once."""
    if st.session_state.pop(DONE, False):
        st.success("Done. Everything is as it was when the backup was saved.")
        links.page_link("overview")
    if refusal := st.session_state.pop(FAILED, ""):
        st.error(plain(refusal))


def taking_home(here: Summary) -> None:
    """The file to download, after saying whom it is for."""
    if not any(here.counts.values()):
        st.info("Nothing is here yet. If you have a backup, put it back below.")
        return
    st.markdown(
        "One file holds all organisations with everything in them. Keep it on another device; "
        "then a broken computer costs you nothing."
    )
    st.warning(
        "**It is for the owner alone.** It contains the answers and notes of single people, word "
        "for word, and the words with which they come back. What the pages never show of a small "
        "group can be read in this file.",
        icon=":material/lock_person:",
    )
    mine = st.checkbox(
        "I look after this tool, and only I can open the place where I keep the file", key="mine"
    )
    st.download_button(
        "Save everything",
        data=_file,
        file_name=f"crossroads-{frame.today():%Y-%m-%d}.zip",
        mime="application/zip",
        key="save_everything",
        type="primary",
        icon=":material/download:",
        on_click="ignore",
        disabled=not mine,
    )


def putting_back(here: Summary) -> None:
    """A file is chosen, looked through, compared with what is here, and put back when asked to."""
    st.markdown(
        "The file is looked through and tried out first. Nothing here changes before you say so."
    )
    number = st.session_state.get(ROUND, 0)
    uploaded = st.file_uploader("Choose a backup", type="zip", key=f"backup_{number}")
    if uploaded is None:
        st.session_state.pop(LOOKED, None)
        return
    looked = _look(uploaded.file_id, uploaded.getvalue())
    if looked.holds is None:
        st.error(plain(looked.refusal))
        st.markdown("Choose another copy of the file above.")
        return
    _tell(looked, looked.holds, here)
    if looked.holds.digest == here.digest:
        st.info("This is exactly what is here already. There is nothing to put back.")
        return
    _ask(looked.holds, here, f"backup_{number}")


def compared(file: Mapping[str, int], here: Mapping[str, int]) -> pd.DataFrame:
    """What the file holds beside what is here, in words; what neither has is left out."""
    rows = [
        (title, file.get(table, 0), here.get(table, 0))
        for table, title in WORDS.items()
        if file.get(table) or here.get(table)
    ]
    return pd.DataFrame(rows, columns=["What", "In the file", "Here now"])


def _file() -> bytes:
    with reading() as session:
        return backup.save(session)


def _look(file_id: str, data: bytes) -> Looked:
    """The file looked through, once for each upload."""
    kept = st.session_state.get(LOOKED)
    if kept is not None and kept.file_id == file_id:
        return kept  # type: ignore[no-any-return]
    with st.spinner("Looking through the file and trying it out …"):
        try:
            found = backup.read(data)
            looked = Looked(file_id, found.created, found.older, found.summary)
        except Refused as refusal:
            looked = Looked(file_id, refusal=str(refusal))
    st.session_state[LOOKED] = looked
    return looked


def _tell(looked: Looked, holds: Summary, here: Summary) -> None:
    if looked.created:
        st.markdown(f"The file is whole. It was saved on **{_moment(looked.created)}**.")
    if looked.older:
        st.markdown("An earlier version saved it; it is brought up to date on the way in.")
    for where, summary in (("In the file", holds), ("Here now", here)):
        names = ", ".join(plain(name) for name in summary.organisations) or "no organisation"
        st.markdown(f"{where}: {names}")
    st.table(compared(holds.counts, here.counts), hide_index=True, border="horizontal")


def _moment(when: datetime) -> str:
    """Day and time as the clock on the user's wall shows it."""
    try:
        there = when.astimezone(ZoneInfo(st.context.timezone or "UTC"))
    except (ZoneInfoNotFoundError, ValueError):
        there = when
    return f"{there.day} {there:%B %Y, %H:%M}"


def _ask(holds: Summary, here: Summary, upload: str) -> None:
    if any(here.counts.values()):
        st.warning(
            "Everything that is here now goes, and what is in the file takes its place. If you may "
            "want it again, save it above first."
        )
        sure = st.checkbox("Yes, replace everything that is here", key=f"sure_{holds.digest}")
    else:
        sure = True
    st.button(
        "Put it back",
        key="put_back",
        type="primary",
        icon=":material/settings_backup_restore:",
        disabled=not sure,
        on_click=_put_back,
        args=(upload, here.digest),
    )


def _put_back(upload: str, seen: str) -> None:
    """Replace everything, if what is here is still what was shown beside the button."""
    uploaded = st.session_state.get(upload)
    if uploaded is None:
        return
    number = st.session_state.get(ROUND, 0)
    try:
        found = backup.read(uploaded.getvalue())
        with writing() as session:
            backup.replace(session, found, seen=seen)
    except Refused as refusal:
        st.session_state[FAILED] = str(refusal)
        return
    frame.replaced()
    st.session_state[DONE], st.session_state[ROUND] = True, number + 1
