"""``gongkai report rules``."""

import re


def test_every_rule_of_the_contract_is_listed_worst_first(run) -> None:
    rules = run("report", "rules", "--format", "jsonl").objects
    assert {rule["severity"] for rule in rules} == {"error", "warning", "notice"}
    errors = [rule["rule"] for rule in rules if rule["severity"] == "error"]
    assert errors == ["row-total", "column-total", "balance", "review-total", "not-a-count"]
    assert len({rule["rule"] for rule in rules}) == len(rules) == 22
    assert all(rule["title"] and rule["text"] and rule["source"] for rule in rules)


def test_each_source_stands_in_the_language_of_the_user_and_whole_in_objects(run) -> None:
    chinese, english = run("report", "rules").out, run("report", "rules", "--lang", "en").out
    said = [line.partition("依据：")[2] for line in chinese.splitlines() if "依据：" in line]
    assert len(said) == 22 and "国办公开办函〔2021〕30号，表三" in said and "·" not in "".join(said)
    assert not re.search("[A-Za-z]{4}", "".join(said))
    for source in ("国办公开办函〔2021〕30号, table three\n", "OGI Regulation, Art. 50; 国办公开办函〔2021〕30号\n"):
        assert f"Source: {source}" in english
    cited = [line.partition("Source: ")[2] for line in english.splitlines() if "Source: " in line]
    assert len(cited) == 22 and not re.search("[表条第部分，；《]", "".join(cited))
    sources = [rule["source"] for rule in run("report", "rules", "--format", "jsonl").objects]
    assert "国办公开办函〔2021〕30号，表三 · table three" in sources


def test_text_in_both_languages(run) -> None:
    chinese, english = run("report", "rules"), run("report", "rules", "--lang", "en")
    assert chinese.code == english.code == 0
    assert "错误 5" in chinese.out and "error 5" in english.out
    for text in (chinese.out, english.out):
        assert "column-total" in text and not re.search(r"rule\.[a-z-]+\.(title|text)", text)
