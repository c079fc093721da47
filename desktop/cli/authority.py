"""authority: certificates, register and CRL, for practice or with a real root."""

from __future__ import annotations

from pathlib import Path

import click

from desktop.actions import authority as actions
from desktop.cli.answer import answer, command
from desktop.cli.session import password

FOLDER = click.argument("folder", type=click.Path(path_type=Path))
OUT = click.option("--out", required=True, type=click.Path(path_type=Path))


def _secret() -> str:
    return password("DESK_CERT_PASSWORD", "证书口令")


def _written(paths: list[Path], as_json: bool) -> None:
    answer({"paths": [str(path) for path in paths]}, "\n".join(str(path) for path in paths), as_json)


@click.group()
def authority() -> None:
    """证书机构：根证书、区县证书、登记表、吊销清单"""


@authority.command()
@FOLDER
@click.option("--name", default="练习根证书", help="机构名称")
@click.option("--office", default="练习用证书机构", help="单位名称")
@click.option("--real", is_flag=True, help="正式机构（不写则为练习）")
@command
def init(folder: Path, name: str, office: str, real: bool, as_json: bool) -> None:
    """新建证书机构"""
    _written(actions.create(folder, name=name, office=office, password=_secret(), practice=not real), as_json)


@authority.command()
@FOLDER
@click.option("--district", required=True, help="区县代码；回执、登记证书可写空")
@click.option("--zone", default="", help="功能区的名称（代码表里没有的代码）")
@click.option("--name", required=True, help="签名人")
@click.option("--office", required=True, help="单位")
@click.option("--use", default="submit", help="用途：submit 报送、receipt 回执、register 登记")
@click.option("--request", type=click.Path(path_type=Path), default=None, help="区县交来的证书申请")
@OUT
@command
def issue(
    folder: Path, district: str, zone: str, name: str, office: str, use: str, request: Path | None, out: Path,
    as_json: bool,
) -> None:  # fmt: skip
    """签发证书并重新公布登记表"""
    if request is not None:
        made = actions.issue_for_request(
            folder, request, out, district=district, name=name, office=office, password=_secret(), zone=zone
        )
    else:
        made = actions.issue(
            folder, out, district=district, name=name, office=office, password=_secret(), use=use, zone=zone
        )  # fmt: skip
    _written(made, as_json)


@authority.command()
@FOLDER
@click.argument("certificate")
@click.option("--why", required=True, help="吊销原因")
@command
def revoke(folder: Path, certificate: str, why: str, as_json: bool) -> None:
    """吊销证书（写序列号或指纹）并重新公布吊销清单"""
    _written(actions.revoke(folder, certificate, why=why, password=_secret()), as_json)


@authority.command()
@FOLDER
@command
def publish(folder: Path, as_json: bool) -> None:
    """重新公布登记表和吊销清单"""
    _written(actions.publish(folder, password=_secret()), as_json)


@authority.command("list")
@FOLDER
@command
def list_(folder: Path, as_json: bool) -> None:
    """列出签发过的证书"""
    found = [vars(each) for each in actions.issued(folder, password=_secret())]
    lines = [
        f"{each['serial']}　{each['district']}　{each['name']}　{each['until']}　{each['revoked']}" for each in found
    ]
    answer({"issued": found}, "\n".join(lines), as_json)


@authority.command()
@click.argument("key", type=click.Path(path_type=Path))
@click.option("--district", required=True)
@click.option("--name", required=True, help="签名人")
@click.option("--office", required=True, help="单位")
@OUT
@command
def request(key: Path, district: str, name: str, office: str, out: Path, as_json: bool) -> None:
    """在区县：生成密钥和证书申请"""
    _written(actions.request(key, out, district=district, name=name, office=office, password=_secret()), as_json)


@authority.command("join")
@click.argument("key", type=click.Path(path_type=Path))
@click.argument("certificate", type=click.Path(path_type=Path))
@OUT
@command
def join(key: Path, certificate: Path, out: Path, as_json: bool) -> None:
    """在区县：把发回的证书与密钥合成 .p12"""
    _written(actions.bring_back(key, certificate, out, password=_secret()), as_json)


COMMANDS = (authority,)
