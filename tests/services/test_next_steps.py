"""Next steps: at most three, the weightiest first, each with its page and its reason."""

from __future__ import annotations

from dataclasses import replace

from models.database import reading
from rules.advice import Scored
from services import advice, next_steps, quarters, rulebook
from services.advice import AdviceView
from tests.conftest import Example
from ui import links


def view(organisation_id: int, *steps: Scored) -> AdviceView:
    """An example's advice with these next steps instead of its own."""
    with reading() as session:
        quarter_id = quarters.listed(session, organisation_id)[0].id
        seen = advice.current(session, organisation_id, quarter_id)
    others = [one for one in seen.advice.scored if one.target[0] != "step"]
    return replace(seen, advice=replace(seen.advice, scored=(*steps, *others)))


def step(name: str, rank: int | None, *parts: object) -> Scored:
    return Scored(("step", name, ""), 100, rank, tuple(parts), ())  # type: ignore[arg-type]


def test_three_at_most_the_weightiest_first(example_of: Example) -> None:
    names = ["answer_eight", "give_hours", "state_objective", "make_plan"]
    advised = view(
        example_of("bicycle_shop"), *(step(name, rank) for rank, name in enumerate(names, start=1))
    )
    entries = rulebook.pack().catalogues["steps"]
    assert [one.title for one in next_steps.first(advised)] == [
        entries[name].title for name in names[:3]
    ]


def test_a_step_that_is_not_recommended_is_none(example_of: Example) -> None:
    assert next_steps.first(view(example_of("bicycle_shop"), step("answer_eight", None))) == []


def test_it_says_why(example_of: Example) -> None:
    here = example_of("bicycle_shop")
    part = view(here).recommended("channel")[0].parts[0]
    (one,) = next_steps.first(view(here, step("answer_eight", 1, part)))
    assert one.because == part.sentence
    assert one.text


def test_every_step_leads_to_a_page_that_is_declared() -> None:
    for entry in rulebook.pack().catalogues["steps"].values():
        assert entry.values["page"] in links.PAGES, entry.id
