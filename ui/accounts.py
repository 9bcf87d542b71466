"""Our accounts: where we are already, who looks after each, and how safe it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date

import streamlit as st

from models.database import reading, writing
from rules.advice import Finding
from services import accounts, people, rulebook
from services.accounts import MOST_ADMINS, STATUSES, Account, Kept
from services.advice import AdviceView
from ui import editing, frame, links, rescue
from ui.acts import act
from ui.text import plain

NEW, NOBODY = "account_new", 0
EMPTY: editing.Values = {
    "channel": None,
    "name": "",
    "status": "live",
    "owner_id": NOBODY,
    "deputy_id": NOBODY,
    "two_factor": None,
    "admins": None,
    "last_activity_on": None,
}
_SECOND_STEP = ["On", "Off"]

Names = Mapping[int, str]


def section(view: AdviceView) -> None:
    """All accounts, each to be changed or taken away, and a form for one more."""
    with reading() as session:
        rows = accounts.listed(session, view.organisation_id)
        names = {one.id: one.said.name for one in people.listed(session, view.organisation_id)}
    st.subheader("Our accounts", anchor=False)
    if not rows:
        st.markdown(
            "None is noted yet. Write down every account that you have, forgotten ones too: "
            "what you have already weighs in the advice, and accounts without anybody are a risk."
        )
    rescue.shown("account", "account", lambda typed, _: words(asdict(_said(typed)), names))
    noticed = findings(view, rows)
    for row in rows:
        _row(row, names, noticed.get(row.id, []))
    typing = editing.touched(NEW)
    fold = st.expander(
        "Add an account",
        icon=":material/add:",
        expanded=typing,
        key="add_account",
        on_change="rerun",
    )
    if fold.open or typing:
        with fold:
            _new(view.organisation_id, names)
    if not names:
        st.markdown("Nobody takes part yet, so nobody can look after an account.")
        links.page_link("organisation", "Say who takes part")


def _row(row: Kept, names: Names, noticed: Sequence[Finding]) -> None:
    form = f"account_{row.id}"
    seen = editing.fill(form, values(row.said), row.version)
    typing = editing.touched(form)
    fold = st.expander(
        f"{plain(called(row.said))} · {STATUSES[row.said.status]} · "
        f"{plain(looked_after(row.said, names))}",
        icon=":material/error:" if noticed else ":material/account_circle:",
        expanded=typing,
        key=f"open_{form}",
        on_change="rerun",
    )
    if not (fold.open or typing):
        return  # a form that nobody looks at costs every run of the page
    with fold:
        for one in noticed:
            st.markdown(f":material/error: {plain(one.sentence)}")
            if one.way_out:
                st.markdown(f":material/door_open: {plain(one.way_out)}")
        _change(row.id, seen, names)


def _change(account_id: int, seen: int, names: Names) -> None:
    form = f"account_{account_id}"
    editing.conflict(form, lambda theirs: words(theirs, names))
    said = fields(form, names)
    with st.container(horizontal=True):
        if st.button("Keep the change", key=f"{form}_save", type="primary"):
            with editing.saving(form, seen), writing() as session:
                accounts.update(session, account_id, said, version=seen, on=frame.today())
        with st.popover("Take it away"):
            st.markdown(
                "The account leaves this list; on the channel itself nothing happens. "
                "If it is shut there, “Closed” keeps it in mind."
            )
            st.button("Take it away now", key=f"{form}_remove", on_click=_remove,
                      args=(account_id,))  # fmt: skip


def _new(organisation_id: int, names: Names) -> None:
    editing.fill(NEW, EMPTY)
    said = fields(NEW, names)
    if st.button("Add this account", key="account_add", type="primary"):
        with editing.saving(NEW), writing() as session:
            accounts.add(session, organisation_id, said, on=frame.today())


def fields(form: str, names: Names) -> Account:
    """Eight questions about an account; what they say now, complete or not."""
    left, right = st.columns(2, gap="medium")
    with left:
        editing.choice(form, "channel", "On which channel?", rulebook.titles("channels"))
        st.text_input("What is it called there?", key=f"{form}_name", placeholder="@corner.shop")
        st.selectbox(
            "Is it in use?", list(STATUSES), format_func=STATUSES.__getitem__, key=f"{form}_status"
        )
        st.date_input(
            "When was the last post or answer?",
            value=None,
            key=f"{form}_last_activity_on",
            format="DD/MM/YYYY",
        )
    with right:
        _person(form, "owner_id", "Who answers for it?", names)
        _person(form, "deputy_id", "Who steps in when that person is away?", names)
        _safety(form)
    return _said({name: editing.value(form, name) for name in EMPTY})


def _safety(form: str) -> None:
    st.segmented_control(
        "Is the second login step switched on?",
        _SECOND_STEP,
        key=f"{form}_two_factor",
        help="A code from a phone or a key, asked for beside the password.",
    )
    st.number_input(
        "How many people have full access?",
        0,
        MOST_ADMINS,
        value=None,
        step=1,
        placeholder="Not known",
        key=f"{form}_admins",
    )


def values(said: Account) -> editing.Values:
    """An account as the form's widgets hold it."""
    second = {True: "On", False: "Off", None: None}[said.two_factor]
    return {
        "channel": said.channel,
        "name": said.name,
        "status": said.status,
        "owner_id": said.owner_id or NOBODY,
        "deputy_id": said.deputy_id or NOBODY,
        "two_factor": second,
        "admins": said.admins,
        "last_activity_on": said.last_activity_on,
    }


