"""What nobody foresaw is told on a page, in the words of whoever reads it."""

from django.urls import reverse
from tests.site.conftest import FIRST

from gongkai.site import wiring


def test_without_the_key_a_citizen_reads_nothing_of_the_server(county, monkeypatch, tmp_path):
    filed = county.file()
    (tmp_path / "keys" / "outside.key").unlink()
    web = county.web._replace(ledgers=wiring._ledgers(tmp_path, "sha256"))
    monkeypatch.setattr(wiring, "web", lambda: web)
    asked = {"agency": county.ids[FIRST], "number": filed["number"], "code": filed["code"]}
    answer = county.client(None).post(reverse("track"), asked)
    said = answer.content.decode()
    assert answer.status_code == 503 and "系统暂时读不出" in said
    assert str(tmp_path) not in said and "outside.key" not in said and "GONGKAI_DATA" not in said
    assert not (tmp_path / "keys" / "outside.key").exists()
