"""Sheets of answers as people keep them: CSV, XLSX or Parquet, one row a respondent or one row an answer."""

from zhiyin.libs.measure.sheets.errors import Unusable
from zhiyin.libs.measure.sheets.headings import headings
from zhiyin.libs.measure.sheets.layout import Answers, answers, column, find, look_over, present
from zhiyin.libs.measure.sheets.reading import read
from zhiyin.libs.measure.sheets.sheet import Sheet
from zhiyin.libs.measure.sheets.words import SPOKEN

__all__ = [
    "SPOKEN",
    "Answers",
    "Sheet",
    "Unusable",
    "answers",
    "column",
    "find",
    "headings",
    "look_over",
    "present",
    "read",
]
