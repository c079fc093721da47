"""change: many records at once, as a sheet would."""

from __future__ import annotations

import click

from desktop.actions import many, records
from desktop.actions.desk import Desk
from desktop.cli.answer import DONE, REFUSED, Ended, answer, command
from desktop.cli.records import read_where
from desktop.cli.session import Session, pass_session
from desktop.model.errors import Refused


def _meant(desk: Desk, form: str, ids: tuple[str, ...], where: tuple[str, ...], every: bool) -> list[str]:
    if sum((bool(ids), bool(where), every)) != 1:
        raise click.UsageError("请写明要改的记录：id、--where 字段=值 或 --all，三者取一")
    if ids:
        return list(ids)
    found = [record for record, _ in records.find(desk, form, where=read_where(where))[0]]
    if not found:
        raise Refused(f"没有符合条件的{desk.form(form).noun}，请核对 --where")
    return found


@click.command()
@click.argument("form")
@click.argument("field")
@click.argument("value")
@click.argument("ids", metavar="[ID]…", nargs=-1)
@click.option("--where", multiple=True, help="字段=值，可多次")
@click.option("--all", "every", is_flag=True, help="这种表的全部记录")
@click.option("--preview", is_flag=True, help="只看改前改后，不写入")
@click.option("--only-good", is_flag=True, help="有不能改的也写入其余的")
@click.option("--why", default="", help="原因，记入日志")
@pass_session
@command
def change(
    session: Session, form: str, field: str, value: str, ids: tuple[str, ...], where: tuple[str, ...], every: bool,
    preview: bool, only_good: bool, why: str, as_json: bool,
) -> None:  # fmt: skip
    """多条记录的一个字段改成同一个值（VALUE 为空清空），一次撤销全部退回"""
    with session.desk() as desk:
        wanted = _meant(desk, form, ids, where, every)
        found = many.preview_many(desk, form, wanted, field, value)
        refused = [(record, label, error) for record, label, _, _, error in found if error]
        writes = not preview and (only_good or not refused)
        changed = many.change_many(desk, form, wanted, field, value, why) if writes else None
        noun, measure = desk.form(form).noun, desk.form(form).measure
    rows = [
        {"id": record, "label": label, "before": before, "after": after, "error": error or None}
        for record, label, before, after, error in found
    ]
    data = {
        "rows": rows, "ids": changed.ids if changed else [], "action": changed.action if changed else None,
        "errors": [{"id": record, "field": field, "value": value, "message": error} for record, _, error in refused],
        "warnings": [{"id": record, "message": words} for record, words in changed.warnings] if changed else [],
    }  # fmt: skip
    lines = [f"{label}　{before or '—'} → {error or after or '—'}" for _, label, before, after, error in found]
    if changed is not None:
        lines.append(f"已改 {len(changed.ids)} {measure}{noun}")
    elif not preview:
        lines.append(f"有 {len(refused)} {measure}不能改，没有写入。改好后再试，或加 --only-good 只改其余的")
    answer(data, "\n".join(lines), as_json)
    raise Ended(DONE if preview or changed else REFUSED)


COMMANDS = (change,)
