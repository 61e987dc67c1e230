"""What a PNG, JPEG or WebP file says of itself: how large the picture is, whether it moves, whether it is all there."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"

_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Markers of JPEG behind which the size stands."""

_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
"""Markers of JPEG without a length."""


@dataclass(frozen=True)
class Picture:
    """`suffix` is what the file is by its bytes, whatever it is called; sides are in pixels."""

    suffix: str
    width: int
    height: int
    moves: bool = False


class Unreadable(Exception):
    """The file is cut off or damaged."""


def read(data: bytes) -> Picture | None:
    """The picture; nothing where it is none of the three. Raises `Unreadable`."""
    try:
        if data.startswith(_PNG):
            return _png(data)
        if data.startswith(_JPEG):
            return _jpeg(data)
        if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            return _webp(data)
    except IndexError as fault:
        raise Unreadable from fault
    return None


def _png(data: bytes) -> Picture:
    """Each chunk has a sum of its own (W3C PNG, 5.3)."""
    chunks = list(_png_chunks(data))
    kinds = [kind for kind, _ in chunks]
    if kinds[:1] != [b"IHDR"] or kinds[-1] != b"IEND" or b"IDAT" not in kinds:
        raise Unreadable
    header = chunks[0][1]
    return Picture(".png", _big(header[:4]), _big(header[4:8]), b"acTL" in kinds)


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_PNG)
    while at < len(data):
        size, kind = _big(data[at : at + 4]), data[at + 4 : at + 8]
        body, said = data[at + 8 : at + 8 + size], data[at + 8 + size : at + 12 + size]
        if len(said) < 4 or zlib.crc32(kind + body) != _big(said):
            raise Unreadable
        yield kind, body
        at += 12 + size
        if kind == b"IEND":
            return


def _jpeg(data: bytes) -> Picture:
    """Up to the first scan, and an end behind it (ITU-T T.81, B.1)."""
    at, size = 2, None
    while True:
        while data[at] == 0xFF:
            at += 1
        marker, at = data[at], at + 1
        if data[at - 2] != 0xFF:
            raise Unreadable
        if marker in _ALONE:
            continue
        length = _big(data[at : at + 2])
        if marker in _SIZES:
            size = _big(data[at + 5 : at + 7]), _big(data[at + 3 : at + 5])
        if marker == 0xDA and size and b"\xff\xd9" in data[at + length :]:
            return Picture(".jpg", *size)
        if marker == 0xDA or length < 2:
            raise Unreadable
        at += length


def _webp(data: bytes) -> Picture:
    """RFC 9649: the first chunk says the size, in one of three ways."""
    if _little(data[4:8]) + 8 > len(data):
        raise Unreadable
    kind, body = data[12:16], data[20:]
    if kind == b"VP8X":
        return Picture(".webp", _little(body[4:7]) + 1, _little(body[7:10]) + 1, bool(body[0] & 0x02))
    if kind == b"VP8L" and body[0] == 0x2F:
        bits = _little(body[1:5])
        return Picture(".webp", (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    if kind == b"VP8 " and body[3:6] == b"\x9d\x01\x2a":
        return Picture(".webp", _little(body[6:8]) & 0x3FFF, _little(body[8:10]) & 0x3FFF)
    raise Unreadable


def _big(data: bytes) -> int:
    return int.from_bytes(data, "big")


def _little(data: bytes) -> int:
    return int.from_bytes(data, "little")