def _said(typed: editing.Values) -> Account:
    """What the form's widgets hold, as an account; the other way round than `values`."""
    second, owner, deputy = (typed[name] for name in ("two_factor", "owner_id", "deputy_id"))
    admins, last = typed["admins"], typed["last_activity_on"]
    return Account(
        channel=str(typed["channel"] or ""),
        name=str(typed["name"] or ""),
        status=str(typed["status"] or ""),
        owner_id=owner if isinstance(owner, int) and owner != NOBODY else None,
        deputy_id=deputy if isinstance(deputy, int) and deputy != NOBODY else None,
        two_factor=None if second is None else second == "On",
        admins=admins if isinstance(admins, int) else None,
        last_activity_on=last if isinstance(last, date) else None,
    )


def called(said: Account) -> str:
    """The channel, and what the account is called there."""
    channel = rulebook.title("channels", said.channel)
    return f"{channel}: {said.name}" if said.name else channel


def looked_after(said: Account, names: Names) -> str:
    """Who answers for an account and who steps in."""
    owner = names.get(said.owner_id or NOBODY)
    deputy = names.get(said.deputy_id or NOBODY)
    if owner is None:
        return f"nobody answers for it, {deputy} steps in" if deputy else "nobody answers for it"
    return f"{owner}, {deputy} steps in" if deputy else owner


def findings(view: AdviceView, rows: Sequence[Kept]) -> dict[int, list[Finding]]:
    """What the rules noticed, by account id; the liveliest of a channel speaks for it."""
    speaks: dict[str, int] = {}
    for row in rows:
        speaks.setdefault(row.said.channel, row.id)
    found: dict[int, list[Finding]] = {}
    for one in view.advice.findings:
        about_account = any(fact.kind == "account" for fact in one.facts)
        if about_account and one.severity and one.about in speaks:
            found.setdefault(speaks[one.about], []).append(one)
    return found


def words(theirs: editing.Values, names: Names) -> list[str]:
    """An account as somebody else has just kept it, line by line."""
    said = Account(**theirs)  # type: ignore[arg-type]
    second = {True: "on", False: "off", None: "not known"}[said.two_factor]
    admins = "not known" if said.admins is None else said.admins
    last = said.last_activity_on
    return [
        f"{called(said)}: {STATUSES[said.status]}",
        f"Answers for it: {looked_after(said, names)}",
        f"Second login step: {second}; people with full access: {admins}",
        f"Last post or answer: {last:%d %B %Y}" if last else "Last post or answer: not known",
    ]


def _person(form: str, field: str, label: str, names: Names) -> None:
    shown = {NOBODY: "Nobody yet", **names}
    if editing.value(form, field) not in shown:
        st.session_state[f"{form}_{field}"] = NOBODY
    st.selectbox(label, list(shown), format_func=shown.__getitem__, key=f"{form}_{field}")


@act
def _remove(account_id: int) -> None:
    with writing() as session:
        accounts.remove(session, account_id)
    editing.clear(f"account_{account_id}")
