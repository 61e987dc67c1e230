"""A bundle in one piece, to be kept where other hosts can fetch it."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from generator.bundle import folder
from generator.bundle.folder import Bundle, NotABundle


def pack(bundle: Bundle) -> bytes:
    """The bundle's folder as a ZIP file; the same bundle is the same bytes."""
    data = BytesIO()
    with ZipFile(data, "w", ZIP_DEFLATED) as archive:
        for name, content in folder.files(bundle).items():
            # A time of its own would make other bytes of it each day.
            archive.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return data.getvalue()


def unpack(data: bytes) -> Bundle:
    """The bundle that was packed. Raises `NotABundle` where it is none, or not as it was written."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            return folder.opened({name: archive.read(name) for name in archive.namelist()}, "what was fetched")
    except BadZipFile as fault:
        raise NotABundle(f"what was fetched is no bundle: {fault}") from fault
