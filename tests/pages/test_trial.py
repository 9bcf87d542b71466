"""The page on which the advice is tried."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

APP = str(Path(__file__).parents[2] / "streamlit_app.py")


def opened() -> AppTest:
    app = AppTest.from_file(APP, default_timeout=30).run()
    assert not app.exception
    return app


def test_without_an_objective_the_page_says_what_to_do_next() -> None:
    assert "Choose at least one objective" in opened().info[0].value


def test_an_objective_brings_advice_whose_parts_add_up() -> None:
    app = opened()
    app.multiselect[0].set_value(["sales"]).run()
    assert not app.exception
    first = app.expander[0]
    parts = [float(text.value.split()[0]) for text in first.text if text.value[0] in "+-"]
    assert parts
    assert float(first.label.split(": ")[-1].split()[0]) == sum(parts)


def test_a_door_for_service_stays_closed_without_people_behind_it() -> None:
    app = opened()
    app.multiselect[0].set_value(["service"]).run()
    assert any("nobody is there to answer" in text.value for text in app.text)
    app.toggle[1].set_value(True).run()
    assert not any("nobody is there to answer" in text.value for text in app.text)
