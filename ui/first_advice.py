"""What we want, said for the first time, and the first advice that follows from it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from models.database import reading, writing
from rules.advice import Scored
from services import advice, costs, objectives, plan_words, planning, rulebook
from services.advice import AdviceView, for_and_against
from services.objectives import MOST
from services.planning import Fit
from services.refusals import Refused
from ui import beginning, links
from ui.frame import Place
from ui.text import plain

PICKED, REFUSED = "begin_wants", "begin_wants_refused"
FIRST = ("First", "Then", "And")


def what_we_want(place: Place) -> None:
    """Up to three objectives, each kept as it is chosen; the first one chosen comes first."""
    titles = rulebook.titles("objectives")
    with reading() as session:
        wanted = [kept.name for kept in objectives.listed(session, place.quarter_id)]
        view = advice.current(session, place.organisation_id, place.quarter_id)
    _suggested(view)
    st.session_state[PICKED] = wanted
    st.pills(
        "What do you want to reach? Up to three, the most important one first",
        list(titles),
        selection_mode="multi",
        format_func=titles.__getitem__,
        key=PICKED,
        on_change=_keep,
        args=(place, tuple(wanted)),
    )
    if refusal := st.session_state.pop(REFUSED, ""):
        st.warning(plain(refusal))
    for word, name in zip(FIRST, wanted, strict=False):
        st.markdown(f"- {word}: **{plain(titles.get(name, name))}**")
    st.caption(
        "No numbers are needed now. Why you want it and whom you want to reach can be said on the "
        "page “What we want”; the advice gets sharper with it."
    )
    if wanted:
        beginning.go_on(place, 4, "Show the first advice")


def _suggested(view: AdviceView) -> None:
    for scored in objectives.suggested(view)[:1]:
        reasons, _ = for_and_against(view, scored)
        title = view.title("objective", scored.target[1])
        because = plain(reasons[0].sentence) if reasons else ""
        st.info(f"From what you said, we would begin with “{plain(title)}”. {because}")


def _keep(place: Place, before: tuple[str, ...]) -> None:
    """Keep what was chosen and drop what was taken away, as it happens."""
    picked = st.session_state.get(PICKED) or []
    try:
        with writing() as session:
            for kept in objectives.listed(session, place.quarter_id):
                if kept.name in before and kept.name not in picked:
                    objectives.drop(session, kept.id)
            for name in picked:
                if name not in before:
                    objectives.state(session, place.organisation_id, place.quarter_id, name)
    except Refused as refusal:
        st.session_state[REFUSED] = str(refusal)


def first_advice(place: Place) -> None:
    """The best channels with a reason each: those that fit now, and those that come later."""
    with reading() as session:
        view = advice.current(session, place.organisation_id, place.quarter_id)
    if not view.recommended("channel"):
        st.info("There is no advice yet. Say what you want; everything else follows from it.")
        beginning.go_on(place, 3, "Say what we want")
        return
    fit = planning.channels(view)
    st.subheader("Where to be", anchor=False)
    _channels(view, fit)
    if fit.chosen:
        st.markdown(_hours(fit))
    _activities(view)
    st.markdown("These are proposals. Nothing is decided until you accept, change or decline them.")
    with st.container(horizontal=True):
        links.page_link("channels", "Decide where to be")
        links.page_link("activities", "Decide what to do")
        links.page_link("overview")


def _channels(view: AdviceView, fit: Fit) -> None:
    """What the plan holds comes first; then the best of what it leaves out, and why."""
    left = {one.name: one for one in planning.plan(view).left_out if one.kind == "channel"}
    ranked = view.recommended("channel")
    now = [one for one in ranked if one.target[1] in fit.chosen]
    later = [one for one in ranked if one.target[1] in left][: max(0, MOST - len(now))]
    if now:
        st.markdown(_begin_with(view, now, later, known=fit.have is not None))
    elif later:
        st.markdown("None of these fits yet. Each of them says what is missing.")
    else:
        st.markdown("You have set aside every channel that is advised.")
    for scored in (*now, *later):
        name = scored.target[1]
        reasons, _ = for_and_against(view, scored)
        with st.container(border=True):
            when = "begin here" if name in fit.chosen else "later"
            st.markdown(f"**{plain(view.title('channel', name))}** · {when}")
            st.markdown(plain(reasons[0].sentence) if reasons else "")
            if name in left:
                st.caption(f"Not in the plan yet: {plain(plan_words.why(view, left[name]))}")


def _begin_with(
    view: AdviceView, now: Sequence[Scored], later: Sequence[Scored], *, known: bool
) -> str:
    """Which of them to begin with, by name, and that the others come after; `known`: how many hours
    there are, so that one can say that it fits."""
    titles = [f"“{plain(view.title('channel', one.target[1]))}”" for one in now]
    named = " and ".join([", ".join(titles[:-1]), titles[-1]] if titles[1:] else titles)
    fits = f": {'they fit' if titles[1:] else 'it fits'} now" if known else ""
    others = "The others come" if later[1:] else "The other one comes"
    return f"**Begin with {named}**{fits}." + (f" {others} later." if later else "")


def _activities(view: AdviceView) -> None:
    fit = planning.activities(view)
    if fit.chosen:
        st.subheader("What to do", anchor=False)
        for name in fit.chosen[:MOST]:
            work = costs.cost(view, "activity", view.pack.catalogues["activities"][name])
            title = plain(view.title("activity", name))
            st.markdown(f"- **{title}**, {work.hours:g} h a week and {work.setup:g} h once")


def _hours(fit: Fit) -> str:
    """What the channels to begin with need, beside what there is."""
    if fit.have is None:
        return f"They need {fit.takes:g} hours a week. Say who has hours, then we see if it fits."
    return (
        f"Those to begin with need {fit.takes:g} hours a week. You can plan {fit.have:g}; a little "
        "is kept free for what nobody expects."
    )
