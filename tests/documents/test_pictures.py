"""Charts become pictures without any network, with their words in them."""

from __future__ import annotations

import struct
from dataclasses import asdict

import pandas as pd

from charts import balance, hours_people, loop_days, multiples, xmr
from charts.gap_map import gap_map
from documents import pictures
from models.database import reading
from services import learning, needs, over_quarters, quarters, standing_rows, turns
from tests.charts.test_xmr import NO_FLAGS, TITLE, month, rows
from tests.conftest import Example


def drawn(given: pd.DataFrame) -> dict[str, object]:
    return xmr.spec(given, NO_FLAGS, dark=False, title=TITLE)


def test_a_picture_is_large_enough_for_print() -> None:
    made = pictures.png(drawn(rows(month(1, 10), month(2, 16, "outside"))))
    assert made.startswith(b"\x89PNG")
    wide, high = struct.unpack(">II", made[16:24])
    assert wide >= 2 * pictures.WIDE
    assert high > 600


def test_a_drawing_holds_its_words_and_fetches_nothing() -> None:
    made = pictures.svg(drawn(rows(month(1, 10), month(2, 16, "outside")))).decode()
    assert TITLE in made
    assert "usual up to 15" in made
    assert "href" not in made.replace("xlink", "")


def test_a_sentence_instead_of_a_picture_can_be_taken_too() -> None:
    assert "two values" in pictures.svg(drawn(rows())).decode()


def test_every_picture_over_quarters_can_be_taken(example_of: Example) -> None:
    """Drawn from an example with eight quarters, on white, with its title in it."""
    number = example_of("bicycle_shop")
    with reading() as session:
        quarter = quarters.listed(session, number)[0].id
        stood = over_quarters.standings(session, number, quarter)
        gaps = pd.DataFrame([asdict(one) for one in needs.gap_map(session, number, quarter)])
        turned = turns.turns(session, number, learning.expected(session, number), [])
    topics = gaps[gaps["voice"] == ""].rename(columns={"count": "voices"})
    cycles, lines = standing_rows.balances(stood), standing_rows.by_group(stood)
    taken = {
        balance.TITLE: balance.spec(pd.DataFrame(map(asdict, cycles)), dark=False),
        multiples.TITLE: multiples.spec(pd.DataFrame(map(asdict, lines)), dark=False),
        loop_days.TITLE: loop_days.spec(pd.DataFrame(map(asdict, turned)), dark=False),
        hours_people.TITLE: hours_people.spec(
            pd.DataFrame([("Ann", 5, 6, None)], columns=["name", "given", "planned", "logged"]),
            dark=False,
        ),
        "What matters": gap_map(
            topics, gaps[gaps["voice"] != ""], dark=False, title="What matters", description="",
            before=topics.assign(current=0.0),
        ).to_dict(),
    }  # fmt: skip
    for title, spec in taken.items():
        made = pictures.svg(spec).decode()
        assert title in made
        assert 'fill="#FFFFFF"' in made or 'fill="#ffffff"' in made
