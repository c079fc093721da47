"""统一社会信用代码 and 投资项目统一代码; all codes are invented, with check characters made for them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.model.codes import (
    USCC_ALPHABET,
    check_project_code,
    check_uscc,
    codes_of_district,
    organisation_check_character,
    uscc_check_character,
)
from desktop.model.errors import Refused

OWN = codes_of_district("370114")


def made(head: str = "91370112", body: str = "MA000000") -> str:
    """An invented code with both check characters right."""
    first17 = head + body + organisation_check_character(body)
    return first17 + uscc_check_character(first17)


def said(code: str) -> list[tuple[str, str]]:
    return [(finding.level, finding.message) for finding in check_uscc(code)]


def test_the_example_printed_in_the_standard() -> None:
    # GB 32100-2015 appendix: 91350100M000100Y43, whose organisation code M000100Y-4 is right as well.
    assert check_uscc("91350100M000100Y43") == []
    assert organisation_check_character("M000100Y") == "4"


def test_the_example_of_the_organisation_code_standard() -> None:
    # GB 11714-1997: D2143569-X.
    assert organisation_check_character("D2143569") == "X"


@pytest.mark.parametrize("kind", ["91", "92", "93", "11", "12", "N2", "Y1", "A1"])
def test_right_codes_have_no_finding(kind: str) -> None:
    code = made(f"{kind}370112")
    assert said(code) == said(f" {code}　") == []
    assert said("") == []


@pytest.mark.parametrize("wrong", sorted(set(USCC_ALPHABET) - {made()[17]}))
def test_every_wrong_last_character_blocks(wrong: str) -> None:
    findings = check_uscc(made()[:17] + wrong)
    assert [finding.level for finding in findings] == ["block"]
    assert f"第 18 位“{wrong}”" in findings[0].message and f"“{made()[17]}”" in findings[0].message


def test_a_wrong_organisation_check_character_only_warns() -> None:
    right = made()
    for wrong in "0123456789X":
        if wrong != right[16]:
            code = right[:16] + wrong
            findings = check_uscc(code + uscc_check_character(code))
            assert [finding.level for finding in findings] == ["warn"]
            assert "第 17 位" in findings[0].message


def test_what_else_looks_odd_warns() -> None:
    assert [level for level, _ in said(made("B1370112"))] == ["warn"]
    assert "第 3 至 8 位" in said(made("913701A2"))[0][1]


@pytest.mark.parametrize(
    ("code", "part"),
    [
        (made()[:8] + "m" + made()[9:], "第 9 位“m”应为大写“M”"),
        (made()[:17], "应为 18 位，现在是 17 位"),
        (made() + "0", "应为 18 位，现在是 19 位"),
        (made()[:10] + "O" + made()[11:], "第 11 位“O”不会出现在代码里，可能是数字 0"),
        (made()[:10] + "I" + made()[11:], "第 11 位“I”不会出现在代码里，可能是数字 1"),
        (made()[:10] + "z" + made()[11:], "第 11 位“z”不会出现在代码里，可能是数字 2"),
        ("９" + made()[1:], "第 1 位“９”应写成半角大写“9”"),
        (made()[:8] + "Ｍ" + made()[9:], "第 9 位“Ｍ”应写成半角大写“M”"),
        (made()[:8] + "*" + made()[9:], "第 9 位“*”不是代码用的字符"),
        (made()[:8] + "٣" + made()[9:], "第 9 位“٣”不是代码用的字符"),
        (made()[:8] + " " + made()[8:], "中间有空格或短横"),
        ("370112000000000", "15 位的旧注册号"),
        ("MA000000-0", "9 位的组织机构代码"),
        ("9.13701E+17", "科学计数"),
    ],
)
def test_misspelt_codes_block_and_name_the_place(code: str, part: str) -> None:
    findings = said(code)
    assert {level for level, _ in findings} == {"block"}
    assert part in findings[0][1]


@pytest.mark.parametrize("first17", ["", "9137011200000000", "9137011200000000O", "9137011200000000a", "٣" * 17])
def test_no_check_character_for_what_is_no_code(first17: str) -> None:
    with pytest.raises(Refused):
        uscc_check_character(first17)


@given(st.text(USCC_ALPHABET, min_size=17, max_size=17), st.integers(0, 17), st.sampled_from(USCC_ALPHABET))
def test_any_single_slip_is_seen(first17: str, place: int, other: str) -> None:
    code = first17 + uscc_check_character(first17)
    assert not any(finding.blocks for finding in check_uscc(code))
    slipped = code[:place] + other + code[place + 1 :]
    assert any(finding.blocks for finding in check_uscc(slipped)) == (slipped != code)


@given(st.text(max_size=20))
def test_any_other_text_blocks_with_sentences(text: str) -> None:
    findings = check_uscc(text)
    assert all("\n" not in finding.message for finding in findings)
    assert any(finding.blocks for finding in findings) or text.strip() == ""


@pytest.mark.parametrize("code", ["2405-370114-04-01-000000", "2412-370181-89-02-999999", " 2401-370114-04-01-000001 "])
def test_right_project_codes(code: str) -> None:
    assert check_project_code(code, OWN) == []
    assert check_project_code("", OWN) == []


@pytest.mark.parametrize("month", ["00", *(f"{month}" for month in range(13, 100))])
def test_every_wrong_month_blocks(month: str) -> None:
    findings = check_project_code(f"24{month}-370114-04-01-000000", OWN)
    assert [(finding.level, finding.message) for finding in findings] == [
        ("block", f"投资项目统一代码第 3 至 4 位“{month}”不是月份，应为 01—12")
    ]


def test_another_region_warns() -> None:
    findings = check_project_code("2405-370112-04-01-000000", OWN)
    assert [finding.level for finding in findings] == ["warn"]
    assert "“370112”" in findings[0].message and "370114、370181" in findings[0].message
    assert check_project_code("2405-370112-04-01-000000", set()) == []


@pytest.mark.parametrize(
    ("code", "part"),
    [
        ("24053701140401000000", "少了短横，应写成 2405-370114-04-01-000000"),
        ("2405370114040100000", "应为五段，现在是 1 段"),
        ("2405-370114-04-01-00000", "第 5 段应为 6 位数字，现在是 5 位"),
        ("2405-37011-04-01-000000", "第 2 段应为 6 位数字，现在是 5 位"),
        ("24053-370114-04-01-000000", "第 1 段应为 4 位数字"),
        ("2405-370114-04-000000", "应为五段，现在是 4 段"),
        ("２405-370114-04-01-000000", "应写成半角 2405-370114-04-01-000000"),
        ("2405—370114—04—01—000000", "应写成 2405-370114-04-01-000000"),
        ("2405-370114-04-01-00000A", "第 24 个字符“A”不对"),
        ("2405-370114-04-01-00000٣", "第 24 个字符“٣”不对"),
        ("2.40537E+23", "科学计数"),
        ("2405-370114-04-01-000000\n1", "应如"),
    ],
)
def test_misspelt_project_codes_block(code: str, part: str) -> None:
    findings = check_project_code(code, OWN)
    assert [finding.level for finding in findings] == ["block"]
    assert part in findings[0].message


@given(st.text(max_size=28) | st.text("0123456789-—", max_size=28))
def test_any_text_is_a_project_code_or_blocks(text: str) -> None:
    findings = check_project_code(text, OWN)
    assert len(findings) <= 2 and all("\n" not in finding.message for finding in findings)
