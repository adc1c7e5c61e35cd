"""``gongkai report rules``."""

import re


def test_every_rule_of_the_contract_is_listed_worst_first(run) -> None:
    rules = run("report", "rules", "--format", "jsonl").objects
    assert {rule["severity"] for rule in rules} == {"error", "warning", "notice"}
    errors = [rule["rule"] for rule in rules if rule["severity"] == "error"]
    assert errors == ["row-total", "column-total", "balance", "review-total", "not-a-count"]
    assert len({rule["rule"] for rule in rules}) == len(rules) == 22
    assert all(rule["title"] and rule["text"] and rule["source"] for rule in rules)


def test_text_in_both_languages(run) -> None:
    chinese, english = run("report", "rules"), run("report", "rules", "--lang", "en")
    assert chinese.code == english.code == 0
    assert "错误 5" in chinese.out and "error 5" in english.out
    for text in (chinese.out, english.out):
        assert "column-total" in text and not re.search(r"rule\.[a-z-]+\.(title|text)", text)
