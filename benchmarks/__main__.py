"""`make bench`: each line is our time, the floor's time on the same data in the same run, and their ratio."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks import floors, work


def timed(action: Callable[[], object]) -> float:
    """Seconds of the better of two runs."""
    best = float("inf")
    for _ in range(2):
        start = time.perf_counter()
        action()
        best = min(best, time.perf_counter() - start)
    return best


def main() -> None:
    print("项目　　　　　　　　　　　　　　　本程序 s　　底线 s　　倍数")
    with tempfile.TemporaryDirectory() as scratch:
        bench = work.Bench(Path(scratch))
        floor = floors.Floors(Path(scratch), bench.rows)
        for name, ours, theirs in (
            ("保存 500 个项目（加密、日志、检查）", bench.save, floor.insert),
            ("查找文字（500 个项目）", bench.search, floor.scan),
            ("导出工作簿（500 个项目）", bench.export, floor.write_workbook),
            ("读入并预览工作簿", bench.read, floor.read_workbook),
            ("生成项目清单 PDF", bench.pages, floor.draw),
        ):
            own, bare = timed(ours), timed(theirs)
            print(f"{name}　　{own:.3f}　　{bare:.3f}　　{own / bare:.1f}")
        bench.close()


if __name__ == "__main__":
    main()
