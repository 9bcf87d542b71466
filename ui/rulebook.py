"""The rules to read and to search: each a sentence, with what it said this quarter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from rules.pack import Pack
from services import rulebook_words, spoken
from services.advice import AdviceView
from services.amendments import Kept
from services.rulebook_words import Told
from ui import amending, opening
from ui.text import plain

PAGE = 20
"""Rules shown before somebody asks for more."""
ABOUT = 4
_SHOWN = ("All", "Spoke this quarter", "Silent", "Changed by us")


@dataclass(frozen=True, slots=True)
class Book:
    """All rules in words, what each spoke about this quarter, the changes that stand, and whether
    the quarter is over."""

    view: AdviceView
    rules: tuple[Told, ...]
    spoke: Mapping[str, list[str]]
    own: Mapping[str, Kept]
    over: bool

    def off(self, rule: str) -> Kept | None:
        """The change that switched a rule off."""
        return self.own.get(f"off {rule}")

    def weight(self, rule: str) -> Kept | None:
        """The change by which a rule counts less."""
        return self.own.get(f"weight {rule}")


def book(view: AdviceView, pack: Pack, own: Mapping[str, Kept], *, over: bool) -> Book:
    """The book of an organisation; `pack` has its values, and all rules, those switched off too.
    `over`: the quarter has ended, and nothing in it is changed any more."""
    return Book(view, rulebook_words.told(pack), spoken.spoken(view), own, over)


def browse(told: Book) -> None:
    """Search, or leaf through the stages; what is not opened is not drawn."""
    search = st.text_input(
        "Search the rules",
        key="rules_search",
        type="search",
        persist_state="page",
        placeholder="A word, such as newsletter, hours or young people",
    )
    shown = st.radio(
        "Which rules",
        _SHOWN,
        key="rules_shown",
        horizontal=True,
        persist_state="page",
        label_visibility="collapsed",
    )
    kept = [
        rule
        for rule in told.rules
        if (_wanted(told, rule, shown) or amending.begun(told.view, rule.id))
        and _found(rule, search)
    ]
    spoke = sum(rule.id in told.spoke for rule in told.rules)
    st.caption(f"{len(told.rules)} rules; {spoke} of them spoke about you this quarter.")
    if not kept:
        st.info("No rule fits. Try another word, or look at all rules.")
    elif (search or "").strip() or shown == _SHOWN[3]:
        st.markdown(f"**{len(kept)} {'rule' if len(kept) == 1 else 'rules'}**")
        _some(told, kept, "found")
    else:
        _by_stage(told, kept)


def _by_stage(told: Book, kept: Sequence[Told]) -> None:
    for stage in (one.title for one in told.view.pack.stages):
        here = [rule for rule in kept if rule.stage == stage]
        if not here:
            continue
        spoke = sum(rule.id in told.spoke for rule in here)
        label = f"{stage}: {len(here)} rules, {spoke} spoke"
        fold = st.expander(label, key=f"stage_{stage}", on_change="rerun")
        if fold.open:
            with fold:
                _some(told, here, stage)


def _some(told: Book, rules: Sequence[Told], where: str) -> None:
    """The first rules of a list, and as many more as somebody asks for."""
    count = int(st.session_state.get(f"rules_count_{where}", PAGE))
    for rule in rules[:count]:
        _card(told, rule)
    if len(rules) > count:
        more = min(PAGE, len(rules) - count)
        st.button(f"Show {more} more", key=f"more_{where}", on_click=_more, args=(where, count))


def _more(where: str, count: int) -> None:
    st.session_state[f"rules_count_{where}"] = count + PAGE


def _card(told: Book, rule: Told) -> None:
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**{plain(rule.title)}**", width="content")
            badges(told, rule)
        st.markdown(plain(rule.because))
        if opening.is_open(opening.RULE, rule.id):
            _closer(told, rule)
            if not told.over:
                amending.of_rule(told.view, rule, told.off(rule.id), told.weight(rule.id))
        else:
            st.caption(f"{plain(rule.stage)} · {plain(rule.does)} · Source: {plain(rule.source)}")
            about(told, rule)
        opening.button(opening.RULE, rule.id)


def badges(told: Book, rule: Told) -> None:
    """Whether a rule is on, how much it counts, and whether it keeps people safe."""
    weight = told.weight(rule.id)
    if told.off(rule.id):
        st.badge("Switched off by us", icon=":material/toggle_off:", color="orange")
    elif weight and weight.change.confidence is not None:
        st.badge(f"Counts {weight.change.confidence:.0%} with us", color="orange")
    if rule.protects:
        st.badge("Protects people", icon=":material/shield:", color="blue")


def about(told: Book, rule: Told) -> None:
    """What a rule spoke about this quarter."""
    if told.off(rule.id):
        st.markdown(":material/toggle_off: It says nothing: you switched it off.")
        return
    if rule.id not in told.spoke:
        st.markdown(":gray[:material/notifications_off: Silent this quarter.]")
        return
    st.markdown(f":material/campaign: {_said(told.spoke[rule.id])}")


def _said(spoke: Sequence[str]) -> str:
    """What a rule spoke about: titles in a row, or the sentences of what it found."""
    more, first = len(spoke) - ABOUT, [plain(one) for one in spoke[:ABOUT]]
    if spoke and spoke[0].endswith((".", "!", "?")):
        rest = f" And {more} more of the kind." if more > 0 else ""
        return f"Spoke this quarter: {' '.join(first)}{rest}"
    rest = f" and {more} more" if more > 0 else ""
    return f"Spoke this quarter about {', '.join(first) or 'something blocked'}{rest}."


def _closer(told: Book, rule: Told) -> None:
    """All of a rule: when it speaks, unless, what it does, and what it said or lacked."""
    if "‹" in rule.because:
        st.caption("What stands in ‹ › is filled in with what you told us.")
    _listed("It speaks when all of this is known", rule.when)
    _listed("Unless there is", rule.unless)
    st.markdown(f"**What it does**  \n{plain(rule.does)}")
    if rule.way_out:
        st.markdown(f"**Way out**  \n{plain(rule.way_out)}")
    st.markdown(f"**Where it comes from**  \n{plain(_source(rule.source))}")
    about(told, rule)
    _this_quarter(told, rule)


def _this_quarter(told: Book, rule: Told) -> None:
    if told.off(rule.id):
        return
    spoke = rule.id in told.spoke
    lines = (spoken.examples if spoke else spoken.missing)(told.view, rule.id)
    label = "What it said" if spoke else "What keeps it silent"
    if lines:
        with st.expander(label):
            st.markdown(_bullets(lines[:10], plain))
            if len(lines) > 10:
                st.caption(f"And {len(lines) - 10} more of the kind.")


def _source(source: str) -> str:
    if rulebook_words.starter(source):
        return f"{source} (from experience, to be replaced by your own)"
    return source


def _listed(title: str, lines: Sequence[str]) -> None:
    if lines:
        st.markdown(f"**{title}**\n\n{_bullets(lines, plain)}")


def _bullets(lines: Sequence[str], shown: Callable[[str], str]) -> str:
    return "\n".join(f"- {shown(line)}" for line in lines)


def _wanted(told: Book, rule: Told, shown: str) -> bool:
    changed = bool(told.off(rule.id) or told.weight(rule.id))
    spoke = rule.id in told.spoke
    return {_SHOWN[1]: spoke, _SHOWN[2]: not spoke, _SHOWN[3]: changed}.get(shown, True)


def _found(rule: Told, search: str | None) -> bool:
    """Every word of the search stands somewhere in the rule."""
    words = (search or "").lower().split()
    if not words:
        return True
    parts = (rule.title, rule.because, rule.stage, rule.source, *rule.when, *rule.unless)
    text = " ".join((*parts, rule.way_out, rule.does)).lower()
    return all(word in text for word in words)
