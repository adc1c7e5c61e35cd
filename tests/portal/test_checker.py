"""The checker through the web: files in, findings and corrected reports out."""

import json
import time

import pytest
from django.conf import settings
from tests.portal.conftest import CIVIL, EXAMPLES, TOTAL, WATER, page, sent, with_figure

from gongkai.documents.read.report import read_report
from gongkai.pages import naming
from gongkai.pages.language import speaking


def test_several_files_give_a_table_and_each_broken_one_costs_only_itself(client):
    broken = [("空.docx", b""), ("x.docx", b"PK\x03\x04junk"), ("x.pdf", b"%PDF-1.7 junk"), ("x.json", b"[" * 99999)]
    shown = page(client, sent(client, CIVIL, *broken, ("README.md", b"# Gongkai"), WATER))
    rows = [row.split("</tr>")[0] for row in shown.split("<tr>")[2:]]
    assert len(rows) == 7
    assert "青川市云岭区民政局 · 2025年度" in rows[0] and "有错误" in rows[0]
    assert [cell.split("<")[0] for cell in rows[0].split('class="numeric">')[1:]] == ["3", "3", "0"]
    assert all("没有读出报告" in row and "href" not in row for row in rows[1:6])
    assert "没有发现问题" in rows[6]
    assert "没有找到政府信息公开工作年度报告" in shown and "Traceback" not in shown and "/checker/" not in rows[1]
    assert str(settings.DATA) not in shown


def test_the_report_stands_beside_its_findings_and_each_leads_to_its_place(client):
    shown = page(client, sent(client, CIVIL) + "1/")
    cell = shown.split('id="cell-requests-total-total"')[1].split("</td>")[0]
    assert 'class="figure due"' in cell and ">11<" in cell and cell.count("错误") == 3
    assert shown.count('href="#cell-requests-total-total"') == 3
    assert "与本行各栏之和 12 不符" in shown and "算式：" in shown
    assert "全年新收政府信息公开申请11件" in shown.split("<mark ")[1]
    for place in {piece.split('"')[0] for piece in shown.split('href="#')[1:]}:
        assert f'id="{place}"' in shown, place
    ids = [piece.split('"')[0] for piece in shown.split(' id="')[1:]]
    assert len(ids) == len(set(ids))
    assert "<del>11</del>" in shown and "<ins>12</ins>" in shown and "更正以后还有错误 0" in shown


def test_the_sum_that_fails_is_said_with_its_figures(client):
    client.cookies["lang"] = "en"
    shown = page(client, sent(client, EXAMPLES / "yunling-culture-2025.xlsx") + "1/")
    assert "The sum: 3 (natural person) = 3; the table has 2. Cells not named are 0." in shown
    assert "requests received and handled: I. new requests · total" in shown
    assert 'lang="zh-CN"' in shown


def test_every_word_of_the_pages_is_there_in_english(client):
    client.cookies["lang"] = "en"
    address = sent(client, CIVIL)
    for each in ("/checker/", address, f"{address}1/"):
        shown = page(client, each)
        assert "checker." not in shown.replace("checker.css", "") and "terminal." not in shown


@pytest.mark.parametrize("kind", ["docx", "pdf", "xlsx", "html"])
def test_every_download_reads_back_with_the_corrected_figures(client, tmp_path, kind):
    answer = client.get(sent(client, CIVIL) + f"1/corrected/?to={kind}&way=1")
    assert answer["Content-Disposition"].startswith("attachment") and answer["Cache-Control"] == "no-store"
    (tmp_path / f"back.{kind}").write_bytes(answer.content)
    back, before = read_report(tmp_path / f"back.{kind}"), read_report(CIVIL)
    assert (before.value(TOTAL), back.value(TOTAL)) == (11, 12)
    assert {id for id in before.form.types if back.value(id) != before.value(id)} == {TOTAL}


def test_the_findings_are_json_lines(client):
    lines = client.get(sent(client, CIVIL) + "1/findings/").content.decode().splitlines()
    found = [json.loads(line) for line in lines]
    assert [each["rule"] for each in found[:3]] == ["row-total", "column-total", "balance"]
    assert found[0]["source"] == CIVIL.name and found[0]["repair"]["changes"] == [{"cell": TOTAL, "from": 11, "to": 12}]


def test_the_real_sample_is_found_out_and_mended(client, shared, tmp_path):
    address = sent(client, shared / "samples" / "changyi-2021.txt")
    shown = page(client, address + "1/")
    assert "改 2 处即可恢复全部勾稽关系" in shown and shown.count('class="mark due"') == 4
    (tmp_path / "back.html").write_bytes(client.get(address + "1/corrected/?to=html").content)
    assert read_report(tmp_path / "back.html").value(TOTAL) == 1


def test_of_several_corrections_one_is_chosen(client, tmp_path):
    address = sent(client, with_figure("review/reconsideration/total", 7)) + "1/"
    shown = page(client, address)
    assert '<select id="way"' in shown
    files = [client.get(f"{address}corrected/?to=html&way={way}").content for way in (1, 2)]
    assert files[0] != files[1]
    last = shown.count("<option")
    assert last == 5 and "最少改 1 处，有 5 种方式" in shown
    assert client.get(f"{address}corrected/?to=html&way={last}").status_code == 200
    for wrong in (0, last + 1, "x", "", "²"):
        assert client.get(f"{address}corrected/", {"to": "html", "way": wrong}).status_code == 404
    assert client.get(f"{address}corrected/?to=exe").status_code == 404


def test_text_of_a_report_is_shown_as_text(client):
    text = WATER.read_text(encoding="utf-8").replace("</h1>", "&lt;img src=x onerror=alert(1)&gt;</h1>", 1)
    shown = page(client, sent(client, ("x.html", text.encode())) + "1/")
    assert "<img" not in shown
    answer = client.get("/checker/")
    assert (
        "script-src" in answer["Content-Security-Policy"] or "default-src 'self'" in answer["Content-Security-Policy"]
    )


def test_files_of_an_address_that_are_not_there(client):
    address = sent(client, WATER, ("x.md", b"x"))
    for each in ("0/", "2/", "3/", "2/findings/"):
        page(client, address + each, 404)


def test_a_format_that_fails_is_told(client, monkeypatch):
    def fail(*_, **__):
        raise ValueError("/secret/path")

    address = sent(client, CIVIL)
    monkeypatch.setattr("gongkai.portal.checker.making.write_report", fail)
    shown = page(client, f"{address}1/corrected/?to=pdf")
    assert "意外错误（ValueError）" in shown and "/secret" not in shown


def test_a_group_of_cells_has_a_name_in_english():
    with speaking("en"):
        name = naming.cell_name(read_report(WATER).form, "requests/refused/total")
    assert name == "requests received and handled: (3) refused · total"


def test_a_check_is_quick(client):
    address = sent(client, WATER)
    begun = time.process_time()
    page(client, address)
    page(client, address + "1/")
    assert time.process_time() - begun < 2


def test_in_english_cells_have_names(client):
    address = sent(client, CIVIL)
    client.cookies["lang"] = "en"
    shown = page(client, address + "1/")
    assert "requests received and handled: (7) total · total reads 11" in shown and "requests/total/total" not in shown
