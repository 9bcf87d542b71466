"""Everything in one file, out and back in; whatever is wrong with a file, nothing is touched."""

from __future__ import annotations

import hashlib
import io
import json
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pytest
from sqlalchemy import func, inspect, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from models.amendments import Amendment
from models.base import Base
from models.database import ROOT, engine, reading, scratch, writing
from models.objectives import Objective
from models.organisation import Organisation, Person, Unit
from models.plan import Activity
from models.recommendations import Decision, Recommendation
from models.scenarios import Scenario
from services import (
    advice,
    assessments,
    backup,
    backup_file,
    circumstances,
    milestones,
    next_quarter,
    results,
)
from services import recommendations as kept
from services.backup import Backup
from services.recommendations import Said
from services.refusals import Refused
from tests.models.test_schema import learned
from tests.services import built
from tests.services.built import Shop

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
Files = dict[str, bytes]
TARGETS = ("guard_low", "guard_high", "learning_kpi", "learning_low", "learning_high")


@pytest.fixture
def shop(database: Path) -> Shop:
    """A shop with at least one row in every table, with letters that like to break."""
    with writing() as session:
        made = built.shop(session)
        built.everything(session, made)
        round_ = assessments.open_round(session, made.id, made.quarter)
        person = assessments.join(session, round_.id, is_leader=True, consent=True)
        assessments.record(session, person.id, "listen_first", 3, note="„Grüße“ 🧭\n=1+1")
        circumstances.record(session, (made.id, made.quarter), ("readiness", "sponsor"), True)
        session.add(Unit(organisation_id=made.id, name="Shop, 'back' \"door\"", function="sales"))
        session.add_all([amendment(made), scenario(made), *learned(session, made)])
    with writing() as session:
        view = advice.current(session, made.id, made.quarter)
        target = view.recommended("channel")[0].target
        kept.decide(session, view, target, Said("declined", "no <b>time</b>", "Ann"), seen=None)
        kept.undo(session, session.query(Decision).one().id, who="Ben")
        closed = milestones.close(session, made.id, made.before, "Ann “A” 🧭", on=NOW.date())
        milestones.addendum(session, closed.id, "Not quite\n=1+1", "Ben", at=NOW)
        next_quarter.carry_over(session, made.before, made.quarter, [], "Ben")
    return made


def amendment(shop: Shop) -> Amendment:
    return Amendment(
        organisation_id=shop.id, parameter="small", value=0.1 + 0.2, starts_on=date(2026, 10, 1),
        source="us", reason="we know better", made_at=NOW, withdrawn_at=NOW,
    )  # fmt: skip


def scenario(shop: Shop) -> Scenario:
    return Scenario(
        organisation_id=shop.id, quarter_id=shop.quarter, name="„Was wäre wenn“ 🧭",
        moves=[{"what": "parameter", "name": "small", "key": [], "attribute": "", "value": 0.1}],
        begins="today", basis={"person": "0" * 64}, fingerprint="f", pack_version="1.0",
        told={"summary": "=1+1"}, made_at=NOW,
    )  # fmt: skip


def saved() -> bytes:
    with reading() as session:
        return backup.save(session, created=NOW)


def put_back(data: bytes) -> None:
    found = backup.read(data)
    with reading() as session:
        seen = backup.here(session).digest
    with writing() as session:
        backup.replace(session, found, seen=seen)


def content() -> list[str]:
    """Everything in the database to the last byte, as SQL."""
    with engine().connect() as connection:
        raw: Any = connection.connection.driver_connection
        return list(raw.iterdump())


@contextmanager
def nothing_changes() -> Iterator[None]:
    before = content()
    yield
    assert content() == before


def spoil() -> None:
    """Change here what was saved."""
    with writing() as session:
        session.query(Organisation).delete()
        session.add(
            Organisation(
                name="Another", staff=1, sector="business", audience="both", region="de",
                created_at=NOW,
            )
        )  # fmt: skip


# ---- Out and back in ------------------------------------------------------------------------


