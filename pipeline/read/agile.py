"""Office's own encryption since 2010 ("agile", [MS-OFFCRYPTO] 2.3.4.10–15): opened with a password."""

from __future__ import annotations

import base64
import hashlib
import io
import struct

from pipeline.errors import ReadError
from pipeline.read.package import parse

LOCK = "{http://schemas.microsoft.com/office/2006/keyEncryptor/password}encryptedKey"
KEY_DATA = "{http://schemas.microsoft.com/office/2006/encryption}keyData"
# What each derived key is for, 2.3.4.13.
VERIFIER_INPUT = bytes.fromhex("fea7d2763b4b9e79")
VERIFIER_HASH = bytes.fromhex("d7aa0f6d3061344e")
KEY_VALUE = bytes.fromhex("146e0be7abacd0d6")
SEGMENT = 4096
MOST_SPINS = 10_000_000
HASHES = {"SHA1": "sha1", "SHA-1": "sha1", "SHA256": "sha256", "SHA384": "sha384", "SHA512": "sha512"}


def opened(data: bytes, password: str) -> bytes | None:
    """The package inside; None when the password does not fit or the file is locked in another way.

    Raises ``ReadError`` (damaged) when the container is torn.
    """
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            info = container.openstream("EncryptionInfo").read()
            package = container.openstream("EncryptedPackage").read()
    except (OSError, struct.error, IndexError, ValueError, TypeError) as fault:
        raise ReadError(f"加密文件的容器已损坏 (damaged container: {fault}); 请重新另存") from None
    if info[:4] != b"\x04\x00\x04\x00":
        return None
    try:
        tree, _ = parse(info[8:], "EncryptionInfo")
        lock = next(tree.iter(LOCK))
        keys = next(tree.iter(KEY_DATA))
        secret = _secret(dict(lock.attrib), password)
        return None if secret is None else _unlocked(package, dict(keys.attrib), secret)
    except (KeyError, ValueError, StopIteration, struct.error) as fault:
        raise ReadError(f"加密信息已损坏 (damaged encryption info: {fault}); 请重新另存") from None


def _secret(lock: dict[str, str], password: str) -> bytes | None:
    """The document's key, None for a wrong password."""
    name, salt = HASHES[lock["hashAlgorithm"]], base64.b64decode(lock["saltValue"])
    digest = hashlib.new(name, salt + password.encode("utf-16-le")).digest()
    for turn in range(min(int(lock["spinCount"]), MOST_SPINS)):
        digest = hashlib.new(name, struct.pack("<I", turn) + digest).digest()

    def part(purpose: bytes, stored: str) -> bytes:
        key = _fitted(hashlib.new(name, digest + purpose).digest(), int(lock["keyBits"]) // 8)
        return _plain(base64.b64decode(lock[stored]), key, _fitted(salt, int(lock["blockSize"])))

    given = part(VERIFIER_INPUT, "encryptedVerifierHashInput")[: int(lock["saltSize"])]
    expected = part(VERIFIER_HASH, "encryptedVerifierHashValue")[: int(lock["hashSize"])]
    if hashlib.new(name, given).digest() != expected:
        return None
    return part(KEY_VALUE, "encryptedKeyValue")[: int(lock["keyBits"]) // 8]


def _unlocked(package: bytes, keys: dict[str, str], secret: bytes) -> bytes:
    name, salt, block = HASHES[keys["hashAlgorithm"]], base64.b64decode(keys["saltValue"]), int(keys["blockSize"])
    (size,) = struct.unpack_from("<Q", package)
    out = bytearray()
    for turn, start in enumerate(range(8, len(package), SEGMENT)):
        vector = _fitted(hashlib.new(name, salt + struct.pack("<I", turn)).digest(), block)
        segment = package[start : start + SEGMENT]
        out += _plain(segment[: len(segment) // block * block], secret, vector)
    return bytes(out[:size])


def _fitted(value: bytes, size: int) -> bytes:
    """Cut, or filled up with 0x36, 2.3.4.11."""
    return value[:size].ljust(size, b"\x36")


def _plain(stored: bytes, key: bytes, vector: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    decryptor = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
    return decryptor.update(stored) + decryptor.finalize()
