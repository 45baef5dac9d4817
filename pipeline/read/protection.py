"""Office files under a password: opened with those that the settings give."""

from __future__ import annotations

import io
import struct
from collections.abc import Sequence

from pipeline.errors import ReadError
from pipeline.read import agile

ASK = "请在设置 passwords 里补上密码"


def is_locked_doc(data: bytes) -> bool:
    """Whether a Word 97–2003 container says that its text is encrypted."""
    start = data.find(b"\xec\xa5", 512)
    if start < 0 or start % 64 or len(data) < start + 12:
        return False
    return bool(struct.unpack_from("<H", data, start + 10)[0] & 0x0100)


def opened(data: bytes, passwords: Sequence[str]) -> bytes:
    """The file without its protection.

    Raises ``ReadError`` (encrypted) when no password fits, or where rights management guards the file.
    """
    if "\tDRMContent".encode("utf-16-le") in data or "DRMEncryptedTransform".encode("utf-16-le") in data:
        raise ReadError(
            "文件受权限管理保护 (rights management), 只有发文单位能打开; 请索要未保护的版本", cause="encrypted"
        )
    if not passwords:
        raise ReadError(f"文件有密码, 没有给密码 (encrypted, no password given); {ASK}", cause="encrypted")
    for password in passwords:
        found = agile.opened(data, password) if "EncryptedPackage".encode("utf-16-le") in data else None
        found = found or _older(data, password)
        if found:
            return found
    raise ReadError(f"文件有密码, 所给的密码都不对 (encrypted, no password fits); {ASK}", cause="encrypted")


def _older(data: bytes, password: str) -> bytes | None:
    """Encryption before 2010 (standard, RC4, CryptoAPI), by msoffcrypto-tool; None when the password does not fit."""
    try:
        import msoffcrypto
        from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError
    except ImportError:
        remedy = "pip install msoffcrypto-tool"
        raise ReadError(
            f"打开这种旧式加密要先安装组件 (missing extra): {remedy}; 或去掉密码后再交", cause="encrypted"
        ) from None
    try:
        locked = msoffcrypto.OfficeFile(io.BytesIO(data))
        if getattr(locked, "type", "") == "agile":
            return None
        locked.load_key(password=password)
        out = io.BytesIO()
        locked.decrypt(out)
        return out.getvalue()
    except (InvalidKeyError, DecryptionError):
        return None
    except (
        FileFormatError,
        ParseError,
        OSError,
        ValueError,
        KeyError,
        struct.error,
        AttributeError,
        IndexError,
    ) as fault:
        message = f"文件有密码, 加密方式不认识 (encrypted, unknown scheme: {fault}); 请去掉密码后再交"
        raise ReadError(message, cause="encrypted") from None
