#!/usr/bin/env python3
"""dirty.py FROM TO - the sample inputs as a clerk would really get them: the same facts, in the worst of habits.

organizations  .xlsx, merged titles, a header of two rows, a numbering row, hidden rows, blank rows, a hidden list sheet
members        UTF-16 text with tabs, names in decomposed Unicode, blanks and no-break spaces around cells
discipline     CP1258, base letters with their tones behind them
rotations      two .xlsx files of one ledger, columns in another order, dates as dates, as text and as serial numbers
tasks          .xlsx, dates of three styles, numbers as text, notes and a signature below
plans          .csv with semicolons, sep= line, a total row, old Mac line ends
"""
import csv
import datetime
import os
import re
import shutil
import sys
import unicodedata

import openpyxl

source, target = sys.argv[1], sys.argv[2]
os.makedirs(target)
shutil.copy(os.path.join(source, "office.ini"), target)
shutil.copytree(os.path.join(source, "texts"), os.path.join(target, "texts"))


for name in sorted(os.listdir(source)):      # what is not made dirty below is dropped in as it is
    if name.endswith((".csv", ".xlsx")) and name not in ("organizations.csv", "members.csv", "discipline.csv", "rotations.csv",
                                                         "tasks.csv", "plans.csv"):
        shutil.copy(os.path.join(source, name), target)


def read(name, delimiter):
    """Header and rows, without titles, blanks, totals and signatures."""
    with open(os.path.join(source, name), encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.reader(file, delimiter=delimiter) if any(row)]
    width = max(len(row) for row in rows)
    at = next(i for i, row in enumerate(rows) if sum(1 for cell in row if cell) > 5)
    body = [row + [""] * (width - len(row)) for row in rows[at + 1:]]
    return rows[at], [row for row in body if sum(1 for cell in row if cell) > 4]


def as_date(text):
    match = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text)
    return datetime.date(int(match[3]), int(match[2]), int(match[1])) if match else None


def messy_date(text, number):
    """One date in four ways: a date cell, a serial number, text with dots, text with blanks around."""
    date = as_date(text)
    if not date:
        return text
    ways = [date, (date - datetime.date(1899, 12, 30)).days if date.year > 1930 else date,
            "%d.%d.%d" % (date.day, date.month, date.year), " %02d-%02d-%d " % (date.day, date.month, date.year)]
    return ways[number % 4]


def sheet_rows(sheet, header, rows, dates=()):
    sheet.append(header)
    for number, row in enumerate(rows):
        sheet.append([messy_date(cell, number) if header[c] in dates else (cell or None) for c, cell in enumerate(row)])


def organizations():
    header, rows = read("organizations.csv", ",")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Danh mục TCĐ"
    sheet.append(["ĐẢNG BỘ HUYỆN MẪU SƠN"])
    sheet.merge_cells("A1:H1")
    sheet.append([None, "DANH MỤC TỔ CHỨC ĐẢNG"])
    dates = [c for c, name in enumerate(header) if name.startswith("Ngày")]
    upper = ["Thời gian" if c in dates else None for c in range(len(header))]
    sheet.append(upper)
    sheet.append(header)
    sheet.append(["(%d)" % (c + 1) for c in range(len(header))])
    for number, row in enumerate(rows):
        sheet.append([messy_date(cell, number) if c in dates else (cell or None) for c, cell in enumerate(row)])
        if number % 50 == 0:
            sheet.append([])
        if number % 90 == 7:
            sheet.row_dimensions[sheet.max_row].hidden = True
    hidden = book.create_sheet("Danh sách chọn")
    hidden.append(["Xã", "Thị trấn"])
    hidden.sheet_state = "hidden"
    book.save(os.path.join(target, "to chuc dang.xlsx"))


def members():
    header, rows = read("members.csv", ";")
    name = header.index("Họ và tên")
    lines = ["\t".join(header)]
    for number, row in enumerate(rows):
        row = [cell.replace("\t", " ") for cell in row]
        if number % 3 == 0:
            row[name] = unicodedata.normalize("NFD", row[name])
        if number % 5 == 0:
            row[name] = "\u00a0" + row[name].replace(" ", "  ") + " "
        lines.append("\t".join(row))
    with open(os.path.join(target, "dang vien.txt"), "wb") as file:
        file.write(("\ufeff" + "\r\n".join(lines) + "\r\n").encode("utf-16-le"))


def rotations():
    header, rows = read("rotations.csv", ";")
    order = list(range(len(header)))[::-1]
    dates = {name for name in header if name.startswith("Ngày") or name.startswith("Hạn")}
    for part in range(2):
        book = openpyxl.Workbook()
        sheet_rows(book.active, [header[c] for c in order], [[row[c] for c in order] for row in rows[part::2]], dates)
        book.save(os.path.join(target, "bien dong can bo %d.xlsx" % (part + 1)))


def tasks():
    header, rows = read("tasks.csv", ";")
    dates = {"Ngày văn bản", "Ngày giao", "Thời hạn", "Gia hạn đến", "Ngày hoàn thành"}
    book = openpyxl.Workbook()
    sheet_rows(book.active, header, rows, dates)
    book.active.append([])
    book.active.append([None, "Người lập biểu"])
    book.active.append([None, "(ký, ghi rõ họ tên)"])
    book.create_sheet("Ghi chú").append(["Số liệu do Văn phòng tổng hợp"])
    book.save(os.path.join(target, "nhiem vu.xlsx"))


def discipline():
    """CP1258: base letters with their tones behind them, as Windows wrote them."""
    tones = "\u0300\u0309\u0303\u0301\u0323"
    with open(os.path.join(source, "discipline.csv"), encoding="utf-8-sig", newline="") as file:
        text = file.read()
    out = []
    for letter in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", letter)
        tone = [part for part in parts if part in tones]
        base = unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones))
        out.append(base + "".join(tone))
    with open(os.path.join(target, "ky luat.csv"), "wb") as file:
        file.write("".join(out).encode("cp1258"))


def plans():
    header, rows = read("plans.csv", ",")
    total = sum(int(row[header.index("Chỉ tiêu giao")]) for row in rows if row[1])
    lines = ["sep=;", "GIAO CHỈ TIÊU", ";".join(header)] + [";".join(row) for row in rows if row[1]]
    cells = [""] * len(header)
    cells[0], cells[header.index("Chỉ tiêu giao")] = "Tổng cộng", "{:,}".format(total).replace(",", ".")
    lines.append(";".join(cells))
    with open(os.path.join(target, "chi tieu.csv"), "wb") as file:
        file.write(("\r".join(lines) + "\r").encode("utf-8"))


for make in (organizations, members, rotations, tasks, discipline, plans):
    make()
