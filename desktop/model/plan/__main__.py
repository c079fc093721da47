"""`python -m desktop.model.plan` writes the plan's JSON anew from the published text and the tables beside it."""

from __future__ import annotations

from desktop.model.plan.build import build_plan
from desktop.model.plan.loading import json_path
from desktop.model.plan.wire import dump_plan


def main() -> None:
    plan = build_plan()
    json_path().write_text(dump_plan(plan), encoding="utf-8", newline="\n")
    ledger = f"{len(plan.goals)} 个目标、{len(plan.tasks)} 项任务"
    rest = f"{len(plan.policies)} 条政策、{len(plan.indicators)} 个指标"
    print(f"{json_path().name}：{ledger}、{rest}，校验码 {plan.digest[:16]}")


if __name__ == "__main__":
    main()
