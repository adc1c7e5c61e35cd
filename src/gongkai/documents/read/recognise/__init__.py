"""Understands an annual report in the blocks of any format: title, parts, tables, figures."""
