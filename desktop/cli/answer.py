"""How every command answers: one JSON document with --json, plain Chinese without; exit codes by what went wrong."""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import click

from desktop.model.errors import DeskError, MachineFault, Refused, os_words

DONE, REFUSED, USAGE, FAULT = 0, 1, 2, 3
R = TypeVar("R")


class Ended(Exception):
    """A command that has answered and ends with this exit code."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def answer(data: dict[str, Any], text: str, as_json: bool) -> None:
    """Write the result of a command."""
    if as_json:
        sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=1) + "\n")
    elif text:
        sys.stdout.write(text.rstrip("\n") + "\n")
    sys.stdout.flush()


def tell(text: str) -> None:
    """Progress and messages go to stderr."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def plain(value: object) -> object:
    """JSON values of the details of an error."""
    return str(value) if isinstance(value, Decimal) else value


def failed(error: DeskError, as_json: bool) -> int:
    """Answer with an error; returns the exit code."""
    code = FAULT if isinstance(error, MachineFault) else REFUSED
    details = error.details if isinstance(error, Refused) else []
    answer_fault(str(error), as_json, [{key: plain(value) for key, value in each.items()} for each in details])
    return code


def answer_fault(message: str, as_json: bool, details: list[dict[str, object]] | None = None) -> None:
    """One sentence on stderr; with --json a document on stdout, which names every error."""
    if as_json:
        answer({"message": message, "errors": details or [{"message": message}]}, "", True)
    tell(message)


def command(action: Callable[..., R]) -> Callable[..., R]:
    """A command with `--json`, whose errors become sentences and exit codes."""

    @click.option("--json", "as_json", is_flag=True, help="结果写成一个 JSON 文档")
    @functools.wraps(action)
    def run(*args: Any, as_json: bool, **kwargs: Any) -> R:
        try:
            return action(*args, as_json=as_json, **kwargs)
        except DeskError as error:
            raise Ended(failed(error, as_json)) from error
        except OSError as error:
            fault = MachineFault(f"{error.filename or ''}：{os_words(error)}。请检查文件和磁盘后再试")
            raise Ended(failed(fault, as_json)) from error

    return run


def read_json(path: str) -> Any:
    """JSON of a file or of standard input (`-`). Numbers keep all their digits."""
    try:
        text = read_text(path)
        return json.loads(text, parse_float=Decimal, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        where = "标准输入" if path == "-" else path
        raise Refused(f"{where} 不是可读的 JSON（{_json_fault(error)}）。请核对后再试") from error


def _json_fault(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"第 {error.lineno} 行第 {error.colno} 个字附近"
    return "嵌套太深" if isinstance(error, RecursionError) else str(error)


def read_text(path: str) -> str:
    """Text of a file or of standard input (`-`). Raises Refused when it is not there or no UTF-8."""
    if path == "-":
        return sys.stdin.read()
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except (FileNotFoundError, IsADirectoryError) as error:
        raise Refused(f"找不到文件 {path}，请核对路径") from error
    except UnicodeDecodeError as error:
        raise Refused(f"{path} 不是 UTF-8 文本，请另存为 UTF-8") from error


def _refuse_constant(text: str) -> Any:
    raise ValueError(f"{text} 不是数")
