"""``security.txt`` says where who stands for the administration today is written to."""

from __future__ import annotations

import pytest
from project import Project

PAGE = "---\ntitle: Fallades\nsummary: S.\n---\nVegeu [on dir-les](/.well-known/security.txt).\n"
HEIR = "---\ntitle: Ajuntament nou\nsummary: S.\nsupersedes: [ajuntament]\n{}---\nT.\n"


@pytest.mark.parametrize("emails", ["emails: [nou@vila.test]\n", ""])
def test_a_link_leads_to_it_where_there_is_one(town: Project, emails: str) -> None:
    town.write("contacts/nou.md", HEIR.format(emails))
    town.write("pages/fallades.md", PAGE)
    told = [one for one in town.errors() if one["path"] == "content/pages/fallades.md"]
    file = town.output / ".well-known/security.txt"
    if emails:
        assert not told
        town.build()
        assert "Contact: mailto:nou@vila.test" in file.read_text("utf-8")
    else:
        [error] = told
        assert error["code"] == "broken-link"
        town.build()
        assert not file.exists()
