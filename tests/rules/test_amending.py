"""What an organisation changes is laid over the pack: dated elsewhere, checked here."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.amending import amended, misfit
from rules.condition import Value
from rules.engine import recommend
from rules.errors import PackError
from rules.pack import Amendment, Fact, Pack
from rules.reading import load
from tests.rules.small_pack import write_pack

FACTS = [Fact("objective", {"name": "sales", "priority": 3})]
MORE = """\
most: {value: 5, title: the most, source: a, since: 2026-01-01, from: 1, to: 9}
open: {value: yes, title: open on Sundays, source: a, since: 2026-01-01}
"""


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    return load(write_pack(tmp_path, parameters=MORE))


def scores(pack: Pack) -> dict[str, int]:
    return {one.target[1]: one.hundredths for one in recommend(pack, FACTS).scored if one.parts}


def test_a_changed_parameter_counts_where_rules_name_it(pack: Pack) -> None:
    assert set(scores(pack)) == {"letter", "write"}
    stricter = amended(pack, [Amendment(parameter="strong", value=6)])
    assert scores(stricter) == {}


def test_a_rule_switched_off_is_silent(pack: Pack) -> None:
    without = amended(pack, [Amendment(rule="channel.fits", off=True)])
    assert scores(without) == {}


def test_a_confidence_weighs_every_point_of_its_rule(pack: Pack) -> None:
    halved = amended(pack, [Amendment(rule="channel.fits", confidence=0.5)])
    assert (scores(pack)["letter"], scores(halved)["letter"]) == (3000, 1500)


def test_the_pack_itself_stays_as_it_was_and_the_other_has_its_own_fingerprint(pack: Pack) -> None:
    other = amended(pack, [Amendment(parameter="strong", value=5)])
    assert pack.parameters["strong"].value == 4
    assert other.fingerprint != pack.fingerprint
    assert amended(other, [Amendment(parameter="strong", value=4)]).fingerprint == pack.fingerprint


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("stong", 4, "there is no parameter `stong`. Did you mean `strong`?"),
        ("most", 9.01, "`the most`: 9.01 is above 9, its largest value"),
        ("most", 9, ""),
        ("most", 0.99, "`the most`: 0.99 is below 1, its least value"),
        ("most", 1, ""),
        ("most", "many", "`the most` does not take `many`"),
        ("most", True, "`the most` does not take `yes`"),
        ("most", None, "`the most`: say the new value"),
        ("open", False, ""),
        ("open", 0, "`open on Sundays` does not take `0`"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(
    pack: Pack, name: str, value: Value | None, says: str
) -> None:
    assert misfit(pack, Amendment(parameter=name, value=value)) == says


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (Amendment(rule="channel.fit", off=True), "Did you mean `channel.fits`?"),
        (Amendment(rule="channel.fits", confidence=2.01), "a number from 0 to 2, not 2.01"),
        (Amendment(rule="channel.fits", confidence=float("nan")), "a number from 0 to 2"),
        (Amendment(rule="channel.fits"), "say what is to be different"),
    ],
)
def test_a_change_of_a_rule_that_does_not_fit_is_refused(
    pack: Pack, change: Amendment, says: str
) -> None:
    with pytest.raises(PackError) as error:
        amended(pack, [change])
    assert says in str(error.value)
