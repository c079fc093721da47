"""change, paste, dispatch, volumes: many records at once, as a sheet would."""

from __future__ import annotations

import click

from desktop.actions import dispatch as months
from desktop.actions import dispatch_json, many, pasting, records
from desktop.actions.desk import Desk
from desktop.cli.answer import DONE, REFUSED, Ended, answer, command, read_json, read_text
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


def _months(session: Session, form: str, period: str, file: str | None, fill: bool, as_json: bool) -> None:
    given = read_json(file) if file else None
    with session.desk() as desk:
        noun = desk.form(form).noun
        if given is None:
            table = months.month_table(desk, form, period)
            data = dispatch_json.table_json(desk, table)
            lines = [f"{row.name}　{row.beside}　{'已填' if row.record else '未填'}" for row in table.rows]
            answer(data, "\n".join([*lines, f"{table.label}：还有 {table.missing} 行未填"]), as_json)
            return
        typed = dispatch_json.typed_of(desk, form, period, given, fill=fill)
        said = [each for each in months.check_months(desk, form, period, typed) if not each.blocks]
        saved = months.save_months(desk, form, period, typed)
        left = months.month_table(desk, form, period).missing
    warnings = [{"key": each.key, "field": each.field, "message": each.message} for each in said]
    data = {"ids": saved.ids, "action": saved.action, "warnings": warnings, "missing": left}
    lines = [f"已保存 {len(saved.ids)} 行{noun}，还有 {left} 行未填", *(each.message for each in said)]
    answer(data, "\n".join(lines), as_json)


@click.command()
@click.option("--period", required=True, help="月份，如 2026-11")
@click.argument("file", required=False)
@click.option("--fill", is_flag=True, help="没写的累计数按上月累计加本月完成补上")
@pass_session
@command
def dispatch(session: Session, period: str, file: str | None, fill: bool, as_json: bool) -> None:
    """项目月调度一张表：不带 FILE 列出各项目上月数和本月数，带 FILE（JSON，- 为标准输入）一次写入"""
    _months(session, "project_month", period, file, fill, as_json)


@click.command()
@click.option("--period", required=True, help="月份，如 2026-11")
@click.argument("file", required=False)
@pass_session
@command
def volumes(session: Session, period: str, file: str | None, as_json: bool) -> None:
    """各网点回收量一张表（按品种）：不带 FILE 列出，带 FILE（JSON，- 为标准输入）一次写入"""
    _months(session, "site_month", period, file, False, as_json)


@click.command()
@click.argument("form")
@click.argument("file")
@click.option("--with", "fixed", multiple=True, help="每行都有的值：字段=值，如 project=id，可多次")
@click.option("--preview", is_flag=True, help="只看会怎样，不写入")
@click.option("--only-good", is_flag=True, help="有不能写入的行也写入其余的")
@pass_session
@command
def paste(
    session: Session, form: str, file: str, fixed: tuple[str, ...], preview: bool, only_good: bool, as_json: bool
) -> None:
    """一块从 WPS 复制的表格（制表符分隔的文字，- 为标准输入）按表头对列、按名称对记录，一次写入"""
    text = read_text(file)
    with session.desk() as desk:
        block = pasting.read_block(desk, form, text, fixed=read_where(fixed))
        writes = not preview and (only_good or not block.count("refused"))
        saved = pasting.apply_block(desk, block, only_good=only_good) if writes else None
    errors = [
        {"line": row.line, "field": cell.field, "value": cell.text, "message": cell.error}
        for row in block.rows
        for cell in row.cells
        if cell.error
    ] + [{"line": row.line, "field": "", "value": None, "message": each} for row in block.rows for each in row.errors]
    counts = {kind: block.count(kind) for kind in ("added", "changed", "unchanged", "refused")}
    data = {
        **counts, "columns": block.fields, "unread": block.unread, "errors": errors,
        "ids": saved.ids if saved else [], "action": saved.action if saved else None,
    }  # fmt: skip
    words = {"added": "新增", "changed": "更改", "unchanged": "相同", "refused": "不能写入"}
    lines = [f"第 {each['line']} 行：{each['message']}" for each in errors]
    lines.append("，".join(f"{words[kind]} {count} 行" for kind, count in counts.items()))
    lines.append("已写入" if saved else "没有写入")
    answer(data, "\n".join(lines), as_json)
    raise Ended(DONE if preview or saved else REFUSED)


COMMANDS = (change, paste, dispatch, volumes)
