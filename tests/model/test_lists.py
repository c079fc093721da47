"""The value lists and finding values in them."""

from __future__ import annotations

import subprocess
import sys

import pytest

from desktop.model import pinyin
from desktop.model.errors import Refused
from desktop.model.lists import list_names, load_list, parse_list


def _names(name: str, query: str) -> list[str]:
    return [value.name for value in load_list(name).search(query)]


def test_every_list_loads() -> None:
    assert {"districts", "industries", "goods", "fund_field", "townships-practice"} <= set(list_names())
    assert all(load_list(name).values for name in list_names())


def test_districts_know_their_old_codes() -> None:
    districts = load_list("districts")
    assert districts.name("370181") == districts.name("370114") == "章丘区"
    assert districts.code("370125") == "370115"
    assert districts.code(" 平阴县 ") == "370124"
    practice = [value.name for value in districts.values if value.practice]
    assert practice == ["示例区"]
    assert "示例区" not in [value.name for value in districts.search("", practice=False)]


def test_industries_are_the_sections_and_divisions_of_the_standard() -> None:
    values = load_list("industries").values
    assert "".join(value.code for value in values if not value.parent) == "ABCDEFGHIJKLMNOPQRST"
    assert [value.code for value in values if value.parent] == [f"{n:02}" for n in range(1, 98)]
    counts = {s: sum(value.parent == s for value in values) for s in "ABCDEFGHIJKLMNOPQRST"}
    assert list(counts.values()) == [5, 7, 31, 3, 4, 2, 8, 2, 3, 4, 1, 2, 3, 4, 3, 1, 2, 5, 6, 1]
    assert load_list("industries").name("42") == "废弃资源综合利用业"


def test_search_by_code_name_and_first_letters() -> None:
    assert _names("industries", "C36") == ["汽车制造业"]
    assert _names("industries", "qczzy")[0] == "汽车制造业"
    assert _names("goods", "金属") == ["废有色金属"]
    assert _names("goods", "FYSJS") == ["废有色金属"]
    assert _names("districts", "cqq") == ["长清区"]
    assert _names("districts", "zhangqiu") == ["章丘区"]
    assert _names("districts", "37011")[0] == "历城区"
    assert _names("districts", "没有") == []


def test_practice_townships_have_their_tiles() -> None:
    values = load_list("townships-practice").values
    assert len(values) == len({(value.row, value.column) for value in values}) == 12
    tile = {value.name: (value.row, value.column) for value in values}
    assert (tile["长风镇"], tile["麦浪镇"], tile["石榴镇"]) == ((1, 2), (3, 4), (4, 3))


def test_a_wrong_value_is_answered_with_near_ones() -> None:
    with pytest.raises(Refused, match="废有色金属"):
        load_list("goods").require("金属")
    assert load_list("goods").require("废纸").code == "paper"
    for name in ("nothing", "../forms/site"):
        with pytest.raises(Refused, match="没有叫"):
            load_list(name)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('title = "甲"\ncolour = 1', "colour"),
        ('title = "甲"\n[[value]]\ncode = "a"\nname = "乙"\nhue = "red"', "hue"),
        ('title = "甲"\n[[value]]\ncode = 1\nname = "乙"', "类型不对"),
        ('title = "甲"\n[[value]]\ncode = "a"', "缺少"),
        ('title = "甲"\n[[value]]\ncode = "a"\nname = "乙"\n[[value]]\ncode = "b"\nname = "丙"\nold = ["a"]', "两处"),
        ('title = "甲"\n[[value]]\ncode = "a"\nname = "乙"\nparent = "z"', "上级代码"),
        ("value = []", "title"),
        ('title = "甲"\n[[value\ncode = 1', "第 2 行"),
    ],
)
def test_a_faulty_list_is_refused(text: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        parse_list("sample", text)


def test_first_letters() -> None:
    assert pinyin.initials("示例重工有限公司") == "slzgyxgs"
    assert pinyin.initials("5G工厂（一期）") == "5ggcyq"
    assert pinyin.initials("长清区") == "cqq"
    assert pinyin.initials("") == ""


def test_matches() -> None:
    assert pinyin.matches("zhonggong", "示例重工")
    assert not pinyin.matches("ong", "示例重工")
    assert pinyin.matches("重工", "示例重工")
    assert pinyin.matches("", "示例重工")
    assert not pinyin.matches("重汽", "示例重工")


def test_the_dictionary_is_loaded_late() -> None:
    code = "import sys, desktop.model.lists as l; l.load_list('goods'); sys.exit('pypinyin' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
