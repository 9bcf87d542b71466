"""What the numbers of each objective should become, and what they say today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict

import streamlit as st

from models.database import writing
from services import kpis, number_words, targets
from services.series import Series
from services.targets import Aim, Aimed, Role, Target
from ui import editing, rescue
from ui.text import plain

COLOURS = {"owned": "green", "sampled": "blue", "estimated": "orange", "invisible": "gray"}
_ASKED: dict[Role, str] = {
    "lead": "Which number shows it?",
    "guard": "Which must not get worse?",
    "learning": "Which shows whether you learn?",
}
_FIELDS: dict[Role, tuple[str, str, str]] = {
    "lead": ("lead_kpi", "target_low", "target_high"),
    "guard": ("guard_kpi", "guard_low", "guard_high"),
    "learning": ("learning_kpi", "learning_low", "learning_high"),
}


def section(aimed: Sequence[Aimed], found: Mapping[str, Series]) -> None:
    """Every objective with its numbers; `found` are the series of those that have values."""
    rescue.shown("aim", "wish", lambda typed, _: _words(typed))
    for one in aimed:
        with st.container(border=True, key=f"aimed_{one.stated.id}"):
            st.markdown(f"##### {plain(targets.title(one.stated.name))}")
            if one.stated.wish.numbers_unknown and not _any(one, found):
                st.markdown(
                    "You said that you do not know the numbers. **That is a full answer.** A tally "
                    "sheet for four weeks gives you the first ones; it waits below."
                )
            for target in one.targets:
                _number(target, found.get(target.kpi.id))
            _form(one)


def badge(visibility: str) -> None:
    """How honest a number is; what that means when one points at it."""
    words, means = number_words.HONEST[visibility]
    st.badge(
        words,
        icon=":material/visibility:",
        color=COLOURS[visibility],  # type: ignore[arg-type]
        help=means,
    )


def _any(one: Aimed, found: Mapping[str, Series]) -> bool:
    return any(target.kpi.id in found for target in one.targets)


def _number(target: Target, known: Series | None) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{plain(target.kpi.title)}**", width="content")
        badge(known.newest.said.visibility if known else target.kpi.visibility)
    aim = number_words.aimed(target)
    good = f"good: {plain(aim)}" if aim else "no target yet"
    st.caption(f"{number_words.ROLES[target.role]} · {good}")
    if known is None:
        st.markdown("No value yet. That means unknown, not 0.")
        return
    reached = number_words.reached(target, known.newest.said)
    so = f", {reached}" if reached else ""
    st.markdown(f"{plain(number_words.newest(known))}{so}. {plain(number_words.says(known))}")


def _form(one: Aimed) -> None:
    form = f"aim_{one.stated.id}"
    aim = targets.aim_of(one.stated.wish)
    kept = {name: value if value != "" else None for name, value in asdict(aim).items()}
    with st.expander(
        "What should they become?", expanded=editing.touched(form), key=f"open_{form}"
    ):
        seen = editing.fill(form, kept, one.stated.version)
        editing.conflict(form, _words)
        st.markdown(
            "A range, not a point: between which two values is it good? One end is enough, and "
            "none is an answer too."
        )
        for role in targets.ROLES:
            _fields(form, one, role)
        if st.button("Keep these targets", key=f"{form}_save", type="primary"):
            typed = {name: editing.value(form, name) for name in kept}
            chosen = {
                name: value or "" if "kpi" in name else value for name, value in typed.items()
            }
            with editing.saving(form, seen), writing() as session:
                targets.aim(session, one.stated.id, Aim(**chosen), version=seen)  # type: ignore[arg-type]


def _fields(form: str, one: Aimed, role: Role) -> None:
    number, low, high = _FIELDS[role]
    number_at, low_at, high_at = st.columns([2, 1, 1], gap="small", vertical_alignment="bottom")
    usual = targets.usual(one.stated.name, role)
    known = kpis.every()
    number_at.selectbox(
        _ASKED[role],
        targets.choices(one.stated.name, role),
        index=None,
        format_func=lambda name: known[name].title,
        placeholder=f"As usual: {known[usual].title}" if usual in known else "None yet",
        key=f"{form}_{number}",
    )
    chosen = editing.value(form, number) or usual
    unit = f" ({known[str(chosen)].unit})" if chosen in known else ""
    low_at.number_input(
        "Good from", value=None, format="%g", key=f"{form}_{low}", help=f"In its unit{unit}"
    )
    high_at.number_input("Good up to", value=None, format="%g", key=f"{form}_{high}")


def _words(theirs: editing.Values) -> list[str]:
    """Targets as somebody else has just kept them, line by line."""
    known = kpis.every()
    lines = []
    for role, (number, low, high) in _FIELDS.items():
        name = str(theirs.get(number) or "")
        title = known[name].title if name in known else "as usual"
        ends = [f"{word} {theirs[end]:g}" for word, end in (("from", low), ("up to", high))
                if theirs.get(end) is not None]  # fmt: skip
        lines.append(f"{_ASKED[role]} {title} {' '.join(ends)}".strip())
    return lines
