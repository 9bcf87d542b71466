"""Changing a rule or a value: its effect on the own advice first, then why, then it is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import streamlit as st

from models.database import reading, writing
from rules.pack import Amendment, ParameterValue
from services import amendments, effects, rulebook_words
from services.advice import AdviceView
from services.amendments import Ground, Kept
from services.effects import Effect
from services.refusals import Changed, Refused
from services.rulebook_words import Told
from ui import editing, frame, promising, rescue
from ui.text import plain

SHOWN = 6
_STAYS, _OFF, _LESS = "Leave it as it is", "Switch it off", "Let it count less"
_SAFE = (
    "This rule protects people: their safety, their privacy or their free choice. Without it, "
    "nobody is reminded. You decide; please speak first with those whom it protects."
)


@dataclass(frozen=True, slots=True)
class Draft:
    """What is about to be kept: the form it is typed in, the change, and what stood before."""

    form: str
    change: Amendment
    seen: int = 0


Ask = Callable[[Amendment], Amendment | None]
"""Draws the field for an amount; the change with it, or None as long as it is none."""


def of_rule(view: AdviceView, rule: Told, off: Kept | None, weight: Kept | None) -> None:
    """What can be changed about a rule."""
    st.markdown("#### Change it for us")
    form, less = _forms(view, rule.id)
    if off and not editing.touched(form):
        standing(off, f"Switched off since {_day(off)}.")
        taking_back(view, off, "Switch it on again")
        rescue.in_vain(less, "This rule was switched off meanwhile.", _counting)
        return
    if weight:
        standing(weight, f"Counts {weight.change.confidence:.0%} since {_day(weight)}.")
        taking_back(view, weight, "Let it count fully again")
    options = [_STAYS, _OFF, _LESS] if rule.weighs else [_STAYS, _OFF]
    wish = st.radio("What should change?", options, key=f"wish_{view.quarter_id}_{rule.id}")
    if wish == _STAYS:
        return
    if rule.protects:
        st.warning(_SAFE, icon=":material/shield:")
    if wish == _OFF:
        _form(view, Draft(form, Amendment(rule=rule.id, off=True)), off, lambda change: change)
    else:
        _form(view, Draft(less, Amendment(rule=rule.id, confidence=0.5)), weight, _less(less))


def begun(view: AdviceView, rule_id: str) -> bool:
    """Whether something is typed about a rule that is not kept yet."""
    return any(map(editing.touched, _forms(view, rule_id)))


def of_value(view: AdviceView, parameter: ParameterValue, kept: Kept | None) -> None:
    """What a value should be instead."""
    st.markdown("#### Change it for us")
    if kept:
        standing(kept, f"Changed since {_day(kept)}.")
        taking_back(view, kept, "Back to the starter value")
    form = f"value_{view.quarter_id}_{parameter.name}"

    change = Amendment(parameter=parameter.name, value=parameter.value)
    _form(view, Draft(form, change), kept, _another(form, parameter))


def _another(form: str, parameter: ParameterValue) -> Ask:
    """Asks for a value in the unit in which it is shown."""

    def ask(change: Amendment) -> Amendment | None:
        words = {"share": "%", "": "a number", "count": "a whole number", "points": "steps"}
        limits = rulebook_words.limits(parameter)
        unit = words.get(parameter.unit, parameter.unit)
        text = st.text_input(f"Our value, in {unit}. {limits}", key=f"{form}_amount")
        try:
            value = amendments.typed(parameter, text or "")
        except Refused as refusal:
            st.warning(plain(str(refusal)))
            return None
        if value == parameter.value:
            st.caption("This is the value of now. Type another one and see first what it does.")
            return None
        return replace(change, value=value)

    return ask


def _less(form: str) -> Ask:
    """Asks how much a rule counts, from nothing to fully."""

    def ask(change: Amendment) -> Amendment | None:
        percent = st.number_input(
            "How much it counts with us, in %: 0 is not at all, 100 fully, 200 twice",
            0,
            200,
            step=5,
            key=f"{form}_amount",
        )
        return replace(change, confidence=percent / 100)

    return ask


def standing(kept: Kept, what: str) -> None:
    """A change that counts, with its reason and source."""
    who = f", {kept.ground.who}" if kept.ground.who else ""
    made = f"{kept.made_at.day} {kept.made_at:%B %Y}"
    st.markdown(f":material/edit_note: **{plain(what)}** “{plain(kept.ground.reason)}”")
    st.caption(f"Source: {plain(kept.ground.source)} · kept on {made}{plain(who)}")


def taking_back(view: AdviceView, kept: Kept, label: str) -> None:
    """One click, and the rules as delivered count again."""
    if st.button(label, key=f"withdraw_{kept.id}", icon=":material/undo:"):
        try:
            with writing() as session:
                amendments.withdraw(session, view.quarter_id, kept.id, on=frame.today())
        except Refused as refusal:
            st.warning(plain(str(refusal)))
            return
        except Changed as changed:
            st.warning(str(changed))
            for line in _words(view, kept.change, changed.theirs or {}):
                st.text(line)
            return
        st.toast("Taken back. What was delivered counts again.", icon=":material/undo:")
        st.rerun()


def told(effect: Effect, heading: str = "What it would do to your advice") -> None:
    """What a change would do, by stage."""
    st.markdown(f"##### {heading}")
    if effect.nothing:
        st.info(plain(effect.nothing), icon=":material/balance:")
        return
    for stage, lines in effect.changes.items():
        st.markdown(f"**{plain(stage)}**\n\n" + "\n".join(f"- {plain(x)}" for x in lines[:SHOWN]))
        if len(lines) > SHOWN:
            st.caption(f"And {len(lines) - SHOWN} more of the kind.")
    if effect.points:
        more = "One more thing" if effect.points == 1 else f"{effect.points} more things"
        st.caption(f"{more} with other points in the same place.")


def _form(view: AdviceView, draft: Draft, kept: Kept | None, ask: Ask) -> None:
    form, ground = draft.form, kept.ground if kept else Ground("", "")
    filled: dict[str, object] = {"source": ground.source, "reason": ground.reason}
    filled |= _amount(view, draft.change, kept)
    seen = editing.fill(form, filled, kept.id if kept else 0)
    editing.conflict(form, lambda theirs: _words(view, draft.change, theirs))
    change = ask(draft.change)
    if change is None:
        typed = editing.typed(form)
        if editing.touched(form) and (typed["source"] or typed["reason"]):
            _why(form)
        return
    with reading() as session:
        effect = effects.of_change(session, view.organisation_id, view.quarter_id, change)
    told(effect)
    _keep(view, Draft(form, change, seen))


def _amount(view: AdviceView, change: Amendment, kept: Kept | None) -> dict[str, object]:
    """What the field for the amount holds at first: what counts now."""
    if change.parameter:
        shown = rulebook_words.printed(view.pack.parameters[change.parameter])
        return {"amount": shown.replace(" €", "")}
    if change.off:
        return {}
    sure = kept.change.confidence if kept else change.confidence
    return {"amount": round(100 * (0.5 if sure is None else sure))}


def _words(view: AdviceView, change: Amendment, theirs: editing.Values) -> list[str]:
    """What somebody else kept meanwhile."""
    if change.parameter:
        parameter, value = view.pack.parameters[change.parameter], theirs["value"]
        said = rulebook_words.printed(parameter, value)  # type: ignore[arg-type]
    elif change.off:
        said = "Switched off"
    else:
        said = f"Counts {theirs['confidence']:.0%}"
    who = f", {theirs['who']}" if theirs["who"] else ""
    return [f"{said}{who}: {theirs['reason']}", f"Source: {theirs['source']}"]


def _counting(typed: editing.Values) -> list[str]:
    """What somebody typed about how much a rule counts."""
    return [
        f"Counts {typed['amount']}%: {typed['reason'] or 'no reason yet'}",
        f"Source: {typed['source'] or 'none yet'}",
    ]


def _forms(view: AdviceView, rule_id: str) -> tuple[str, str]:
    """The forms in which a rule is switched off and made to count less."""
    return f"off_{view.quarter_id}_{rule_id}", f"weight_{view.quarter_id}_{rule_id}"


def _why(form: str) -> tuple[str, str]:
    """Asks for the reason of a change and its source; both as they stand now."""
    reason = st.text_area("Why does it fit you better?", key=f"{form}_reason", height=80)
    source = st.text_input(
        "Where do you know it from?",
        key=f"{form}_source",
        placeholder="Our own numbers, our experience, a study",
    )
    return reason or "", source or ""


def _keep(view: AdviceView, draft: Draft) -> None:
    form = draft.form
    reason, source = _why(form)
    promising.ask_who(view)
    st.caption(
        "It counts from the first day of this quarter and in those that follow. Quarters that are "
        "over keep their advice, and one click takes it back."
    )
    if st.button("Keep this change", key=f"{form}_keep", type="primary"):
        ground = Ground(source, reason, promising.who())
        with editing.saving(form, draft.seen, lambda: _done(view, draft)), writing() as session:
            amendments.make(
                session, view.quarter_id, draft.change, ground, seen=draft.seen, on=frame.today()
            )


def _done(view: AdviceView, draft: Draft) -> None:
    st.session_state.pop(f"wish_{view.quarter_id}_{draft.change.rule}", None)


def _day(kept: Kept) -> str:
    return f"{kept.starts_on.day} {kept.starts_on:%B %Y}"