def test_every_table_has_a_row_in_this_test(shop: Shop) -> None:
    with reading() as session:
        counts = {
            table.name: session.scalar(select(func.count()).select_from(table))
            for table in Base.metadata.sorted_tables
        }
    assert all(counts.values()), counts


def test_what_comes_back_is_what_was_saved_to_the_last_byte(shop: Shop) -> None:
    before, data = content(), saved()
    spoil()
    assert content() != before
    put_back(data)
    assert content() == before


def test_saving_again_after_putting_back_gives_the_same_file(shop: Shop) -> None:
    data = saved()
    spoil()
    put_back(data)
    assert saved() == data


def test_putting_back_twice_changes_nothing(shop: Shop) -> None:
    data = saved()
    put_back(data)
    with nothing_changes():
        put_back(data)


def test_it_goes_into_an_empty_database_on_another_machine(
    shop: Shop, migrated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, data = content(), saved()
    other = tmp_path / "other.db"
    other.write_bytes(migrated.read_bytes())
    monkeypatch.setenv("CROSSROADS_DATABASE_URL", f"sqlite:///{other}")
    put_back(data)
    assert content() == before
    engine().dispose()


def test_an_empty_database_can_be_saved_and_put_back(database: Path) -> None:
    data = saved()
    spoil()
    put_back(data)
    with reading() as session:
        assert backup.here(session).organisations == ()


def test_the_file_names_what_is_in_it(shop: Shop) -> None:
    data = saved()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        for table, told in manifest["tables"].items():
            raw = archive.read(f"tables/{table}.jsonl")
            assert hashlib.sha256(raw).hexdigest() == told["sha256"]
            assert raw.count(b"\n") == told["rows"]
    assert manifest["created"] == NOW.isoformat()
    assert set(manifest["tables"]) == set(Base.metadata.tables)


def test_reading_tells_what_would_be_there(shop: Shop) -> None:
    data = saved()
    with reading() as session:
        now = backup.here(session)
    found = backup.read(data)
    assert (found.created, found.older, found.summary) == (NOW, False, now)
    assert now.organisations == ("Corner Bakery",)
    assert now.counts["person"] == 2


def test_new_rows_follow_those_that_came_back(shop: Shop) -> None:
    data = saved()
    spoil()
    put_back(data)
    with writing() as session:
        session.add(Person(organisation_id=shop.id, name="New", function="leadership", hours=1))
    with reading() as session:
        assert session.query(Person).count() == 3


def test_a_file_of_an_earlier_version_is_brought_up_to_date(shop: Shop) -> None:
    with scratch("0001") as connection:
        first = set(inspect(connection).get_table_names())
    later = [table for table in Base.metadata.sorted_tables if table.name not in first]
    with writing() as session:
        for table in reversed(later):
            session.execute(table.delete())
        known = f"crossroads:{session.get_one(Organisation, shop.id).created_at.isoformat()}"
        for mapped, name in ((Activity, "promise"), (Objective, "objective")):
            for row in session.query(mapped):
                row.uid = str(uuid5(NAMESPACE_URL, f"{known}/{shop.id}/{name}/{row.id}"))
    before = content()

    def earlier(files: Files) -> None:
        without(files, "unit", "version")
        for table in ("activity", "objective"):
            in_all(files, table, lambda row: row.pop("uid"))
        in_all(files, "objective", lambda row: [row.pop(name) for name in TARGETS])
        for gone in later:
            table_gone(gone.name)(files)
        manifest(files, schema="0001")

    old = altered(saved(), earlier)
    found = backup.read(old)
    assert found.older
    assert [row["version"] for row in found.rows["unit"]] == [1]
    spoil()
    put_back(old)
    assert content() == before


def test_replacing_waits_if_something_changed_since_it_was_looked_at(shop: Shop) -> None:
    found = backup.read(saved())
    with reading() as session:
        seen = backup.here(session).digest
    with writing() as session:
        session.query(Person).filter_by(name="Ben").one().hours = 4
    with (
        nothing_changes(),
        pytest.raises(Refused, match="meanwhile"),
        writing() as session,
    ):
        backup.replace(session, found, seen=seen)


def test_an_error_in_the_middle_keeps_all_that_was_here(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = saved()
    spoil()
    original, calls = backup._insert, []

    def failing(connection: Any, table: Any, whole: Any) -> None:
        calls.append(table.name)
        if len(calls) == 9:
            raise OperationalError("INSERT", {}, Exception("disk full"))
        original(connection, table, whole)

    found = backup.read(data)
    monkeypatch.setattr(backup, "_insert", failing)
    with nothing_changes(), pytest.raises(Refused, match="Nothing was changed"):
        replace(found)
    assert len(calls) == 9


def replace(found: Backup) -> None:
    with reading() as session:
        seen = backup.here(session).digest
    with writing() as session:
        backup.replace(session, found, seen=seen)


# ---- Whatever is wrong with a file ----------------------------------------------------------


def altered(data: bytes, *changes: Callable[[Files], None], rehash: bool = True) -> bytes:
    """The file with its parts changed; the manifest follows, so that only the change is wrong."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    for change in changes:
        change(files)
    if rehash and "manifest.json" in files:
        describe(files)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in files.items():
            archive.writestr(name, raw)
    return packed.getvalue()


def describe(files: Files) -> None:
    try:
        told = json.loads(files["manifest.json"])
    except (ValueError, RecursionError):
        return
    if not isinstance(told, dict) or not isinstance(told.get("tables"), dict):
        return
    for name, entry in told["tables"].items():
        raw = files.get(f"tables/{name}.jsonl", b"")
        entry |= {"sha256": hashlib.sha256(raw).hexdigest(), "rows": raw.count(b"\n")}
    files["manifest.json"] = json.dumps(told).encode()


def manifest(files: Files, **values: Any) -> None:
    files["manifest.json"] = json.dumps(json.loads(files["manifest.json"]) | values).encode()


def edit(files: Files, table: str, change: Callable[[dict[str, Any]], None]) -> None:
    """Change the first row of a table."""
    first, *rest = files[f"tables/{table}.jsonl"].split(b"\n")
    row = json.loads(first)
    change(row)
    files[f"tables/{table}.jsonl"] = b"\n".join([json.dumps(row).encode(), *rest])


def in_all(files: Files, table: str, change: Callable[[dict[str, Any]], object]) -> None:
    """Change every row of a table."""
    rows = [json.loads(line) for line in files[f"tables/{table}.jsonl"].splitlines()]
    for row in rows:
        change(row)
    files[f"tables/{table}.jsonl"] = b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def without(files: Files, table: str, column: str) -> None:
    edit(files, table, lambda row: row.pop(column))


def value(table: str, **values: Any) -> Callable[[Files], None]:
    return lambda files: edit(files, table, lambda row: row.update(values))


def raw_line(table: str, line: bytes) -> Callable[[Files], None]:
    def change(files: Files) -> None:
        files[f"tables/{table}.jsonl"] = line + b"\n"

    return change


def gone(name: str) -> Callable[[Files], None]:
    return lambda files: files.pop(name) and None


def table_gone(table: str) -> Callable[[Files], None]:
    def change(files: Files) -> None:
        files.pop(f"tables/{table}.jsonl")
        told = json.loads(files["manifest.json"])
        del told["tables"][table]
        files["manifest.json"] = json.dumps(told).encode()

    return change


def table_more(files: Files) -> None:
    files["tables/secrets.jsonl"] = b'{"id": 1}\n'
    told = json.loads(files["manifest.json"])
    told["tables"]["secrets"] = {}
    files["manifest.json"] = json.dumps(told).encode()


def doubled(table: str) -> Callable[[Files], None]:
    def change(files: Files) -> None:
        files[f"tables/{table}.jsonl"] *= 2

    return change


def says(**values: Any) -> Callable[[Files], None]:
    return lambda files: manifest(files, **values)


def whole_manifest(raw: bytes) -> Callable[[Files], None]:
    return lambda files: files.update({"manifest.json": raw})


def extra(name: str) -> Callable[[Files], None]:
    return lambda files: files.update({name: b"x"})


def nested(depth: int) -> bytes:
    return b"[" * depth + b"]" * depth


UNFIT = {
    "it comes from a newer schema": (says(schema="9999"), "newer"),
    "it has a newer format": (says(format=2), "newer"),
    "its format is no number": (says(format="1"), "no backup"),
    "another program made it": (says(product="Paint"), "no backup"),
    "it does not say when it was made": (says(created="yesterday"), "no backup"),
    "it has no schema of ours": (says(schema=None), "newer"),
    "its list of tables is none": (says(tables=[1, 2]), "damaged"),
    "there is no manifest": (gone("manifest.json"), "list of what is in it"),
    "the manifest is no JSON": (whole_manifest(b"{"), "no backup"),
    "the manifest is a list": (whole_manifest(b"[]"), "no backup"),
    "the manifest is not UTF-8": (whole_manifest(b"\xff\xfe{"), "no backup"),
    "the manifest nests a hundred thousand deep": (whole_manifest(nested(100_000)), "no backup"),
    "a part is missing": (gone("tables/need.jsonl"), "damaged"),
    "a part is more than the manifest says": (extra("tables/more.jsonl"), "damaged"),
    "a name leads out of the folder": (extra("../../etc/passwd"), "damaged"),
    "a table is missing altogether": (table_gone("need"), "fit together"),
    "a table is unknown": (table_more, "fit together"),
    "a column is missing": (lambda files: without(files, "person", "hours"), "line 1"),
    "a column is unknown": (value("person", salary=1), "line 1"),
    "a text is a number": (value("person", name=7), "line 1"),
    "a number is a text": (value("person", hours="five"), "line 1"),
    "a number is yes": (value("organisation", staff=True), "line 1"),
    "a whole number is not whole": (value("organisation", staff=1.5), "line 1"),
    "a whole number is far too large": (value("organisation", staff=2**40), "line 1"),
    "yes and no are one and zero": (value("person", active=1), "line 1"),
    "a date is none": (value("quarter", starts_on="2026-02-30"), "line 1"),
    "a moment is none": (value("organisation", created_at="now"), "line 1"),
    "a moment has no time zone": (value("organisation", created_at="2026-01-01T00:00"), "line 1"),
    "a value that must be there is missing": (value("person", name=None), "line 1"),
    "a text holds half a letter": (value("person", name="\ud83e"), "line 1"),
    "half a letter hides in a list": (value("amendment", value=["\ud83e"]), "line 1"),
    "a line is no JSON": (raw_line("need", b"{'id': 1}"), "line 1"),
    "a line is a list": (raw_line("need", b"[1]"), "line 1"),
    "a line nests a hundred thousand deep": (raw_line("need", nested(100_000)), "line 1"),
    "a number has a million digits": (raw_line("unit", b'{"id":' + b"9" * 10**6 + b"}"), "line 1"),
    "a number is not a number": (raw_line("unit", b'{"id": NaN}'), "line 1"),
    "a name stands twice in a row": (raw_line("unit", b'{"id":1,"id":1}'), "line 1"),
    "a person belongs to nobody": (value("person", organisation_id=99), "fit together"),
    "an answer has no respondent": (value("answer", respondent_id=99), "fit together"),
    "an organisation is missing": (raw_line("organisation", b""), "fit together"),
    "every row stands twice": (doubled("need"), "fit together"),
    "a part is not UTF-8": (raw_line("need", b"\xff\xfe"), "no backup"),
}


@pytest.mark.parametrize("fault", UNFIT)
def test_an_unfit_file_is_refused_in_a_sentence_and_nothing_changes(shop: Shop, fault: str) -> None:
    change, word = UNFIT[fault]
    data = altered(saved(), change)
    with nothing_changes(), pytest.raises(Refused, match=word) as refused:
        put_back(data)
    assert str(refused.value).endswith("Nothing was changed.")


def cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def flipped(data: bytes) -> bytes:
    """One bit of a packed part turned over."""
    at = len(data) // 3
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def edited(data: bytes) -> bytes:
    """A row changed by hand; the manifest still has the old hash."""
    return altered(data, value("person", hours=80), rehash=False)


def row_gone(data: bytes) -> bytes:
    def change(files: Files) -> None:
        files["tables/person.jsonl"] = files["tables/person.jsonl"].split(b"\n", 1)[1]

    return altered(data, change, rehash=False)


def locked(data: bytes) -> bytes:
    """Marked as encrypted in both places where a zip says so."""
    return data.replace(b"PK\x03\x04\x14\x00\x00\x00", b"PK\x03\x04\x14\x00\x01\x00").replace(
        b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00"
    )


def bomb(_data: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", b" " * (backup_file.LARGEST_MANIFEST + 1))
    return packed.getvalue()


def many(_data: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number in range(backup_file.MOST_PARTS + 1):
            archive.writestr(str(number), b"")
    return packed.getvalue()


FOREIGN: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "nothing at all": (lambda _: b"", "not a whole zip"),
    "some text": (lambda _: b"name,hours\nAnn,5\n", "not a whole zip"),
    "a database": (lambda _: b"SQLite format 3\x00" + bytes(4096), "not a whole zip"),
    "a Python pickle": (lambda _: b"\x80\x04\x95", "not a whole zip"),
    "half of it": (cut, "not a whole zip"),
    "all but the last byte": (lambda data: data[:-1], "not a whole zip"),
    "one bit turned over": (flipped, "damaged|not a whole zip"),
    "a row edited by hand": (edited, "damaged"),
    "a row cut out": (row_gone, "damaged"),
    "locked with a password": (locked, "damaged"),
    "a bomb": (bomb, "far too large"),
    "a thousand little parts": (many, "damaged"),
    "more than a backup can be": (
        lambda _: bytes(backup_file.LARGEST_FILE + 1),
        "larger than",
    ),
}


def test_the_server_lets_through_what_the_reader_accepts() -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())
    assert config["server"]["maxUploadSize"] * 2**20 == backup_file.LARGEST_FILE


@pytest.mark.parametrize("file", FOREIGN)
def test_what_is_no_whole_backup_is_refused_and_nothing_changes(shop: Shop, file: str) -> None:
    make, word = FOREIGN[file]
    data = make(saved())
    with nothing_changes(), pytest.raises(Refused, match=word):
        put_back(data)


def test_a_file_that_would_unpack_to_too_much_is_refused_before_it_is_unpacked(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = saved()
    monkeypatch.setattr(backup_file, "LARGEST_WHOLE", 1_000)
    with nothing_changes(), pytest.raises(Refused, match="far too large"):
        put_back(data)


def test_a_bit_turned_over_anywhere_is_noticed_or_harmless(shop: Shop) -> None:
    data = saved()
    whole = backup.read(data).rows
    with nothing_changes():
        for at in range(7, len(data), len(data) // 30):
            try:
                found = backup.read(data[:at] + bytes([data[at] ^ 16]) + data[at + 1 :])
            except Refused:
                continue
            assert found.rows == whole


def test_advice_reads_the_same_after_putting_back(shop: Shop) -> None:
    def said() -> str:
        with reading() as session:
            return advice.current(session, shop.id, shop.quarter).facts_hash

    before, data = said(), saved()
    spoil()
    put_back(data)
    assert said() == before
    with reading() as session:
        assert session.query(Recommendation).count() == 2
        assert session.scalar(text("PRAGMA foreign_key_check")) is None


def test_a_round_too_small_to_show_comes_back_whole_and_stays_unseen(session: Session) -> None:
    place = built.harbour(session, staff=9)
    round_ = assessments.open_round(session, *place)
    for _ in range(4):
        person = assessments.join(session, round_.id)
        assessments.record(session, person.id, "listen_first", 1, note="secret")
    assessments.close(session, round_.id)
    data = backup.save(session)
    found = backup.read(data)
    assert [row["note"] for row in found.rows["answer"]] == ["secret"] * 4
    backup.replace(session, found, seen=backup.here(session).digest)
    again = results.results(session, *place)
    assert (again.factors, again.questions, again.notes, again.joined) == ({}, {}, (), 4)
