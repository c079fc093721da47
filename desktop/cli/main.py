"""The command line's entry: `python -m desktop [--data DIR] [--user NAME] COMMAND …`."""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path

import click

from desktop.cli.answer import DONE, FAULT, USAGE, Ended, answer_fault, tell
from desktop.cli.session import Session, default_data

ROOMS = {
    "records": ("init", "account", "forms", "put", "get", "list", "delete", "history", "undo"),
    "sheets": ("change", "paste", "dispatch", "volumes"),
    "plan": ("plan",),
    "ledger": ("ledger",),
    "problems": ("problem", "home"),
    "exchange": ("export", "import", "conflicts", "decide"),
    "foreign": ("fill",),
    "sticks": ("inbox", "packages", "peers"),
    "printing": ("print", "trace"),
    "submissions": ("prepare", "review", "issue", "difference", "submit", "verify"),
    "delivery": ("deliver", "trust"),
    "city": ("collect", "paper", "collected", "rollup", "receipt"),
    "indicators": ("indicators",),
    "rounds": ("hand-out", "collect-returns", "unanswered"),
    "periods": ("period", "attach", "attachment"),
    "policies": ("policies", "match", "qualify", "claim"),
    "store": ("check", "backup", "restore", "subsidy"),
    "authority": ("authority",),
    "projects": (
        "duplicates",
        "merge-records",
        "separate",
        "copy-project",
        "pipeline",
        "batches",
        "network",
    ),
    "tour": ("tour",),
}


class Rooms(click.Group):
    """Commands are imported when they are called: none waits for the libraries of another."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for names in ROOMS.values() for name in names]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        room = next((room for room, names in ROOMS.items() if cmd_name in names), None)
        if room is None:
            return None
        commands: tuple[click.Command, ...] = importlib.import_module(f"desktop.cli.{room}").COMMANDS
        return next(each for each in commands if each.name == cmd_name)


@click.group(cls=Rooms, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--data", type=click.Path(path_type=Path), default=None, help="数据文件夹")
@click.option("--user", default="", envvar="DESK_USER", help="账号姓名")
@click.pass_context
def desk(context: click.Context, data: Path | None, user: str) -> None:
    """两新工作台：不带命令时打开窗口"""
    context.obj = Session(data or default_data(), user)


def in_words(error: click.UsageError) -> str:
    """A usage error in Chinese: click words its own in English."""
    parameter = error.param if isinstance(error, click.BadParameter) else None
    named = f"“{parameter.human_readable_name}”" if parameter is not None else ""
    if isinstance(error, click.MissingParameter):
        option = getattr(error.param, "opts", [""])[-1]
        return f"缺少 {option if option.startswith('-') else named}"
    if isinstance(error, click.NoSuchOption):
        return f"没有选项 {error.option_name}"
    if isinstance(error, click.BadParameter) and named:
        return f"{named}的值不对"
    if error.message.startswith("No such command"):
        named = error.message.split()[-1].strip(".'")
        return f"没有这个命令 {named}"
    return error.format_message() if not error.message.isascii() else "参数的个数或写法不对"


def main(arguments: list[str]) -> int:
    """Run one command; returns the exit code."""
    as_json = "--json" in arguments
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        desk.main(args=arguments, prog_name="python -m desktop", standalone_mode=False)
    except Ended as ended:
        return ended.code
    except click.UsageError as error:
        answer_fault(f"用法不对：{in_words(error)}", as_json)
        if error.ctx is not None:
            tell(f"请看 {error.ctx.command_path} --help")
        return USAGE
    except click.exceptions.Exit as ended:
        return int(ended.exit_code)
    except click.Abort:
        tell("已取消")
        return USAGE
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as error:  # the last line of defence: a fault of the program is still one sentence
        if os.environ.get("DESK_DEBUG"):
            raise
        fault = f"{type(error).__name__}：{error}"
        answer_fault(f"程序出错，什么也没有写入（{fault}）。请把这句话和所做的操作告诉技术支持", as_json)
        return FAULT
    return DONE
