"""prepare, review, issue, difference, submit, verify."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

import click

from desktop.actions import checking, signing
from desktop.actions import submissions as actions
from desktop.cli.answer import Ended, answer, command, tell
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
@click.option("--period", required=True, help="填报时间，如 2026-11")
@click.option("--unit", default="", help="哪个单位的（按单位报的表）")
@pass_session
@command
def prepare(session: Session, form: str, id: str | None, period: str, unit: str, as_json: bool) -> None:
    """生成一份报送，定住它的数据"""
    with session.desk() as desk:
        _shown(actions.prepare(desk, form, record=id, period=period, unit=unit), as_json)


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
@click.option("--seal", type=click.Path(path_type=Path), default=None, help="签名处的印章图片 PNG（不代替公章）")
@pass_session
@command
def issue(session: Session, id: str, number: str, seal: Path | None, as_json: bool) -> None:
    """签发"""
    with session.desk() as desk:
        _shown(actions.issue(desk, id, number, seal), as_json)


@click.command()
@click.argument("id")
@click.option("--out", type=click.Path(path_type=Path), default=None, help="另印成更正说明 PDF")
@pass_session
@command
def difference(session: Session, id: str, out: Path | None, as_json: bool) -> None:
    """更正的一份与前一次送出的差别"""
    with session.desk() as desk:
        said = actions.corrected(actions.find(desk, id))
        sha256 = actions.write_difference(desk, id, out) if out is not None else None
    rows = said.get("rows", [])
    lines = [f"与第 {said['sequence']} 次相差 {len(rows)} 处"] if said else ["之前没有送出过同一期的，没有差别"]
    for row in rows:
        values = [row.get(name, "") for name in ("form", "record", "field", "old", "new")]
        lines.append("{}　{}　{}：{} → {}".format(*values))
    data = {"submission": id, "corrects": said.get("digest"), "differences": rows, "file": str(out) if out else None,
            "sha256": sha256}  # fmt: skip
    answer(data, "\n".join(lines), as_json)


@click.command()
@click.argument("ids", metavar="ID…", nargs=-1, required=True)
@click.option("--certificate", type=click.Path(path_type=Path), default=None, help="证书文件 .p12")
@click.option("--token", default=None, help="证书介质的标签")
@click.option("--module", type=click.Path(path_type=Path), default=None, help="证书介质的驱动库")
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="签名后的 PDF；几份一起签时是文件夹，名称自动取"
)
@pass_session
@command
def submit(
    session: Session, ids: tuple[str, ...], certificate: Path | None, token: str | None, module: Path | None,
    out: Path, as_json: bool,
) -> None:  # fmt: skip
    """签名已签发的报送，可以几份一起，口令只问一次（由 DESK_CERT_PASSWORD 给出，或提示输入）"""
    if (certificate is None) == (token is None) or (token is not None and module is None):
        raise click.UsageError("请用 --certificate 证书文件，或 --token 标签和 --module 驱动库，二者取一")
    with session.desk() as desk:
        for each in ids:
            actions.find(desk, each)
        secret = password("DESK_CERT_PASSWORD", "证书口令")
        if certificate is not None:
            opener = actions.file_key(certificate, secret)
        else:
            assert token is not None and module is not None
            opener = actions.token_key(module, token, secret)
        if len(ids) > 1 or out.is_dir():
            _many(signing.submit_many(desk, ids, opener, out, progress), out, as_json)
            return
        done = actions.submit(desk, ids[0], opener, out)
    _shown(done, as_json, sha256=done.sha256, file=str(out))


def progress(done: int, whole: int, name: str) -> bool:
    tell(f"{done + 1}/{whole} {name}")
    return True


def _many(made: list[signing.SignedFile], folder: Path, as_json: bool) -> None:
    rows = [{**vars(each), "file": str(folder / each.file)} for each in made]
    failed = [each for each in made if each.fault]
    lines = [f"{each.file}　{each.fault or '已签名并写入，读回相同'}" for each in made]
    lines.append(f"共 {len(made)} 份，签好 {len(made) - len(failed)} 份")
    answer({"signed": rows, "failed": len(failed)}, "\n".join(lines), as_json)
    if failed:
        raise Ended(1)


@click.command()
@click.argument("file", metavar="FILE|DIR", type=click.Path(path_type=Path))
@click.option("--trust", multiple=True, type=click.Path(path_type=Path), help="认可的根证书，可多次")
@click.option("--register", type=click.Path(path_type=Path), default=None, help="区县证书登记表")
@click.option("--crl", multiple=True, type=click.Path(path_type=Path), help="吊销清单，可多次")
@pass_session
@command
def verify(
    session: Session, file: Path, trust: tuple[Path, ...], register: Path | None, crl: tuple[Path, ...], as_json: bool
) -> None:  # fmt: skip
    """核对签名的 PDF，或一个文件夹里的全部：有效、无效、不能判定（全部有效时退出码为 0，其余为 1）

    没有 --trust 而有 --user 时，用数据文件夹里收下的根证书、登记表和吊销清单，并记住见过的最高编号。
    """
    kept = session.user and not trust and (session.data / "keys.json").exists()
    with session.desk() if kept else contextlib.nullcontext() as desk:
        if file.is_dir():
            found = checking.verify_many(
                [file], roots=trust, register=register, crls=crl, desk=desk, progress=progress
            )  # fmt: skip
            _folder(found, as_json)
            return
        verdict = checking.verify(file, roots=list(trust), register=register, crls=list(crl), desk=desk)
    data = checking.verdict_json(verdict)
    marks = {True: "是", False: "否", None: "未定"}
    lines = [f"{checking.VERDICTS[data['verdict']]}{'（练习）' if data['practice'] else ''}"]
    lines += [
        f"{marks[each['holds']]}　{each['title']}{'　' + each['reason'] if each['reason'] else ''}"
        for each in data["conditions"]
    ]
    answer(data, "\n".join(lines), as_json)
    if data["verdict"] != "valid":
        raise Ended(1)


def _folder(found: list[checking.CheckedFile], as_json: bool) -> None:
    """The answer for a folder: every file with its verdict and first reasons."""
    rows: list[dict[str, Any]] = []
    lines = []
    for each in found:
        if each.verdict is not None:
            rows.append({"file": each.file, **checking.verdict_json(each.verdict)})
        else:
            rows.append({"file": each.file, "verdict": each.outcome, "reasons": [each.fault]})
        why = "；".join(rows[-1]["reasons"])
        practice = "（练习）" if rows[-1].get("practice") else ""
        lines.append(f"{checking.VERDICTS[each.outcome]}{practice}　{each.file}{'　' + why if why else ''}")
    counts = {code: sum(each.outcome == code for each in found) for code in checking.VERDICTS}
    said = "，".join(f"{words} {counts[code]} 个" for code, words in checking.VERDICTS.items())
    lines.append(f"共 {len(found)} 个文件：{said}")
    answer({"files": rows, **counts}, "\n".join(lines), as_json)
    if counts["valid"] < len(found):
        raise Ended(1)


COMMANDS = (prepare, review, issue, difference, submit, verify)
