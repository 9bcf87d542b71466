"""Activities of the plan that nobody has taken on yet: whom to ask, and what to say to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from rules.advice import Target
from services.advice import AdviceView
from services.plan_made import Item
from services.recommendations import Standing
from ui import decisions, owning
from ui.text import plain

_FIRST, _ASKED = 5, 3


def ask_next(view: AdviceView, some: Sequence[Item]) -> None:
    """Whom to ask first about what, at a glance: at most three people."""
    first: dict[str, Item] = {}
    for one in some:
        if one.owner:
            first.setdefault(one.owner, one)
    asked = [
        f"{plain(view.names[who])} about “{plain(view.title('activity', one.name))}”"
        for who, one in list(first.items())[:_ASKED]
    ]
    if asked:
        told = " and ".join([", ".join(asked[:-1]), asked[-1]] if asked[1:] else asked)
        st.markdown(f"#### Ask next: {told}.")


def cards(view: AdviceView, some: Sequence[Item], said: Mapping[Target, Standing]) -> None:
    """The first ones at once, the others behind a fold."""
    if some:
        st.subheader("In the plan, and not decided yet", anchor=False)
    for one in some[:_FIRST]:
        _card(view, one, said)
    then = some[_FIRST:]
    title, key = f"{len(then)} more in the plan", "more_in_plan_ownership"
    fold = st.expander(title, key=key, on_change="rerun") if then else None
    if fold is not None and fold.open:
        with fold:
            for one in then:
                _card(view, one, said)


def _card(view: AdviceView, one: Item, said: Mapping[Target, Standing]) -> None:
    target = ("activity", one.name, "")
    with st.container(border=True):
        st.markdown(f"##### {plain(view.title('activity', one.name))}")
        owning.advised(view, one.name, one.owner)
        decisions.answers(view, target, said.get(target), one.owner)
