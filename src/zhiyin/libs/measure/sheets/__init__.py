"""Sheets of answers as people keep them: CSV, XLSX or Parquet, one row a respondent or one row an answer."""

from zhiyin.libs.measure.sheets.errors import Unusable
from zhiyin.libs.measure.sheets.layout import SPOKEN, Answers, answers, column, find, headings, present
from zhiyin.libs.measure.sheets.reading import read
from zhiyin.libs.measure.sheets.sheet import Sheet

__all__ = [
    "SPOKEN",
    "Answers",
    "Sheet",
    "Unusable",
    "answers",
    "column",
    "find",
    "headings",
    "present",
    "read",
]
