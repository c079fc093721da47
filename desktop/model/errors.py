"""What can go wrong, in one sentence a clerk can act on: what, where, what to do."""

from __future__ import annotations

import errno

OS_WORDS = {
    errno.ENOENT: "文件或文件夹不存在",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已满",
    errno.EIO: "磁盘读写出错，U 盘可能已被拔出",
    errno.ENODEV: "U 盘已被拔出",
    errno.ENXIO: "U 盘已被拔出",
    errno.EBUSY: "文件正被占用",
    errno.ETXTBSY: "文件正被占用",
    errno.EEXIST: "同名文件已经存在",
    errno.ENAMETOOLONG: "文件名太长",
    errno.EMFILE: "打开的文件太多",
    errno.ENOTEMPTY: "文件夹不是空的",
    errno.EINVAL: "文件名或路径不合规",
    errno.ELOOP: "路径绕成了圈",
    errno.EXDEV: "不在同一个磁盘上",
    errno.EFBIG: "文件太大，这个磁盘放不下",
}


def os_words(error: OSError) -> str:
    """What the system's error says, in a few Chinese words; its number where it is a rare one."""
    if error.errno is None:
        return "读写出错"
    return OS_WORDS.get(error.errno) or f"系统错误 {error.errno}"


class DeskError(Exception):
    """Base of all errors that are shown as they stand. `str(error)` is the Chinese sentence."""


class Refused(DeskError):
    """The input was refused and nothing was changed (exit code 1).

    `details` is a list of plain dicts for the JSON answer, e.g. `{"index": 0, "field": "name", "message": "…"}`.
    """

    def __init__(self, message: str, details: list[dict[str, object]] | None = None) -> None:
        super().__init__(message)
        self.details = details or []


class NotAllowed(Refused):
    """The account lacks the role for this."""


class MachineFault(DeskError):
    """The machine failed: disk, file, lock (exit code 3)."""


class FormError(Exception):
    """A form's definition is wrong; the text names file, field and key. A fault of the product, not of a clerk."""
