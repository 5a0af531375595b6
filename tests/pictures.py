"""pictures.py - compares drawn pages with committed pictures, or makes pictures of them.

    pictures.py --accept FOLDER PAGE.pgm…     writes FOLDER/PAGE.png, sixteen greys, as small as can be
    pictures.py FOLDER PAGE.pgm…              a line of complaint for each page that looks otherwise; status 1

Letters are smoothed a little differently from one version of a library to the next. So a pixel only counts when no pixel
around it has nearly its grey, and a few that count are forgiven."""
import os
import re
import struct
import sys
import zlib

NEAR, FORGIVEN = 72, 12


def read_pgm(path):
    data = open(path, "rb").read()
    head = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", data)
    width, height = int(head[1]), int(head[2])
    return [data[head.end() + y * width:head.end() + (y + 1) * width] for y in range(height)]


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def write_png(path, rows):
    width = len(rows[0])
    packed = bytearray()
    for row in rows:
        greys = [(value + 8) // 17 for value in row] + [0]
        packed += b"\0" + bytes(greys[x] << 4 | greys[x + 1] for x in range(0, width, 2))
    with open(path, "wb") as out:
        out.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, len(rows), 4, 0, 0, 0, 0)) +
                  chunk(b"IDAT", zlib.compress(bytes(packed), 9)) + chunk(b"IEND", b""))


def read_png(path):
    """Only what write_png() writes."""
    data, at, packed = open(path, "rb").read(), 8, b""
    while at < len(data):
        length, name = struct.unpack(">I4s", data[at:at + 8])
        if name == b"IHDR":
            width, height, depth, colour = struct.unpack(">IIBB", data[at + 8:at + 18])
            if (depth, colour) != (4, 0):
                raise ValueError("%s: not a picture of sixteen greys" % path)
        packed += data[at + 8:at + 8 + length] if name == b"IDAT" else b""
        at += 12 + length
    raw, step = zlib.decompress(packed), (width + 1) // 2 + 1
    return [bytes(17 * (byte >> shift & 15) for byte in raw[y * step + 1:(y + 1) * step] for shift in (4, 0))[:width]
            for y in range(height)]


def strays(one, other):
    """Pixels of `one` that nothing around them in `other` comes near."""
    found = []
    for y, row in enumerate(one):
        for x, value in enumerate(row):
            if abs(value - other[y][x]) > NEAR and all(
                    abs(value - near) > NEAR for line in other[max(0, y - 1):y + 2] for near in line[max(0, x - 1):x + 2]):
                found.append((x, y))
    return found


def compare(picture, page):
    if not os.path.exists(picture):
        return "has no picture %s" % picture
    wanted, found = read_png(picture), read_pgm(page)
    if (len(wanted), len(wanted[0])) != (len(found), len(found[0])):
        return "is %d x %d pixels, not %d x %d" % (len(found[0]), len(found), len(wanted[0]), len(wanted))
    differing = strays(wanted, found) + strays(found, wanted)
    if len(differing) > FORGIVEN:
        xs, ys = [x for x, _ in differing], [y for _, y in differing]
        return "differs in %d pixels, between (%d, %d) and (%d, %d)" % (len(differing), min(xs), min(ys), max(xs), max(ys))
    return None


def main(arguments):
    accept, wrong = arguments[0] == "--accept", False
    folder, pages = (arguments[1], arguments[2:]) if accept else (arguments[0], arguments[1:])
    for page in pages:
        picture = os.path.join(folder, os.path.splitext(os.path.basename(page))[0] + ".png")
        if accept:
            os.makedirs(folder, exist_ok=True)
            write_png(picture, read_pgm(page))
        else:
            said = compare(picture, page)
            wrong = wrong or bool(said)
            print("    %s %s" % (page, said) if said else "", end="\n" if said else "")
    return wrong


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
