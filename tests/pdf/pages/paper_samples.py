"""Invented documents of every kind, for the tests of the page engine."""

from __future__ import annotations

import hashlib

from desktop.model.page import (
    Align,
    Cell,
    Column,
    Document,
    Foot,
    Grid,
    Heading,
    Note,
    PageBreak,
    Paragraph,
    Row,
    RowKind,
    Seal,
    Seals,
    Signers,
    Table,
)

DIGEST = hashlib.sha256(b"invented").hexdigest()
FOOT = Foot(digest=DIGEST, qr=f"RD1|370199|2026-11|{DIGEST}", lines=("版式 2026.2", "电子签名不代替公章"))
LONG = (
    "拆除弧焊机组 12 台、行车 2 台，新上焊接机器人工作站 16 套、柔性夹具输送线 1 条，配套制造执行系统（MES），"
    "形成年产重卡车架 4 万副的整生产线；总投资 4,800.00 万元，其中设备投资 3,680.00 万元，节能量 1,140 吨标准煤/年——"
    "按照《示例行动方案》（示例发〔2024〕9号）的要求，到2027年……"
)


def label(text: str, span: int = 2, down: int = 1) -> Cell:
    return Cell(text, span, label=True, down=down)


def figure(text: str, span: int = 2) -> Cell:
    return Cell(text, span, number=True)


def grid() -> Grid:
    return Grid(
        (
            (label("项目名称"), Cell("重卡车架智能焊接线改造", 4), label("项目类别"), Cell("技术改造", 4)),
            (
                label("投资项目统一代码"),
                Cell("2603-370100-07-02-100042", 4),
                label("统一社会信用代码"),
                Cell("91370100MA00000000", 4),
            ),
            (label("项目单位"), Cell("示例重工有限公司", 4), label("所属领域"), Cell("工业", 4)),
            (label("建设地址"), Cell("示例区星河街道示例路 1 号", 4), label("联系人"), Cell("周示例　000-0000", 4)),
            (label("建设起止"), Cell("2026年3月至 2027年2月", 4), label("改造类型"), Cell("", 4)),
            (label("建设内容及规模"), Cell(LONG[:80], 10)),
            (
                label("投资（万元）与效益", down=2),
                *(label(t) for t in ("总投资", "设备投资", "累计完成", "节能量①", "二氧化碳减排量②")),
            ),
            tuple(figure(t) for t in ("4,800.00", "3,680.00", "2,650.00", "1,140", "2,810")),
            (
                label("资金来源（万元）", down=2),
                *(label(t) for t in ("特别国债", "省级", "自筹", "贷款", "合计")),
            ),
            tuple(figure(t) for t in ("600.00", "150.00", "2,050.00", "2,000.00", "4,800.00")),
            (label("总投资大写"), Cell("肆仟捌佰万元整", 10)),
        )
    )


def equipment() -> Table:
    columns = (
        Column("类别", 10, align=Align.CENTRE),
        Column("设备名称", 24),
        Column("型号", 17),
        Column("台/套", 9, number=True),
        Column("投用年份", 10, align=Align.CENTRE),
        Column("能效", 9, align=Align.CENTRE),
        Column("功率", 10, unit="千瓦", number=True),
        Column("购置金额", 16, unit="万元", number=True),
        Column("去向", 9, align=Align.CENTRE),
    )
    rows = (
        Row(("更新前", "弧焊机组", "示 BH-400", "12", "2009", "3 级", "28.0", "", "报废")),
        Row(("更新前", "行车", "示 QD-10", "2", "2007", "", "22.0", "", "转让")),
        Row(("更新后", "焊接机器人工作站", "例 R-210", "16", "2026", "1 级", "11.5", "2,480.00", "")),
        Row(("更新后", "柔性夹具输送线", "例 L-60", "1", "2026", "2 级", "45.0", "1,200.00", "")),
        Row(("更新后购置金额合计", "", "", "", "", "", "", "3,680.00", ""), RowKind.TOTAL),
    )
    return Table(columns, rows, group=True)


def application(**more: object) -> Document:
    seals = Seals(
        (
            Seal("项目单位承诺", "所填内容真实，将按规定处置，材料真实，未重复申报。"),
            Seal("行业主管部门意见"),
            Seal("区发展和改革局意见"),
        )
    )
    values: dict[str, object] = {
        "title": "示例区设备更新项目申报表",
        "blocks": (grid(), equipment(), seals, Note("①吨标准煤/年　②吨/年")),
        "left": "填报时间：2026年11月",
        "right": "编号：2026-0042",
        "foot": FOOT,
        "subject": "项目申报表",
    } | more
    return Document(**values)  # type: ignore[arg-type]


