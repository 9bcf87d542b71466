"""Everything that a what-if can turn, one sort at a time, each lever as a small control."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from rules.levers import Move
from services import moves, planning, what_if
from services.advice import AdviceView
from services.lever_words import LeverGroup, Row
from services.plan_absence import Absence
from services.tried import Tried
from ui import drafts, promising
from ui.frame import Place
from ui.text import plain

FEW = 8
"""So many levers are shown together; of more one is chosen."""

_IN_A_LIST = 5
"""So many values stand in a list; more on a slider."""

_PLACES = ("First", "Second", "Third")
_HINTS = {
    "audience_use": "Shares are seen, not decided. Turn them to see how much hangs on a guess.",
    "factor": "As it would be if it were lived. Adopting does not change how you work.",
    "answer": "As it would be if it were lived. Adopting does not change how you work.",
    "parameter": "A value counts for all of the advice.",
    "rule": "A rule that is off says nothing at all.",
}
_PICK = {
    "audience_use": "Which people, and where?",
    "person": "Who?",
    "account": "Which account?",
    "answer": "Which answer?",
    "parameter": "Which value?",
    "rule": "Which rule?",
}


def section(place: Place, trial: Tried) -> None:
    """Choose a sort of levers, then turn one."""
    groups = {one.id: one for one in what_if.levers(trial.before, trial.coming, trial.moves)}
    with st.container(border=True):
        picked = st.selectbox(
            "Turn something",
            list(groups),
            format_func=lambda name: groups[name].title,
            key="what_if_group",
        )
        if picked == "objective":
            _wishes(place, trial, groups[picked])
        elif picked:
            _levers(place, trial, groups[picked])
        if picked == "person":
            _away(trial)


def _wishes(place: Place, trial: Tried, group: LeverGroup) -> None:
    """The three places, each with what stands on it."""
    titles = {str(row.lever.key[0]): row.title for row in group.rows}
    held = moves.wanted(trial.before, trial.moves)
    for at, label in enumerate(_PLACES[: len(held) + 1]):
        key = f"what_if_wish_{at}"
        st.session_state[key] = held[at] if at < len(held) else None
        st.selectbox(
            label,
            list(titles),
            format_func=titles.__getitem__,
            placeholder="Nothing",
            key=key,
            on_change=_wish,
            args=(place, trial, at),
        )


def _wish(place: Place, trial: Tried, at: int) -> None:
    """Something else on a place; what stands there already changes places with it."""
    names, new = moves.wanted(trial.before, trial.moves), st.session_state[f"what_if_wish_{at}"]
    if new is None:
        names = [*names[:at], *names[at + 1 :]]
    elif at == len(names):
        names = [*(name for name in names if name != new), new]
    else:
        old = names[at]
        names = [old if name == new else name for name in names]
        names[at] = new
    drafts.want(place, trial, names)


def _levers(place: Place, trial: Tried, group: LeverGroup) -> None:
    if hint := _HINTS.get(group.id):
        st.caption(hint)
    rows = list(group.rows)
    if len(rows) > FEW:
        names = {f"{row.lever}": row for row in rows}
        picked = st.selectbox(
            _PICK.get(group.id, "Which one?"),
            list(names),
            index=None,
            format_func=lambda name: _called(names[name]),
            placeholder="Choose one",
            key=f"what_if_pick_{group.id}",
        )
        turned = {str(move.lever) for move in trial.moves}
        rows = [row for name, row in names.items() if name == picked or name in turned]
    for row in rows:
        _lever(place, trial, row)


def _called(row: Row) -> str:
    return f"{row.about} · {row.title}" if row.about else row.title


def _lever(place: Place, trial: Tried, row: Row) -> None:
    """One lever, standing where the what-if has it; how things are is said beside its name."""
    key = f"what_if_lever_{row.lever}"
    at = next((one.value for one in trial.moves if one.lever == row.lever), row.now.value)
    places = [step.value for step in row.steps]
    st.session_state[key] = places.index(at) if at in places else places.index(row.now.value)
    moved = at != row.now.value
    label = f"{plain(_called(row))}" + (f" · now {plain(row.now.words)}" if moved else "")
    words = [step.words for step in row.steps]
    control: Any = st.select_slider if len(places) > _IN_A_LIST else st.selectbox
    control(
        label,
        range(len(places)),
        format_func=words.__getitem__,
        key=key,
        on_change=_turn,
        args=(place, trial, row, key),
    )
    if row.note and moved:
        st.warning(f"{plain(row.note)} Speak first with those whom it protects.")


def _turn(place: Place, trial: Tried, row: Row, key: str) -> None:
    drafts.put(place, trial, Move(row.lever, row.steps[st.session_state[key]].value))


def _away(trial: Tried) -> None:
    """What breaks without one person; shown only to who asks for it."""
    people = list(promising.people(trial.after))
    fold = st.expander("Somebody is away", icon=":material/event_busy:", key="what_if_away",
                       on_change="rerun")  # fmt: skip
    if not fold.open or not people:
        return
    with fold:
        st.caption("Nobody else sees whom you choose, and nothing of it is kept.")
        person = st.selectbox(
            "Who is away?",
            people,
            index=None,
            format_func=lambda one: trial.after.names.get(one, "Somebody"),
            placeholder="Choose a person",
            key="what_if_without",
        )
        if person:
            told(trial.after, planning.without(trial.after, person))


def told(view: AdviceView, found: Absence) -> None:
    """What breaks without somebody, and who could take over."""
    said = []
    for one in found.orphans:
        who = _names(view, one.people) or "nobody has the hours; share it out or leave it out"
        said.append(f"**{_title(view, 'activity', one.activity)}** has nobody. It could be: {who}")
    for activity, person in found.moved:
        title, name = _title(view, "activity", activity), plain(view.names.get(person, ""))
        said.append(f"**{title}** would go to {name}")
    for kind, name in found.lost:
        said.append(f"**{_title(view, kind, name)}** would not fit any more")
    for names, catalogue, what in (
        (found.skills, "skills", "skill"),
        (found.roles, "roles", "role"),
    ):
        for name in names:
            entry = view.pack.catalogues[catalogue].get(name)
            title = plain(entry.title if entry else name)
            said.append(f"Nobody else has the {what} “{title}”. Let somebody learn it in time.")
    if not said:
        st.success("Nothing breaks: others can carry what this person does.")
    for line in said:
        st.markdown(f"- {line}")


def _title(view: AdviceView, kind: str, name: str) -> str:
    return plain(view.title(kind, name))


def _names(view: AdviceView, people: Sequence[str]) -> str:
    return ", ".join(plain(view.names.get(one, "")) for one in people[:3])
