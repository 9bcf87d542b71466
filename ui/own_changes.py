"""What an organisation changed about the rules, and what it took back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from models.database import reading
from services import effects, rulebook, rulebook_words
from services.advice import AdviceView
from services.amendments import Kept
from ui import amending


def listed(view: AdviceView, own: Mapping[str, Kept], past: Sequence[Kept], *, over: bool) -> None:
    """The changes that count in this quarter, and below them all that were taken back."""
    if not own:
        st.info(
            "Nothing is changed: the rules speak as they were delivered. Open a rule or a value to "
            "change it; you see first what it would do."
        )
    for kept in own.values():
        with st.container(border=True):
            amending.standing(kept, named(kept))
            if not over:
                amending.taking_back(view, kept, "Take back")
                _effect(view, kept)
    gone = [kept for kept in past if kept.withdrawn_at is not None]
    if gone:
        with st.expander(f"Taken back: {len(gone)}", icon=":material/history:"):
            for kept in gone:
                amending.standing(kept, named(kept))


def named(kept: Kept) -> str:
    """A change as a headline: what was changed, and to what."""
    change, pack = kept.change, rulebook.pack()
    if change.parameter:
        parameter = pack.parameters.get(change.parameter)
        if parameter is None:
            return "A value that the rules do not have any more."
        now = rulebook_words.printed(parameter, change.value)
        return f"{parameter.title}: {now} instead of {rulebook_words.printed(parameter)}."
    rule = next((rule for rule in pack.rules if rule.id == change.rule), None)
    if rule is None:
        return "A rule that is not there any more."
    if change.off:
        return f"{rule.title}: switched off."
    return f"{rule.title}: counts {change.confidence or 0:.0%}."


def _effect(view: AdviceView, kept: Kept) -> None:
    fold = st.expander(
        "What taking it back would do", key=f"back_effect_{kept.id}", on_change="rerun"
    )
    if fold.open:
        with fold, reading() as session:
            found = effects.of_taking_back(session, view.organisation_id, view.quarter_id, kept.id)
        with fold:
            amending.told(found)
