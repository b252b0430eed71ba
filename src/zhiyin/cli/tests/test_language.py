"""Which language the command speaks."""

import pytest

from zhiyin.cli import language


@pytest.mark.parametrize(
    ("environ", "spoken"),
    [
        ({}, "zh_Hans"),
        ({"LANG": "C.UTF-8"}, "zh_Hans"),
        ({"LANG": "POSIX"}, "zh_Hans"),
        ({"LANG": "zh_CN.UTF-8"}, "zh_Hans"),
        ({"LANG": "zh_TW.UTF-8"}, "zh_Hant"),
        ({"LANG": "zh-Hant-HK"}, "zh_Hant"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, "zh_Hans"),
        ({"LANG": "zh_CN.UTF-8", "LANGUAGE": "en:zh_CN"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "zh_Hans"),
    ],
)
def test_the_terminal_decides_and_chinese_is_the_default(environ, spoken):
    assert language.chosen(environ) == spoken


@pytest.mark.parametrize(
    ("environ", "asked"),
    [
        ({}, ""),
        ({"LANG": "en_US.UTF-8"}, ""),
        ({"LC_ALL": "en_US.UTF-8"}, ""),
        ({"LANGUAGE": "en_US:en", "LANG": "en_US.UTF-8"}, ""),
        ({"LANGUAGE": "C"}, ""),
        ({"LANGUAGE": "en"}, "en"),
        ({"LANGUAGE": "en_GB.UTF-8"}, "en"),
        ({"LANGUAGE": "zh_TW"}, "zh-hant"),
        ({"LANGUAGE": "zh_CN", "LANG": "en_US.UTF-8"}, "zh-hans"),
    ],
)
def test_only_a_language_named_on_purpose_is_asked_for(environ, asked):
    assert language.asked(environ) == asked
