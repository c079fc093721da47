"""Names that mean the same, and names that do not."""

from __future__ import annotations

import random

import pytest

from desktop.model.near_names import NearIndex, core, near, same_place

DISTRICT = "示例区"
ALIKE = [
    ("云帆重工有限公司", "云帆重工有限公司", "名称相同"),
    ("云帆 重工有限公司", "云帆重工有限公司", "空格不同"),
    ("云帆　重工有限公司", "云帆重工有限公司", "空格不同"),
    ("云帆ＡＢＣ有限公司", "云帆abc有限公司", "全角、半角或大小写不同"),
    ("云帆２０号站", "云帆20号站", "全角、半角或大小写不同"),
    ("云帆（济南）机械有限公司", "云帆(济南)机械有限公司", "全角、半角或大小写不同"),
    ("云帆〔济南〕机械有限公司", "云帆（济南）机械有限公司", "括号或标点不同"),
    ("云帆·星河科技有限公司", "云帆星河科技有限公司", "括号或标点不同"),
    ("云帆重工有限责任公司", "云帆重工有限公司", "“有限公司”与“有限责任公司”不同"),
    ("云帆（济南）机械有限责任公司", "云帆(济南)机械有限公司", "“有限公司”与“有限责任公司”不同"),
    ("云帆重工股份公司", "云帆重工股份有限公司", "“有限公司”与“有限责任公司”不同"),
    ("济南云帆重工有限公司", "云帆重工有限公司", "前面的地名不同"),
    ("山东省济南市云帆重工有限公司", "济南云帆重工有限公司", "前面的地名不同"),
    ("示例区云帆重工有限公司", "云帆重工有限公司", "前面的地名不同"),
    ("济南市历城区云帆重工有限公司", "云帆重工有限公司", "前面的地名不同"),
    ("云帆重工", "云帆重工有限公司", "一个是全称，一个是简称"),
    ("云帆重工集团", "云帆重工集团股份有限公司", "一个是全称，一个是简称"),
    ("云帆星河重工有限公司", "云帆星河重土有限公司", "差一个字"),
    ("云帆星河重工有限公司", "云帆星河重重工有限公司", "差一个字"),
]
APART = [
    ("云帆重工有限公司", "星河重工有限公司"),
    ("云帆重工一厂", "云帆重工二厂"),
    ("云帆东站回收点", "云帆西站回收点"),
    ("云帆回收站1", "云帆回收站2"),
    ("云帆回收站", "云帆回收站2"),
    ("云帆有限公司", "星帆有限公司"),
    ("济南", "济南市"),
    ("", "云帆重工有限公司"),
    ("云帆重工有限公司", "云帆重工物流有限公司"),
]


@pytest.mark.parametrize(("left", "right", "why"), ALIKE)
def test_alike(left: str, right: str, why: str) -> None:
    assert near(left, right, DISTRICT) == near(right, left, DISTRICT) == why


@pytest.mark.parametrize(("left", "right"), APART)
def test_apart(left: str, right: str) -> None:
    assert near(left, right, DISTRICT) == near(right, left, DISTRICT) == ""


def test_rare_characters_stay_what_they_are() -> None:
    assert core("①号㛃厂") == "①号㛃厂"


def test_the_index_finds_what_comparing_all_would_find() -> None:
    chance = random.Random(9)
    names = {
        f"{place}": "".join(chance.choice("云帆星河重工机械") for _ in range(5)) + "有限公司" for place in range(300)
    }
    index = NearIndex(names, DISTRICT)
    for asked in list(names.values())[:40]:
        slow = {record for record, name in names.items() if near(name, asked, DISTRICT)}
        assert {record for record, _ in index.near(asked)} == slow


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("示例区星河街道示例路1号", "星河街道示例路１号", True),
        ("济南市示例区星河街道示例路1号", "示例区星河街道示例路 1号", True),
        ("星河街道示例路1号", "星河街道示例路2号", False),
        ("", "", False),
        ("路口", "路口", False),
    ],
)
def test_addresses(left: str, right: str, same: bool) -> None:
    assert same_place(left, right, DISTRICT) is same
