"""What only the person at the machine can mend, said in both languages before anything runs."""

import errno
from pathlib import Path


class Trouble(Exception):
    """Nothing can run until somebody does something; each text says what, for a terminal."""

    def __init__(self, vietnamese: str, english: str) -> None:
        super().__init__(f"{vietnamese}\n{english}")
        self.vietnamese, self.english = vietnamese, english


def trouble_with_files(error: OSError, place: Path) -> Trouble:
    """Return what an operating system's refusal at ``place`` means for the person there."""
    where = error.filename or place
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return disk_full(place)
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOENT, errno.ENOTDIR}:
        return Trouble(
            f"Không được phép ghi vào {where}. Hãy cấp quyền, hoặc đặt MOTCUA_VAR=thư-mục-khác.",
            f"Writing to {where} is not allowed. Allow it, or set MOTCUA_VAR=another-directory.",
        )
    if error.errno == errno.EEXIST:
        return Trouble(
            f"{where} là một tệp, không phải thư mục. Hãy đặt MOTCUA_VAR=thư-mục-khác.",
            f"{where} is a file, not a directory. Set MOTCUA_VAR=another-directory.",
        )
    return Trouble(f"Hệ điều hành từ chối: {error}", f"The operating system refused: {error}")


def disk_full(place: Path) -> Trouble:
    """Return what to say when the disk under ``place`` has no room left."""
    return Trouble(
        f"Ổ đĩa chứa {place} đã đầy. Hãy dọn chỗ trống rồi chạy lại; dữ liệu vẫn còn nguyên.",
        f"The disk that holds {place} is full. Free some space and start again; no data was lost.",
    )
