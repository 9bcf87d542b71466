"""What a what-if comes to: one sentence, the five answers to a board, and the page to print."""

from __future__ import annotations

import streamlit as st

from documents import what_if as page
from models.database import reading
from models.organisation import Organisation
from services import board_words, scenarios, tried
from services.board import Board
from services.differences import Shift
from services.tried import Tried
from ui import frame
from ui.drafts import Draft
from ui.text import plain

NOTHING_YET = (
    "Nothing is changed yet. Put another objective in the place of one that you have, or turn "
    "something: hours, accounts, how you work. **Nothing is kept** until you say so."
)


def summary(trial: Tried) -> None:
    """One sentence: what it comes to, or why nothing would be different."""
    if trial.difference.nothing:
        st.info(plain(trial.difference.nothing), icon=":material/balance:")
    else:
        st.markdown(f"#### {plain(trial.difference.summary)}")


def board(trial: Tried, draft: Draft) -> None:
    """The five questions, each beside its answer."""
    found = trial.board(draft.begins, frame.today())
    st.caption(f"{board_words.begins(found, draft.begins)}, if nothing else changes until then.")
    with st.container(border=True, key="board"):
        for number, one in enumerate(board_words.answers(trial.after, found), 1):
            asked, told = st.columns([1, 2.4], gap="small")
            asked.markdown(f"**{number}. {plain(one.question)}**")
            lines = "\n".join(f"- {plain(line)}" for line in one.lines)
            told.markdown(lines or plain(one.nothing))
    st.download_button(
        "Print it on one page",
        lambda: page.pdf(_page(trial, draft, found)),
        f"what-if-{frame.today():%Y-%m-%d}.pdf",
        "application/pdf",
        key="what_if_pdf",
        icon=":material/print:",
        on_click="ignore",
    )


def _page(trial: Tried, draft: Draft, found: Board) -> page.WhatIf:
    """Everything on paper; the names are read when somebody takes it."""
    with reading() as session:
        organisation = session.get_one(Organisation, trial.before.organisation_id).name
        beside = scenarios.baselines(session, trial.before.organisation_id, on=frame.today())
        kept = (
            scenarios.find(session, trial.before.organisation_id, draft.kept_id)
            if draft.kept_id
            else None
        )
    starts, _, hours, _, wrong = board_words.answers(trial.after, found)
    told = tuple(one.words for one in tried.changes(trial.before, trial.moves))
    return page.WhatIf(
        organisation=organisation,
        name=kept.said.name if kept else "; ".join(told)[:100],
        author=kept.said.author if kept else "",
        on=frame.today(),
        begins=board_words.begins(found, draft.begins),
        against=beside.get(trial.before.quarter_id, "an earlier quarter"),
        summary=trial.difference.summary,
        moves=told,
        starts=starts.lines,
        stops=[
            *(page.Stop(board_words.thing(one)) for one in found.stops),
            *(page.Stop(board_words.stays(one)) for one in found.stays),
        ],
        owed=[board_words.owed(one) for one in found.owed],
        hours=hours.lines,
        dates=[
            page.Dates(one.title, board_words.signal(one), board_words.outcome(one))
            for one in found.horizons
        ],
        wrong=wrong.lines,
        changes=[_change(one) for one in trial.difference.shifts if one.target[0] in _PRINTED],
        before=_hours(tried.taken(trial.before)),
        after=_hours(tried.taken(trial.after)),
    )


_PRINTED = ("channel", "activity")


def _change(one: Shift) -> page.Change:
    state = "enters" if one.enters else "leaves" if one.leaves else ""
    if not state:
        by = one.after - one.before
        state = "rises" if by > 0 else "falls" if by < 0 else "same"
    return page.Change(one.title, one.before / 100, one.after / 100, state, one.rule_title)


def _hours(one: tried.Taken) -> page.Hours:
    return page.Hours(one.promised, one.activities, one.channels, one.limit)
