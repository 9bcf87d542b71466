"""A pre-read and minutes made by hand, of any words and any length, for tests of documents."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import cycle, islice

from services import kpis, signals
from services.eight import Eight
from services.flow import FACTORS, Station, flow
from services.gaps import Gaps
from services.hand_overs import HandOver
from services.looking_back import Old
from services.measuring import Kept as Value
from services.measuring import Said as Measured
from services.minutes import Decided, Minutes
from services.plan import Kept, Said, Standing
from services.preread import Preread, Signal
from services.series import Series, Shelf
from services.showing import EVERYONE, Score
from services.weeks import Person

ON = date(2026, 11, 24)
NASTY = '=HYPERLINK("http://x.example","y") <script>alert(1)</script> #read("/etc/passwd")'
HOSTILE = f"{NASTY} שלום 🎉 &amp; \x00\x1b\ud800\ufffe \u202eabc"
ENDLESS = "W" * 5_000
LEVELS = (3, 2, 3, 1, 2, 0, 4, 2)


def series(name: str = "review_rating", how: str = "", last: float = 4.9) -> Series:
    """Twelve months of a number, the newest far out of its usual range."""
    values = [*islice(cycle((4.1, 4.2, 4.15)), 11), last]
    months = [date(2025 + month // 12, month % 12 + 1, 1) for month in range(12)]
    kept = [
        Value(at, 1, Measured(name, "month", day, value, definition=how))
        for at, (day, value) in enumerate(zip(months, values, strict=True))
    ]
    of = kpis.kpi(name)
    parts = signals.stretches(values, [how] * 12, of.low, of.high)
    shelf = Shelf(name, "", "month", 12, months[0], months[-1])
    return Series(of, shelf, tuple(kept), parts, signals.standing(parts), None)


def score(level: float) -> Score:
    return Score(level, int(level), 1.0, level, min(4.0, level + 1), 0.5, 6)


def eight() -> Eight:
    """Each factor on another level, and as it was before."""
    stations = [
        Station(at, name, name.capitalize(), level, level, 1.0, 0.5, 6, level == 0)
        for at, (name, level) in enumerate(zip(FACTORS, LEVELS, strict=True), start=1)
    ]
    reaches = tuple(HandOver(at, at % 8 + 1, 0.5, "") for at in range(1, 9))
    before = tuple(zip(FACTORS, map(float, LEVELS), strict=True))
    return Eight(tuple(stations), reaches, flow(stations), before, "Jul–Sep 2026")


def preread(words: str = "Answer sooner", many: int = 3, drawn: int = 1) -> Preread:
    """With these words wherever people write their own, and so many of everything."""
    groups = {name: {EVERYONE: score(level)} for name, level in zip(FACTORS, LEVELS, strict=True)}
    promise = Kept(1, 1, "", "", words, Said(words, 1, 2.5, 2, ON), Standing("stuck", words), "p")
    return Preread(
        organisation=words,
        quarter="October to December 2026",
        on=ON,
        signals=tuple(Signal(series(how=words), "", True) for _ in range(drawn)),
        measured=drawn + 2,
        old=tuple(
            Old(words, words, ON, "partly" if at else "", words if at else "") for at in range(many)
        ),
        promises=(promise,) * many,
        eight=eight(),
        scores=groups,
        gaps=Gaps(
            ("How far are you?",) * min(many, 5), ("Reach",) * many, {"owned": 2}, {"owned": 3}
        ),
        hours=tuple(Person(at, words, 3, 2.5, ()) for at in range(many)),
    )


def minutes(words: str = "Answer sooner", many: int = 3) -> Minutes:
    """As `preread`; the second of the decisions stops something."""
    later = ON + timedelta(days=30)
    return Minutes(
        organisation=words,
        quarter="October to December 2026",
        held_on=ON,
        minutes_spent=88,
        present=(words,) * many,
        notes=((words, words, words),) * many,
        decided=tuple(
            Decided(words, words, ON, words, later, at == 1) for at in range(min(many, 5))
        ),
        no_stop_because=words,
        checked=((words, "Came true", words),) * many,
        unsaid=(words,) * many,
        parked=(words,) * many,
        score=4.25,
        scores=4,
        failure=words,
        changes=(words,) * many,
    )
