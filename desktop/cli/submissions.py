"""prepare, review, issue, submit, verify."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

import click

from desktop.actions import checking
from desktop.actions import submissions as actions
from desktop.cli.answer import Ended, answer, command
from desktop.cli.session import Session, pass_session, password
from desktop.store.submissions import Submission


def _shown(submission: Submission, as_json: bool, **more: Any) -> None:
    data = {
        "submission": submission.id, "data_digest": submission.data_digest, "state": submission.state,
        "form": submission.form, "period": submission.period, "sequence": submission.sequence,
        "findings": submission.findings, **more,
    }  # fmt: skip
    lines = [f"{submission.id}　{actions.STATES[submission.state]}　数据校验码 {submission.data_digest}"]
    lines += [
        f"{'必须改正' if each['level'] == 'block' else '提醒'}　{each['message']}" for each in submission.findings
    ]
    answer(data, "\n".join(lines), as_json)


@click.command()
@click.argument("form")
@click.argument("id", required=False)
@click.option("--period", required=True, help="期间，如 2026-11")
@pass_session
@command
def prepare(session: Session, form: str, id: str | None, period: str, as_json: bool) -> None:
    """生成一份报送，定住它的数据"""
    with session.desk() as desk:
        _shown(actions.prepare(desk, form, record=id, period=period), as_json)


@click.command()
@click.argument("id")
@pass_session
@command
def review(session: Session, id: str, as_json: bool) -> None:
    """审核（不能由生成的人审核）"""
    with session.desk() as desk:
        _shown(actions.review(desk, id), as_json)


@click.command()
@click.argument("id")
@click.option("--number", default="", help="文号")
@pass_session
@command
def issue(session: Session, id: str, number: str, as_json: bool) -> None:
    """签发"""
    with session.desk() as desk:
        _shown(actions.issue(desk, id, number), as_json)


@click.command()
@click.argument("id")
@click.option("--certificate", type=click.Path(path_type=Path), default=None, help="证书文件 .p12")
@click.option("--token", default=None, help="密码设备的标签")
@click.option("--module", type=click.Path(path_type=Path), default=None, help="密码设备的驱动库")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="签名后的 PDF")
@pass_session
@command
def submit(
    session: Session,
    id: str,
    certificate: Path | None,
    token: str | None,
    module: Path | None,
    out: Path,
    as_json: bool,
) -> None:
    """签名一份已签发的报送（证书口令由 DESK_CERT_PASSWORD 给出，或提示输入）"""
    if (certificate is None) == (token is None) or (token is not None and module is None):
        raise click.UsageError("请用 --certificate 证书文件，或 --token 标签和 --module 驱动库，二者取一")
    with session.desk() as desk:
        actions.find(desk, id)
        secret = password("DESK_CERT_PASSWORD", "证书口令")
        if certificate is not None:
            opener = actions.file_key(certificate, secret)
        else:
            assert token is not None and module is not None
            opener = actions.token_key(module, token, secret)
        done = actions.submit(desk, id, opener, out)
    _shown(done, as_json, sha256=done.sha256, file=str(out))


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--trust", multiple=True, type=click.Path(path_type=Path), help="认可的根证书，可多次")
@click.option("--register", type=click.Path(path_type=Path), default=None, help="区县证书登记表")
@click.option("--crl", multiple=True, type=click.Path(path_type=Path), help="吊销表，可多次")
@pass_session
@command
def verify(
    session: Session, file: Path, trust: tuple[Path, ...], register: Path | None, crl: tuple[Path, ...], as_json: bool
) -> None:  # fmt: skip
    """核对一份签名的 PDF：有效、无效、不能判定（有效时退出码为 0，其余为 1）

    没有 --trust 而有 --user 时，用数据文件夹里收下的根证书、登记表和吊销清单，并记住见过的最高编号。
    """
    kept = session.user and not trust and (session.data / "keys.json").exists()
    with session.desk() if kept else contextlib.nullcontext() as desk:
        verdict = checking.verify(file, roots=list(trust), register=register, crls=list(crl), desk=desk)
    data = checking.verdict_json(verdict)
    words = {"valid": "有效", "invalid": "无效", "undecided": "不能判定"}
    marks = {True: "是", False: "否", None: "未定"}
    lines = [f"{words[data['verdict']]}{'（练习）' if data['practice'] else ''}"]
    lines += [
        f"{marks[each['holds']]}　{each['title']}{'　' + each['reason'] if each['reason'] else ''}"
        for each in data["conditions"]
    ]
    answer(data, "\n".join(lines), as_json)
    if data["verdict"] != "valid":
        raise Ended(1)


COMMANDS = (prepare, review, issue, submit, verify)
