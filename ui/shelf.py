"""The shelf of what-ifs: look at them, up to three beside each other, adopt one or leave it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from models.database import reading, writing
from models.organisation import Quarter
from services import adopting, lever_words, moves, quarters, scenarios
from services.adopting import Adopted
from services.advice import AdviceView
from services.older import Stale
from services.refusals import Changed, Refused
from services.scenarios import Shown
from services.shelved import Kept
from ui import drafts, editing, frame, links, promising
from ui.drafts import Draft
from ui.frame import Place
from ui.text import plain

BESIDE, ADOPTED, ANSWER = "what_if_compare", "what_if_adopted", "what_if_answer"
"""In the session: which are compared, what was adopted last, and the one form that is open."""


def stale(place: Place, kept: Kept, older: Stale | None) -> None:
    """That it was made on older facts, what it said then, and the offer to recalculate."""
    if older is None:
        return
    with st.container(border=True):
        st.warning(plain(older.sentence), icon=":material/update:")
        st.markdown(f"It said then: {plain(kept.summary)}")
        if st.button("Recalculate it", key=f"again_{kept.id}", type="primary"):
            _recalculate(place, kept)


def _recalculate(place: Place, kept: Kept) -> None:
    """On what is known now; on the running quarter if its own is over."""
    with reading() as session:
        view = scenarios.ground(session, kept, on=frame.today())
    try:
        with writing() as session:
            fresh = scenarios.recalculate(session, kept, view)
    except (Refused, Changed) as problem:
        st.warning(plain(str(problem)))
        return
    drafts.take(place, fresh)
    st.toast("It says now what is known now.", icon=":material/update:")
    st.rerun()


def section(place: Place, draft: Draft) -> None:
    """Everything that is kept, then what was adopted or left."""
    _adopted()
    with reading() as session:
        there = scenarios.listed(session, place.organisation_id)
        settled = scenarios.listed(session, place.organisation_id, settled=True)
        older = {one.id: scenarios.stale(session, one) for one in there}
    if not there and not settled:
        return
    st.subheader("On the shelf", anchor=False)
    if not there:
        st.markdown("Nothing lies here now. What was adopted or left stays below.")
    _compare(place, there)
    for one in there:
        _card(place, draft, one, older[one.id])
    _settled(settled)


def _card(place: Place, draft: Draft, kept: Kept, older: Stale | None) -> None:
    said = kept.said
    with st.container(border=True, key=f"shelved_{kept.id}"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"##### {plain(said.name)}", width="content")
            if kept.id == draft.kept_id:
                st.badge("Open now", color="blue")
            if older:
                st.badge("Made on older facts", icon=":material/update:", color="orange")
        by = f"{plain(said.author)} · " if said.author else ""
        day = kept.made_at
        st.caption(f"{by}{day.day} {day:%B %Y} · {'; '.join(plain(one) for one in kept.lines)}")
        st.markdown(plain(kept.summary))
        if st.session_state.get(ANSWER, (0,))[0] == kept.id:
            _answer(place, kept, st.session_state[ANSWER][1])
            return
        with st.container(horizontal=True):
            st.button("Look at it", key=f"look_{kept.id}", on_click=_look, args=(place, kept))
            st.button(
                "Adopt it", key=f"adopt_{kept.id}", on_click=_open, args=(kept.id, "adopt"),
                icon=":material/task_alt:",
            )  # fmt: skip
            st.button(
                "Leave it", key=f"leave_{kept.id}", on_click=_open, args=(kept.id, "leave"),
                type="tertiary",
            )  # fmt: skip


def _look(place: Place, kept: Kept) -> None:
    drafts.take(place, kept)
    st.query_params[drafts.SCENARIO] = str(kept.id)


def _open(scenario_id: int, answer: str) -> None:
    st.session_state[ANSWER] = (scenario_id, answer)


def _close() -> None:
    st.session_state.pop(ANSWER, None)


def _answer(place: Place, kept: Kept, answer: str) -> None:
    """Adopt it or leave it, with a word why; what is older is recalculated before it is adopted."""
    if answer == "adopt" and _first(place, kept):
        return
    form = f"settle_{answer}_{kept.id}"
    editing.fill(form, {"why": ""}, kept.version)
    editing.conflict(form, lambda theirs: [str(theirs["name"]), str(theirs["note"])])
    with reading() as session:
        shown = scenarios.show(session, kept)
    if answer == "adopt":
        _what_is_adopted(kept, shown.before)
    st.text_area("In a word: why?", key=f"{form}_why", height=80)
    promising.ask_who(shown.before)
    with st.container(horizontal=True):
        label = "Adopt it now" if answer == "adopt" else "Leave it, and keep the reason"
        pressed = st.button(label, key=f"{form}_do", type="primary")
        st.button("Not now", key=f"{form}_not", on_click=_close)
    if pressed:
        _settle(place, kept, form, answer)


def _first(place: Place, kept: Kept) -> bool:
    """Whether it has to be recalculated before anybody can adopt it, with the offer to do so."""
    with reading() as session:
        why = adopting.first(session, kept, frame.today())
    if not why:
        return False
    st.warning(plain(why), icon=":material/update:")
    with st.container(horizontal=True):
        again = st.button("Recalculate it, then adopt", key=f"first_{kept.id}", type="primary")
        st.button("Not now", key=f"first_not_{kept.id}", on_click=_close)
    if again:
        _recalculate(place, kept)
    return True


def _what_is_adopted(kept: Kept, view: AdviceView) -> None:
    """What becomes true, from when on, and what cannot be decided by anybody."""
    some = kept.said.moves
    when = "from next quarter" if kept.said.begins == "next_quarter" else "from today"
    st.markdown(f"It becomes your plan {when}, with this reason as the decision:")
    stays = adopting.left(view, some)
    named = {one.line for one in stays}
    for line in lever_words.in_words(view, some):
        if line not in named:
            st.markdown(f"- {plain(line)}")
    if kept.said.begins == "next_quarter":
        for line in adopting.at_once(view, some):
            st.caption(f"Counts from today all the same: {plain(line)}")
    for one in stays:
        st.markdown(f":material/visibility: Not adopted: {plain(one.line)}; {plain(one.why)}.")


def _settle(place: Place, kept: Kept, form: str, answer: str) -> None:
    why = str(editing.typed(form)["why"] or "")
    read = replace(kept, version=editing.version(form))
    done: list[Adopted] = []

    def then() -> None:
        _close()
        drafts.afresh(place)
        if done:
            st.session_state[ADOPTED] = (done[0].quarter_id, done[0].done, done[0].left)

    with editing.saving(form, then=then), writing() as session:
        if answer == "adopt":
            who = promising.who()
            done.append(adopting.adopt(session, read, why, who=who, on=frame.today()))
        else:
            scenarios.discard(session, read, why, who=promising.who())


def _adopted() -> None:
    """What was adopted just now, what was not, and where to go on."""
    found = st.session_state.get(ADOPTED)
    if found is None:
        return
    quarter_id, done, left = found
    with reading() as session:
        quarter = session.get(Quarter, quarter_id)
    later = quarter is not None and quarter.starts_on > frame.today()
    words = "It is your plan now."
    if quarter is not None and later:
        words = f"It is your plan from {quarters.label(quarter)} on; choose that quarter above."
    with st.container(border=True, key="adopted"):
        st.success(words, icon=":material/task_alt:")
        for line in done:
            st.markdown(f"- {plain(line)}")
        for one in left:
            st.markdown(f":material/visibility: Not adopted: {plain(one.line)}; {plain(one.why)}.")
        with st.container(horizontal=True, vertical_alignment="center"):
            links.page_link("objectives")
            links.page_link("plan")
            st.button("I have seen it", key="adopted_seen", on_click=_seen, type="tertiary")


def _seen() -> None:
    st.session_state.pop(ADOPTED, None)


def _compare(place: Place, there: Sequence[Kept]) -> None:
    """Up to three beside each other, each put to what is known now."""
    if len(there) < 2:
        return
    names = {one.id: one.said.name for one in there}
    held = [one for one in st.session_state.get(BESIDE, []) if one in names]
    st.session_state[BESIDE] = held
    chosen = st.multiselect(
        "Compare up to three",
        list(names),
        format_func=names.__getitem__,
        max_selections=scenarios.MOST,
        placeholder="Choose two or three",
        key=BESIDE,
    )
    if len(chosen) < 2:
        return
    with reading() as session:
        shown = scenarios.compare(session, place.organisation_id, chosen)
    for column, one in zip(st.columns(len(shown)), shown, strict=True):
        with column, st.container(border=True):
            _beside(one)


def _beside(one: Shown) -> None:
    found, after = one.difference, one.after
    st.markdown(f"##### {plain(one.kept.said.name)}")
    wanted = [plain(after.title("objective", name)) for name in moves.wanted(after)]
    have = "not said" if found.hours.have[1] is None else f"{found.hours.have[1]:g} h"
    new, gone = len(found.appear), len(found.vanish)
    told = (
        ("You want", wanted),
        ("Starts", [plain(after.title(*name)) for name in found.starts]),
        ("Stops", [plain(after.title(*name)) for name in found.stops]),
        ("Hours a week", [f"{found.hours.takes[1]:g} h of {have}"]),
        ("Conflicts", [f"{new} more, {gone} less"]),
    )
    for what, lines in told:
        st.markdown(f"**{what}**\n\n" + ("\n".join(f"- {x}" for x in lines) or "- nothing"))


def _settled(settled: Sequence[Kept]) -> None:
    if not settled:
        return
    fold = st.expander(f"Adopted or left: {len(settled)}", icon=":material/inventory_2:",
                       key="what_if_settled", on_change="rerun")  # fmt: skip
    if not fold.open:
        return
    with fold:
        for one in settled:
            word = "Adopted" if one.state == "adopted" else "Left"
            who = f", {plain(one.who)}" if one.who else ""
            st.markdown(f"**{plain(one.said.name)}** · {word}: “{plain(one.why)}”{who}")
