"""collect, paper, collected, rollup, receipt: the city's side, and reading the city's answer in a district."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from desktop.actions import city, districts, papers, receipts, submissions
from desktop.actions.checking import in_one
from desktop.actions.city import MONTHLY
from desktop.actions.districts import DistrictState
from desktop.cli.answer import answer, command, tell
from desktop.cli.session import Session, pass_session, password
from desktop.model.errors import Refused
from desktop.model.printed.derived import STATES as LEDGER
from desktop.pdf.authority.usages import Use

DUE = click.option("--due", type=click.DateTime(["%Y-%m-%d"]), default=None, help="报送截止日，之后收到的算迟报")
FORM = click.option("--form", default=MONTHLY, help="打印表，默认月度报送")


def _standing(found: list[DistrictState]) -> tuple[list[dict[str, Any]], list[str]]:
    data = [{**vars(each), "reasons": list(each.reasons)} for each in found]
    lines = [
        f"{each.name}　{districts.STATES[each.state]}{'　迟报' if each.late else ''}"
        f"{'　' + in_one(each.reasons) if each.reasons else ''}"
        for each in found
    ]
    return data, lines


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@FORM
@DUE
@pass_session
@command
def collect(session: Session, folder: Path, form: str, due: datetime | None, as_json: bool) -> None:
    """市级：核对一个文件夹里的 PDF，收下有效的数据，列出各期还缺谁（有文件没有收下时退出码仍为 0）"""

    def progress(done: int, whole: int, name: str) -> bool:
        tell(f"{done + 1}/{whole} {name}")
        return True

    with session.desk() as desk:
        found = city.collect(desk, folder, progress)
        periods = sorted({each.period for each in found if each.form == form and each.period})
        lacking = {period: districts.missing(desk, period, form, due.date() if due else None) for period in periods}
    taken = sum(each.outcome in ("taken", "superseded") for each in found)
    lines = [
        f"{city.OUTCOMES[each.outcome]}　{each.file}　{each.district_name}　{each.period}　"
        + in_one(each.reasons + each.notes)
        for each in found
    ]
    lines.append(f"共 {len(found)} 个文件，收下 {taken} 份")
    missing: dict[str, Any] = {}
    for period, states in lacking.items():
        missing[period], named = _standing(states)
        lines += [f"{period} 还缺 {len(states)} 个区县", *named]
    data = {"files": [vars(each) for each in found], "taken": taken, "missing": missing}
    answer(data, "\n".join(lines), as_json)


@click.command()
@click.argument("district")
@click.argument("period")
@click.argument("scan", type=click.Path(path_type=Path))
@FORM
@click.option("--code", default="", help="纸面页脚的二维码内容，或 64 位数据校验码；写了才能出具回执")
@click.option("--sequence", default=1, help="纸面页脚的第几次报送，默认 1；写二维码内容时不用写")
@pass_session
@command
def paper(
    session: Session, district: str, period: str, scan: Path, form: str, code: str, sequence: int, as_json: bool
) -> None:
    """市级：登记一个区县的盖章扫描件（没有证书的区县；没有数据，不进汇总）"""
    with session.desk() as desk:
        made = papers.file_paper(desk, district, period, scan, form, code, sequence)
    data = {"district": made.district, "form": form, "period": period, "sha256": made.sha256, "file": made.file}
    answer(data, f"已归档 {made.file}", as_json)


@click.command("collected")
@click.argument("period")
@FORM
@DUE
@pass_session
@command
def collected(session: Session, period: str, form: str, due: datetime | None, as_json: bool) -> None:
    """市级：各区县一期报送的情况"""
    with session.desk() as desk:
        found = districts.standing(desk, period, form, due.date() if due else None)
    data, lines = _standing(found)
    answer({"period": period, "form": form, "districts": data}, "\n".join(lines), as_json)


@click.command()
@click.argument("period")
@pass_session
@command
def rollup(session: Session, period: str, as_json: bool) -> None:
    """市级：各区县数据并列汇总"""
    with session.desk() as desk:
        data = districts.roll_up(desk, period)
    answer(data, "\n".join(_table(data)), as_json)


def _table(data: dict[str, Any]) -> list[str]:
    heads = ["区县", *LEDGER.values(), "项目", "总投资（元）", "完成设备投资（元）", "网点", "计入网点", "计入分拣中心"]
    rows = [heads]
    for each in [*data["districts"], {"name": "合计", **data["total"]}]:
        ledger, projects, sites = each["ledger"] or {}, each["projects"] or {}, each["sites"] or {}
        row = [each["name"], *(str(ledger.get(code, "—")) for code in LEDGER)]
        row += [str(projects.get(name, "—")) for name in ("count", "total_investment", "equipment_paid")]
        row += [str(sites.get(name, "—")) for name in ("count", "recycling_sites", "sorting_centres")]
        rows.append(row)
    widths = [max(_width(row[at]) for row in rows) for at in range(len(heads))]
    lines = [data["label"]]
    lines += ["  ".join(cell + " " * (widths[at] - _width(cell)) for at, cell in enumerate(row)) for row in rows]
    for each in data["indicators"]:
        names = {one["district"]: one["name"] for one in data["districts"]}
        said = "、".join(f"{names.get(code, code)} {figure['value']}" for code, figure in each["districts"].items())
        whole = f"合计 {each['total']} {each['unit']}" if each["total"] is not None else "不相加"
        lines.append(f"{each['name']}　{whole}（{said}）")
    lines += [f"{each['name']} {each['counted']}/{each['target']} {each['unit']}" for each in data["goals"]]
    lines += [f"未计入：{each['name']}（{districts.STATES[each['state']]}）" for each in data["missing"]]
    return lines


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)


@click.group()
def receipt() -> None:
    """回执：市级出具，区县读入"""


@receipt.command("make")
@click.argument("id")
@click.option("--verdict", required=True, type=click.Choice(["accepted", "returned"]), help="接收或退回")
@click.option("--reasons", multiple=True, help="退回原因，可多次")
@click.option("--certificate", type=click.Path(path_type=Path), default=None, help="回执证书 .p12")
@click.option("--token", default=None, help="证书介质的标签")
@click.option("--module", type=click.Path(path_type=Path), default=None, help="证书介质的驱动库")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="文件夹（自动取名）或文件")
@pass_session
@command
def make(
    session: Session, id: str, verdict: str, reasons: tuple[str, ...], certificate: Path | None, token: str | None,
    module: Path | None, out: Path, as_json: bool,
) -> None:  # fmt: skip
    """市级：给收下的报送（写数据校验码或其前 8 位以上）出具回执"""
    if (certificate is None) == (token is None) or (token is not None and module is None):
        raise Refused("请用 --certificate 证书文件，或 --token 标签和 --module 驱动库，二者取一")
    with session.desk() as desk:
        secret = password("DESK_CERT_PASSWORD", "证书口令")
        if certificate is not None:
            opener = submissions.file_key(certificate, secret)
        else:
            assert token is not None and module is not None
            opener = submissions.token_key(module, token, secret, Use.RECEIPT)
        made = receipts.make(desk, id, verdict, list(reasons), opener, out)
    data = {"file": str(made.path), "sha256": made.sha256, "data_digest": made.data_digest, "verdict": made.verdict,
            "reasons": list(made.reasons)}  # fmt: skip
    answer(data, f"已写入 {made.path}：{receipts.VERDICTS[made.verdict]}", as_json)


@receipt.command("read")
@click.argument("file", type=click.Path(path_type=Path))
@pass_session
@command
def read(session: Session, file: Path, as_json: bool) -> None:
    """区县：核对并读入市级回执"""
    with session.desk() as desk:
        said = receipts.read(desk, file)
    data = {
        "submission": said.submission.id, "state": said.submission.state, "verdict": said.receipt.verdict,
        "reasons": list(said.receipt.reasons), "office": said.receipt.office, "signer": said.receipt.signer,
        "at": said.receipt.answered, "new": said.new,
    }  # fmt: skip
    lines = [f"{said.receipt.office}：{receipts.VERDICTS[said.receipt.verdict]}", *said.receipt.reasons]
    lines += ["请改正后重新生成（prepare），会是更正的一次"] if said.receipt.verdict == "returned" else []
    answer(data, "\n".join(lines), as_json)


COMMANDS = (collect, paper, collected, rollup, receipt)
