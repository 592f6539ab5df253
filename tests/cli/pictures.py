# SPDX-License-Identifier: Apache-2.0
"""Pictures for the tests of the program, without any library: a gray page as rows of bytes, marks
drawn on it, PNG out."""
import struct
import subprocess
import zlib


class Page:
    def __init__(self, width, height, pixels, dpi):
        self.width, self.height, self.pixels, self.dpi = width, height, bytearray(pixels), dpi

    @staticmethod
    def blank(width=1200, height=1700, dpi=150):
        return Page(width, height, b"\xff" * (width * height), dpi)

    @staticmethod
    def of_pdf(pdf, number, dpi=200):
        """One page of a PDF as pdftoppm draws it (binary PGM)."""
        call = ["pdftoppm", "-r", str(dpi), "-gray", "-f", str(number), "-l", str(number), pdf]
        data = subprocess.run(call, check=True, stdout=subprocess.PIPE).stdout
        kind, width, height, _, pixels = _split_pgm(data)
        assert kind == b"P5"
        return Page(width, height, pixels, dpi)

    def px(self, mm):
        return round(mm * self.dpi / 25.4)

    def fill(self, box, gray=40, part=0.7):
        """Paints the middle of a box given in mm."""
        w, h = box["w"] * part, box["h"] * part
        left, top = self.px(box["x"] + (box["w"] - w) / 2), self.px(box["y"] + (box["h"] - h) / 2)
        for y in range(top, top + self.px(h)):
            start = y * self.width + left
            self.pixels[start:start + self.px(w)] = bytes([gray]) * self.px(w)

    def cut(self, box):
        """The part of the page inside a box given in mm, as a card that was cut out."""
        left, top, width, height = (self.px(box[k]) for k in "xywh")
        rows = [self.pixels[(top + y) * self.width + left:(top + y) * self.width + left + width]
                for y in range(min(height, self.height - top))]
        width = len(rows[0])
        return Page(width, len(rows), b"".join(rows), self.dpi)

    def save_png(self, path):
        rows = b"".join(b"\0" + bytes(self.pixels[y * self.width:(y + 1) * self.width])
                        for y in range(self.height))
        meter = round(self.dpi / 0.0254)
        with open(path, "wb") as file:
            file.write(b"\x89PNG\r\n\x1a\n")
            for kind, body in [(b"IHDR", struct.pack(">IIBBBBB", self.width, self.height, 8, 0, 0, 0, 0)),
                               (b"pHYs", struct.pack(">IIB", meter, meter, 1)),
                               (b"IDAT", zlib.compress(rows, 1)), (b"IEND", b"")]:
                file.write(struct.pack(">I", len(body)) + kind + body +
                           struct.pack(">I", zlib.crc32(kind + body)))


def _split_pgm(data):
    fields, rest = [], data
    while len(fields) < 4:
        field, rest = rest.split(None, 1) if len(fields) < 3 else (rest[:rest.index(b"\n")],
                                                                    rest[rest.index(b"\n") + 1:])
        fields.append(field)
    return fields[0], int(fields[1]), int(fields[2]), int(fields[3]), rest