def ledger(tasks: int = 60, **more: object) -> Document:
    columns = (
        Column("序号", 6, align=Align.CENTRE),
        Column("重点任务", 19),
        Column("工作内容", 30),
        Column("牵头单位", 16),
        Column("责任单位", 20),
        Column("状态", 9, align=Align.CENTRE),
        Column("进展情况", 34),
        Column("存在问题", 20),
        Column("下步打算", 22),
    )
    rows: list[Row] = []
    for number in range(1, tasks + 1):
        if number % 15 == 1:
            rows.append(Row((f"{'一二三四五'[number // 15]}、实施第 {number // 15 + 1} 项行动",), RowKind.PART))
        if number % 4 == 1:
            rows.append(Row((f"（{number // 4 + 1}）完善示例废旧物资回收体系",), RowKind.AREA))
        rows.append(
            Row(
                (
                    str(number),
                    "健全再生资源回收网络",
                    "建设绿色分拣中心，支持示例街道新建固定型站点，推动流动站点规范运营。",
                    "区商务局、区供销社",
                    "区发展和改革局、各镇街",
                    ("推进中", "已完成", "未启动")[number % 3],
                    "新建成固定站点 2 个，累计计入 9 个；晴溪街道分拣中心设备安装完成。" * (1 + number % 2),
                    "长风镇站点用地未落实。" if number % 4 else "无",
                    "完成远帆街道站点验收，12月底累计计入 11 个。",
                )
            )
        )
    values: dict[str, object] = {
        "title": "示例区推动大规模设备更新和消费品以旧换新工作台账",
        "blocks": (
            Table(columns, tuple(rows)),
            Signers((("填表人", "周示例"), ("审核人", "吴示例"), ("联系电话", "000-0000"))),
        ),
        "left": "填报单位：示例区发展和改革局",
        "right": "2026年11月",
        "landscape": True,
        "foot": FOOT,
    } | more
    return Document(**values)  # type: ignore[arg-type]


def letter(**more: object) -> Document:
    body = (
        Paragraph("示例市推动大规模设备更新工作专班：", indent=False),
        Paragraph("按照工作安排，现将我区2026年11月工作情况报告如下。" + LONG),
        Heading("一、总体进展"),
        *(Paragraph(LONG * (1 + n % 3)) for n in range(7)),
        Heading("二、存在问题"),
        Paragraph("（一）网点用地。", indent=True),
        Paragraph(LONG),
        Paragraph(""),
        Paragraph("示例区发展和改革局", indent=False, align=Align.RIGHT, inset=2),
        Paragraph("2026年11月24日", indent=False, align=Align.RIGHT, inset=4),
    )
    values: dict[str, object] = {
        "title": "关于报送示例区2026年11月大规模设备更新和消费品以旧换新工作进展情况的函",
        "blocks": body,
        "letter": True,
    } | more
    return Document(**values)  # type: ignore[arg-type]


def projects(count: int = 200, carried: bool = False, **more: object) -> Document:
    columns = (
        Column("序号", 6, align=Align.CENTRE),
        Column("项目名称", 30),
        Column("项目单位", 26),
        Column("领域", 9, align=Align.CENTRE),
        Column("街道/镇", 12),
        Column("阶段", 9, align=Align.CENTRE),
        Column("开工", 9, align=Align.CENTRE),
        Column("竣工", 9, align=Align.CENTRE),
        Column("总投资", 15, unit="万元", number=True, sum=True),
        Column("设备投资", 15, unit="万元", number=True, sum=True),
        Column("累计完成", 15, unit="万元", number=True, sum=True),
        Column("完成率", 10, unit="%", number=True),
    )
    rows = []
    for number in range(1, count + 1):
        total = 480_000 + number * 1_317
        rows.append(
            Row(
                (
                    str(number),
                    f"示例生产线智能化改造项目（第 {number} 期）",
                    f"示例重工{number % 7}号有限公司",
                    "工业",
                    "星河街道",
                    "在建",
                    "2026-03",
                    "2027-02",
                    f"{total / 100:,.2f}",
                    f"{total / 200:,.2f}",
                    "12,345,678.90" if number == 3 else "" if number % 5 == 0 else f"{total / 400:,.2f}",
                    "25.0",
                )
            )
        )
    if count:
        rows.append(Row(("合计", "", "", "", "", "", "", "", "9,999.00", "9,999.00", "9,999.00", ""), RowKind.TOTAL))
    values: dict[str, object] = {
        "title": "示例区设备更新项目清单汇总表",
        "blocks": (Table(columns, tuple(rows), unit="万元", carried=carried),),
        "landscape": True,
        "foot": FOOT,
        "left": "填报单位：示例区发展和改革局",
        "right": "2026年11月",
    } | more
    return Document(**values)  # type: ignore[arg-type]


def wide() -> Document:
    columns = tuple(Column(f"第{n}季度投资", 10, unit="万元", number=True) for n in range(1, 16))
    rows = tuple(Row(tuple(f"{12_345_678 + n:,}.90" for _ in columns)) for n in range(30))
    return Document("示例区投资汇总表", (Table(columns, rows),))


def long_texts() -> Document:
    five_hundred = (LONG * 5)[:500]
    long_grid = Grid(((label("进展情况"), Cell(five_hundred * 12, 10)), (label("备注"), Cell("", 10))))
    columns = (Column("序号", 8, align=Align.CENTRE), Column("单位", 20), Column("情况", 72))
    rows = tuple(Row((str(n), "示例区商务局", five_hundred * (9 if n == 3 else 1))) for n in range(1, 6))
    return Document(
        "示例区存在问题和需市级协调解决问题清单以及下步工作打算汇总表（含各街道镇报送内容）",
        (
            long_grid,
            Table(columns, rows, caption="各单位情况"),
            PageBreak(landscape=True),
            Heading("附件"),
            wide().blocks[0],
        ),
        foot=FOOT,
    )
