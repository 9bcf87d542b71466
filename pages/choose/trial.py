"""Try the advice: describe an organisation, see what the rules say. Nothing is stored yet."""

from __future__ import annotations

import streamlit as st

from rules.engine import recommend
from rules.facts import fact_from
from services.rulebook import pack

rulebook = pack()
objectives = rulebook.catalogues["objectives"]
SECTORS = rulebook.kinds["organisation"].attributes["sector"].words
SHOWN = 5

st.title("Where could you be, and what could you do?")
st.caption("The rules recommend, you decide. Nothing you enter here is stored.")

stated = st.multiselect(
    "What do you want to reach? The first counts most.",
    list(objectives),
    format_func=lambda name: objectives[name].title,
    max_selections=3,
)
sector = st.selectbox("What kind of organisation are you?", SECTORS)
staff = st.number_input("How many people work with you?", 1, 100_000, 5)
hours = st.number_input("How many hours a week do you have together?", 0.0, 1_000.0, 5.0, 0.5)
premises = st.toggle("People visit us at a place")
roster = st.toggle("Somebody answers messages in office hours")

if not stated:
    st.info("Choose at least one objective, and the advice appears here.")
    st.stop()

organisation = {"sector": sector, "staff": staff, "hours": hours, "premises": premises}
facts = [fact_from(rulebook, "organisation", organisation)]
facts.append(fact_from(rulebook, "service", {"roster": roster}))
for place, name in enumerate(stated):
    facts.append(fact_from(rulebook, "objective", {"name": name, "priority": 3 - place}))
advice = recommend(rulebook, facts)

for kind, heading in (("channel", "Where to be"), ("activity", "What to do")):
    st.subheader(heading)
    entries = {**rulebook.catalogues["channels"], **rulebook.catalogues["activities"]}
    ranked = [one for one in advice.scored if one.target[0] == kind and one.rank]
    for one in ranked[:SHOWN]:
        best = max(one.parts, key=lambda part: part.hundredths)
        with st.expander(f"{entries[one.target[1]].title}: {one.hundredths / 100:g} points"):
            st.text(f"Above all: {best.sentence}")
            for part in one.parts:
                st.text(f"{part.hundredths / 100:+g}  {part.sentence}")

blocked = [block for one in advice.scored for block in one.blocks]
if blocked:
    st.subheader("Not yet")
for block in blocked:
    st.text(f"{block.sentence} Way out: {block.way_out}")
