"""The manual stays true: commands, forms, keys, links and pictures are those of the program."""

from __future__ import annotations

import importlib.util
import re
import struct
from pathlib import Path

import click
import pytest

from desktop.cli.main import ROOMS, desk
from desktop.model.forms import load_forms
from desktop.model.printed import load_printed

ROOT = Path(__file__).resolve().parents[2]
MANUAL = ROOT / "docs" / "manual"
PICTURES = ROOT / "docs" / "pictures"
CHAPTERS = sorted(MANUAL.glob("*.md"))
COMMANDS = (MANUAL / "14-命令行.md").read_text(encoding="utf-8")
LINK = re.compile(r"\]\(([^)#]+)\)")


def rows(text: str, head: str) -> str:
    """The part of a chapter under a heading."""
    return text.split(f"\n## {head}\n", 1)[1].split("\n## ", 1)[0]


def leaves(name: str) -> list[str]:
    """`receipt` is described as `receipt make` and `receipt read`."""
    command = desk.get_command(click.Context(desk), name)
    assert command is not None
    return [f"{name} {each}" for each in command.commands] if isinstance(command, click.Group) else [name]


@pytest.mark.parametrize("name", [name for names in ROOMS.values() for name in names])
def test_every_command_has_a_line(name: str) -> None:
    lines = [line for line in rows(COMMANDS, "命令").splitlines() if line.startswith("|")]
    first = {re.split(r"[ `]", line[3:])[0]: line for line in lines}
    assert name in first
    assert len(first[name].rsplit("|", 2)[1].strip()) >= 4
    if name != "authority":
        assert all(each in first[name] for each in leaves(name))


def test_no_command_is_described_that_does_not_exist() -> None:
    known = {name for names in ROOMS.values() for name in names}
    told = {re.split(r"[ `]", line[3:])[0] for line in rows(COMMANDS, "命令").splitlines() if line.startswith("| `")}
    assert told <= known


def test_parts_of_the_authority_are_named() -> None:
    line = next(line for line in COMMANDS.splitlines() if line.startswith("| `authority"))
    assert all(f"`{each.split(' ')[1]}`" in line for each in leaves("authority"))


def test_options_named_in_the_manual_exist() -> None:
    for line in rows(COMMANDS, "命令").splitlines():
        if not line.startswith("| `"):
            continue
        name = re.split(r"[ `]", line[3:])[0]
        command = desk.get_command(click.Context(desk), name)
        parts = [command, *getattr(command, "commands", {}).values()]
        known = {opt for part in parts for param in part.params for opt in param.opts} | {"--user", "--data"}
        assert set(re.findall(r"--[a-z-]+", line)) <= known, name


def test_every_record_form_is_named() -> None:
    told = rows(COMMANDS, "记录表")
    for form in load_forms().values():
        assert f"| `{form.name}` | {form.title} |" in told


def test_every_printed_form_is_named_twice() -> None:
    told = rows(COMMANDS, "打印表")
    clerk = (MANUAL / "08-打印.md").read_text(encoding="utf-8")
    printed = load_printed()
    for form in printed.values():
        assert f"| `{form.name}` | {form.title} |" in told
        assert f"\n| {form.title} |" in clerk
    assert f"## {len(printed)} 种表" in clerk


def test_keys_are_those_of_the_program() -> None:
    spec = importlib.util.spec_from_file_location("manual_keys", MANUAL / "keys.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    written = (MANUAL / "13-快捷键.md").read_text(encoding="utf-8")
    assert written == module.chapter(), "运行 python docs/manual/keys.py"


def test_keys_named_in_the_chapters_are_bound() -> None:
    from desktop.ui.kit.keys import KEYS

    known = {key.lower() for each in KEYS.values() for key in (*each.keys, each.shown)}
    for path in CHAPTERS:
        for key in re.findall(r"(?:Ctrl|Alt)\+[A-Za-z0-9]+(?:\+[A-Za-z0-9]+)*", path.read_text(encoding="utf-8")):
            assert key.lower() in known, f"{path.name}：{key}"


@pytest.mark.parametrize("path", [*CHAPTERS, ROOT / "README.md"], ids=lambda path: path.name)
def test_links_and_pictures_are_there(path: Path) -> None:
    for target in LINK.findall(path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target


def test_contents_name_every_chapter() -> None:
    text = (MANUAL / "README.md").read_text(encoding="utf-8")
    told = LINK.findall(text)
    assert told == [path.name for path in CHAPTERS if path.name != "README.md"]


def test_chapters_say_what_the_program_does_not_do() -> None:
    text = (MANUAL / "README.md").read_text(encoding="utf-8")
    assert "电子签名不代替公章" in text
    assert "严禁处理涉密信息" in text
    assert "不防知道密码的人" in text


@pytest.mark.parametrize("path", sorted(PICTURES.glob("*")), ids=lambda path: path.name)
def test_pictures_are_small_and_used(path: Path) -> None:
    data = path.read_bytes()
    assert data.startswith(b"\x89PNG")
    assert len(data) < 120_000
    assert struct.unpack(">II", data[16:24]) == (1366, 768)
    used = "".join(each.read_text(encoding="utf-8") for each in [*CHAPTERS, ROOT / "README.md"])
    assert f"pictures/{path.name}" in used
