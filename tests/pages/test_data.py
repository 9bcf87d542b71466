"""Backup and data: taken home, put back after asking, refused in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from models.base import Base
from models.database import reading, writing
from models.organisation import Organisation
from services import backup, organisations
from services.organisations import Profile
from tests.pages.conftest import TODAY, OpenPage
from tests.pages.test_organisation import another
from tests.pages.test_overview import words
from tests.services import built
from tests.services.test_backup import content
from ui import backups

PAGE = "behind/data"


def saved() -> bytes:
    with reading() as session:
        return backup.save(session)


def names() -> set[str]:
    with reading() as session:
        return {row.name for row in organisations.listed(session)}


def uploaded(app: AppTest, data: bytes, name: str = "backup.zip") -> AppTest:
    return app.file_uploader(key="backup_0").upload(name, data, "application/zip").run()


def rows(app: AppTest) -> dict[str, tuple[int, int]]:
    table = app.table[0].value
    return {
        what: (file, here)
        for what, file, here in zip(
            table["What"], table["In the file"], table["Here now"], strict=True
        )
    }


@pytest.fixture
def full(database: Path) -> bytes:
    """The backup of a full shop, after which another organisation came."""
    with writing() as session:
        shop = built.shop(session)
        built.everything(session, shop)
    data = saved()
    with writing() as session:
        session.query(Organisation).delete()
    another("Later *one*")
    return data


def test_on_an_empty_computer_a_backup_can_only_be_put_back(open_page: OpenPage) -> None:
    app = open_page(PAGE)
    assert "Nothing is here yet" in app.info[0].value
    assert not app.get("download_button")
    assert app.file_uploader


def test_it_says_for_whom_the_file_is_before_it_can_be_saved(
    open_page: OpenPage, shop: str
) -> None:
    app = open_page(PAGE, organisation=shop)
    assert "answers and notes of single people" in app.warning[0].value
    (button,) = app.get("download_button")
    assert button.proto.disabled
    app.checkbox(key="mine").check().run()
    (button,) = app.get("download_button")
    assert not button.proto.disabled


def test_what_is_saved_is_everything(open_page: OpenPage, shop: str) -> None:
    assert backup.read(backups._file()).summary.organisations == (shop,)


def test_a_file_is_compared_with_what_is_here_before_anything_changes(
    open_page: OpenPage, full: bytes
) -> None:
    before = content()
    app = uploaded(open_page(PAGE), full)
    assert rows(app)["Organisations"] == (1, 1)
    assert rows(app)["People"] == (2, 0)
    assert "In the file: Corner Bakery" in words(app)
    assert "Here now: Later \\*one\\*" in words(app)
    assert app.button(key="put_back").disabled
    assert content() == before


def sure(app: AppTest) -> AppTest:
    (box,) = [box for box in app.checkbox if str(box.key).startswith("sure_")]
    return box.check().run()


def test_it_is_put_back_after_a_yes(open_page: OpenPage, full: bytes) -> None:
    app = sure(uploaded(open_page(PAGE), full))
    app.button(key="put_back").click().run()
    assert "Everything is as it was" in app.success[0].value
    assert names() == {"Corner Bakery"}
    assert app.selectbox(key="organisation").value == "Corner Bakery"
    assert not app.get("table")


def test_other_open_windows_forget_rows_that_are_no_longer_the_same(
    open_page: OpenPage, full: bytes
) -> None:
    other = open_page(PAGE)
    other.session_state["respondent_1"] = 1
    app = sure(uploaded(open_page(PAGE), full))
    app.button(key="put_back").click().run()
    assert "respondent_1" in other.session_state
    other.run()
    assert "respondent_1" not in other.session_state
    assert other.selectbox(key="organisation").value == "Corner Bakery"


def test_into_an_empty_database_it_goes_without_a_question(
    open_page: OpenPage, full: bytes
) -> None:
    with writing() as session:
        session.query(Organisation).delete()
    app = uploaded(open_page(PAGE), full)
    app.button(key="put_back").click().run()
    assert names() == {"Corner Bakery"}


def test_the_same_as_here_is_not_put_back(open_page: OpenPage, shop: str) -> None:
    app = open_page(PAGE, organisation=shop)
    uploaded(app, saved())
    assert "exactly what is here already" in words(app)
    assert not [button for button in app.button if button.key == "put_back"]


@pytest.mark.parametrize("data", [b"", b"hello", b"PK\x03\x04"])
def test_what_is_no_backup_is_refused_in_a_sentence(
    open_page: OpenPage, shop: str, data: bytes
) -> None:
    before = content()
    app = uploaded(open_page(PAGE, organisation=shop), data)
    assert "Nothing was changed" in app.error[0].value
    assert "not a whole zip file" in app.error[0].value
    assert content() == before


def test_what_changed_after_the_question_is_not_overwritten(
    open_page: OpenPage, full: bytes
) -> None:
    app = sure(uploaded(open_page(PAGE), full))
    with writing() as session:
        said = Profile("Came in between", 3, "business", "consumers", "de")
        organisations.create(session, said, on=TODAY)
    app.button(key="put_back").click().run()
    assert "Somebody changed something here meanwhile" in app.error[0].value
    assert "Came in between" in names()
    assert rows(app)["Organisations"] == (1, 2)


def test_every_table_has_a_name_that_people_understand() -> None:
    assert set(backups.WORDS) == set(Base.metadata.tables)
