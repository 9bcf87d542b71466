"""Words that are far too long: refused in a sentence, never dropped by the field itself."""

from __future__ import annotations

import pytest

from tests.pages.conftest import ROOT, OpenPage


def test_a_name_far_too_long_is_not_kept_and_not_lost(open_page: OpenPage) -> None:
    app = open_page("start/begin")
    app.text_input(key="begin_who_name").set_value("x" * 200).run()
    (button,) = [one for one in app.button if one.label == "Go on"]
    button.click().run()
    (warning,) = app.warning
    assert "Please shorten the name to 80 letters" in warning.value
    assert app.text_input(key="begin_who_name").value == "x" * 200


@pytest.mark.parametrize("folder", ["ui", "pages"])
def test_no_field_has_a_limit_of_its_own_because_it_drops_what_is_pasted(folder: str) -> None:
    files = sorted((ROOT / folder).rglob("*.py"))
    assert files
    assert [file.name for file in files if "max_chars" in file.read_text()] == []
