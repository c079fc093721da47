"""What the database can answer instead of a result, as sentences."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from sqlcipher3 import dbapi2

from desktop.model.errors import MachineFault, os_words

DatabaseError = dbapi2.Error


@contextlib.contextmanager
def told(what: str) -> Iterator[None]:
    """Turn a fault of disk or database inside the block into one sentence that begins with `what`."""
    try:
        yield
    except dbapi2.OperationalError as error:
        text = str(error).lower()
        if "full" in text:
            raise MachineFault(f"{what}：磁盘已满，什么也没有写入。请腾出空间后再试") from error
        if "locked" in text or "busy" in text:
            raise MachineFault(f"{what}：数据正被另一个程序占用。请关闭另一个窗口后再试") from error
        if "readonly" in text:
            raise MachineFault(f"{what}：数据文件是只读的。请检查文件夹的权限") from error
        raise MachineFault(f"{what}：数据文件读写出错。请运行“核对全部”，必要时从备份恢复") from error
    except dbapi2.IntegrityError as error:
        raise MachineFault(f"{what}：同一条数据写了两次，什么也没有写入。请报告技术支持") from error
    except dbapi2.DatabaseError as error:
        raise MachineFault(f"{what}：数据文件已损坏或被改动。请从备份恢复") from error
    except OSError as error:
        raise MachineFault(f"{what}：{os_words(error)}。请检查磁盘和文件夹后再试") from error


def write_atomically(path: Path, data: bytes) -> None:
    """Write a small file so that the old or the new content is there, never a mix."""
    import os

    temporary = path.with_name(path.name + ".tmp")
    with told(f"写入 {path.name}"):
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
