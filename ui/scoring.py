"""What came of the advice that was taken: two taps and a word, or a number."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

import streamlit as st

from models.database import writing
from rules.confidence import Result
from services import learning
from services.scoring import RESULTS, Expected, Score
from services.suggested import Suggestion
from ui import editing, left_behind, links, promising, suggesting
from ui.frame import Place
from ui.text import plain

WORDS: dict[str, str] = {
    "met": "Came true",
    "partly": "In part",
    "not_met": "Did not",
    "cannot_tell": "Cannot tell",
}
SHOWN = 4
_FIELDS = {"result": None, "why": "", "low": None, "high": None, "actual": None}
NONE: Mapping[int, Suggestion] = {}
_GONE = "This advice was decided otherwise meanwhile, so nothing is expected of it."


def section(
    place: Place,
    expected: Sequence[Expected],
    today: date,
    closed: Collection[int],
    suggested: Mapping[int, Suggestion] = NONE,
) -> None:
    """What is due to be scored, what will be, and what was; in `closed` quarters it stays. What our
    numbers suggest stands beside what it is about."""
    st.subheader("What came of it?", anchor=False)
    due = learning.due(expected, today)
    numbers = {one.recommendation_id for one in due}
    waiting = [
        one for one in expected if one.score is None and one.recommendation_id not in numbers
    ]
    scored = [one for one in expected if one.score and one.scored_in not in closed]
    stays = [one for one in expected if one.score and one.scored_in in closed]
    left_behind.told("score_", [_form(one) for one in expected], _GONE, _words)
    _standing(expected, due)
    for one in due[:SHOWN]:
        ask(place, one, suggested.get(one.recommendation_id))
    for name, label, some in (
        ("due", "More that are due", due[SHOWN:]),
        ("waiting", "Not due yet", waiting),
        ("scored", "Scored this quarter", scored),
    ):
        _more(place, some, (name, label), suggested)
    _before(stays)


def _standing(expected: Sequence[Expected], due: Sequence[Expected]) -> None:
    if not expected:
        st.info(
            "Nothing is expected yet. When you take advice, it carries an expectation; here you "
            "say later what came of it, and the rules learn from that."
        )
        links.page_link("activities")
    elif not due:
        st.markdown("Nothing is due now. What you took needs a little more time.")


def _more(
    place: Place,
    listed: Sequence[Expected],
    called: tuple[str, str],
    suggested: Mapping[int, Suggestion],
) -> None:
    name, label = called
    if listed:
        touched = any(editing.touched(_form(one)) for one in listed)
        fold = st.expander(
            f"{label}: {len(listed)}", expanded=touched, key=f"fold_{name}", on_change="rerun"
        )
        if fold.open:
            with fold:
                for one in listed:
                    ask(place, one, suggested.get(one.recommendation_id))


def _before(stays: Sequence[Expected]) -> None:
    """What was scored in quarters that are closed, in words."""
    if stays:
        with st.expander(f"Scored before: {len(stays)}", icon=":material/history:"):
            said_then(stays)


def said_then(scored: Sequence[Expected]) -> None:
    """What was said of it, in words, to be read."""
    for one in scored:
        said = one.score
        why = f" “{plain(said.why)}”" if said and said.why else ""
        result = WORDS[said.result] if said else ""
        st.markdown(f"**{plain(one.title)}** · {result}.{why}")
        st.caption(f"{plain(one.words)} · taken in {one.quarter}")


def ask(
    place: Place,
    one: Expected,
    proposal: Suggestion | None = None,
    *,
    since: str = "",
    fold: bool = False,
) -> None:
    """One expectation with what was kept of it, to be scored here; beside it what our numbers
    propose, until somebody has said it. `since`: the quarter in which it was taken first."""
    form, score = _form(one), one.score
    kept = {name: getattr(score, name) for name in _FIELDS} if score else _FIELDS
    seen = editing.fill(form, kept, one.version)
    with _box(one, form) if fold else st.container(border=True):
        st.markdown(f"**{plain(one.title)}** · {plain(one.words)}")
        taken = f"since {since}, last in {one.quarter}" if since else f"in {one.quarter}"
        st.caption(f"Taken {taken}; to be seen by {one.due_on.day} {one.due_on:%B %Y}.")
        editing.conflict(form, _words)
        if proposal and score is None:
            suggesting.shown(form, proposal, WORDS[proposal.result])
        with st.container(horizontal=True, vertical_alignment="center"):
            st.segmented_control(
                "What came of it?",
                list(RESULTS),
                format_func=WORDS.__getitem__,
                key=f"{form}_result",
                label_visibility="collapsed",
                width="content",
            )
            st.text_input(
                "Why?", key=f"{form}_why", placeholder="Why, in a word",
                label_visibility="collapsed", width=300,
            )  # fmt: skip
            keep = st.button("Keep", key=f"{form}_keep", type="primary")
            with st.popover("With numbers"):
                _numbers(form)
        if keep:
            said = _said(form)
            with editing.saving(form, seen), writing() as session:
                learning.score(session, place.quarter_id, one.recommendation_id, said, seen=seen)


def _box(one: Expected, form: str) -> st.delta_generator.DeltaGenerator:
    """A fold that says what it is about, open where something was typed."""
    about = one.words.partition(":")[0]
    return st.expander(
        f"{plain(one.title)} · {plain(about)}", expanded=editing.touched(form), key=f"{form}_fold"
    )


def _numbers(form: str) -> None:
    st.markdown("If you counted, the picture shows it; leave empty what you do not know.")
    for field, label in (
        ("low", "Expected at least"),
        ("high", "Expected at most"),
        ("actual", "What it was"),
    ):
        st.number_input(label, value=None, key=f"{form}_{field}", format="%g")


def _said(form: str) -> Score:
    typed = editing.typed(form)
    result: Result | str = str(typed["result"] or "")
    low, high, actual = (_number(typed[name]) for name in ("low", "high", "actual"))
    return Score(result, str(typed["why"] or ""), promising.who(), low, high, actual)  # type: ignore[arg-type]


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _words(theirs: editing.Values) -> list[str]:
    result = WORDS.get(str(theirs.get("result")), "Nothing said yet")
    why, actual = theirs.get("why"), theirs.get("actual")
    return [f"{result}{f': {why}' if why else ''}", *([f"It was {actual:g}"] if actual else [])]


def _form(one: Expected) -> str:
    return f"score_{one.recommendation_id}_"
