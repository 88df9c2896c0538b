"""The emblem of a letterhead as every Office program opens it."""

from io import BytesIO

from PIL import Image, ImageOps

from data.errors import CakupanError

# Two centimetres at 600 dots an inch.
MOST_DOTS = 480
BROKEN = "Lambang pada [letterhead] rusak sehingga tidak dapat dibuka; simpan ulang sebagai PNG, lalu buat lagi."


def emblem_png(content: bytes) -> bytes:
    """A PNG or JPG as a small PNG, upright and with its dots only; CakupanError when it cannot be opened.

    What a camera or an editor wrote into it besides (places, previews, colours for print) does not travel along.
    """
    try:
        with Image.open(BytesIO(content), formats=["PNG", "JPEG"]) as image:
            upright = ImageOps.exif_transpose(image).convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning) as broken:
        raise CakupanError(BROKEN) from broken
    upright.thumbnail((MOST_DOTS, MOST_DOTS))
    out = BytesIO()
    upright.save(out, "PNG")
    return out.getvalue()
