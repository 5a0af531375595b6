#!/usr/bin/env python3
"""peer_units.py INPUTS OUT COUNT JOBS - a small report (XLSX, and PDF of two pages) for each of the units of the kind
"first", as an analyst would script it: pandas, XlsxWriter, ReportLab. COUNT 0 only reads. Without them: status 77.
"""
import multiprocessing
import os
import sys

try:
    import pandas
    import xlsxwriter
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import mm
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Spacer, Table, TableStyle
except ImportError:
    sys.exit(77)

INPUTS, OUT, COUNT, JOBS = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
ACTIVE = {"Chính thức", "Dự bị", "Miễn công tác, sinh hoạt"}
FACES = "/usr/share/fonts/truetype/liberation2/LiberationSerif-"
#          sheet, caption, columns: label, width in mm, whether a number
TABLES = (("Chi bộ", "Bảng 1. Đảng viên theo chi bộ",
           (("STT", 12, True), ("Mã", 36, False), ("Chi bộ", 60, False), ("Tổng số", 18, True), ("Nữ", 18, True),
            ("DTTS", 18, True), ("Dự bị", 18, True))),
          ("Đảng viên", "Bảng 2. Danh sách đảng viên",
           (("STT", 12, True), ("Số thẻ", 26, False), ("Họ và tên", 46, False), ("Ngày sinh", 20, False),
            ("Giới tính", 14, False), ("Chức vụ", 40, False), ("Ngày vào Đảng", 22, False))),
          ("Nhiệm vụ", "Bảng 3. Nhiệm vụ được giao",
           (("STT", 12, True), ("Số văn bản", 28, False), ("Nội dung", 76, False), ("Hạn", 20, False),
            ("Hoàn thành", 20, False), ("Trạng thái", 24, False))))


def read(name, columns):
    return pandas.read_csv(os.path.join(INPUTS, name + ".csv"), usecols=columns, dtype=str, keep_default_na=False)


units = read("organizations", ["code", "name", "parent_code", "level"])
name = dict(zip(units.code, units.name))
wanted = list(units.code[units.level == "first"])
branches, unit_of = {code: [code] for code in wanted}, {code: code for code in wanted}
for code, parent in zip(units.code, units.parent_code):
    if parent in branches:
        branches[parent].append(code)
        unit_of[code] = parent
people = read("members", ["member_id", "full_name", "birth_date", "sex", "ethnicity", "org_code", "admission_date", "position", "status"])
people = people[people.status.isin(ACTIVE)]
people = people.assign(unit=people.org_code.map(unit_of)).dropna(subset=["unit"])
work = read("tasks", ["task_id", "document_no", "content", "org_code", "due_date", "completed_date", "status"])
work = work.assign(unit=work.org_code.map(unit_of)).dropna(subset=["unit"])
members = {unit: list(rows.itertuples(index=False)) for unit, rows in people.groupby("unit")}
tasks = {unit: list(rows.itertuples(index=False)) for unit, rows in work.groupby("unit")}

for face, file in (("LS", "Regular"), ("LSB", "Bold")):
    pdfmetrics.registerFont(TTFont(face, FACES + file + ".ttf"))
CELL = ParagraphStyle("cell", fontName="LS", fontSize=8, leading=9.5)
HEAD = ParagraphStyle("head", parent=CELL, fontName="LSB", alignment=1)


def bold(size, alignment=1):
    return ParagraphStyle("bold", fontName="LSB", fontSize=size, leading=size * 1.3, alignment=alignment)


def tables(unit):
    counts = {code: [0, 0, 0, 0] for code in branches[unit]}
    for row in members.get(unit, []):
        count = counts[row.org_code]
        for i, one in enumerate((True, row.sex == "Nữ", row.ethnicity != "Kinh", row.status == "Dự bị")):
            count[i] += one
    rows = ([[code, name[code], *counts[code]] for code in sorted(branches[unit]) if counts[code][0]],
            [[r.member_id, r.full_name, r.birth_date, r.sex, r.position, r.admission_date] for r in members.get(unit, [])[:40]],
            [[r.document_no, r.content, r.due_date, r.completed_date, r.status] for r in tasks.get(unit, [])[:40]])
    return [(*table, [[i + 1, *row] for i, row in enumerate(body)]) for table, body in zip(TABLES, rows)]


def write_xlsx(unit, made):
    book = xlsxwriter.Workbook(os.path.join(OUT, unit + ".xlsx"))
    head = book.add_format({"bold": True, "bg_color": "#D9E1F2", "border": 1, "text_wrap": True, "align": "center"})
    title = book.add_format({"bold": True, "font_size": 13})
    text = book.add_format({"border": 1, "text_wrap": True})
    number = book.add_format({"border": 1, "num_format": "#,##0"})
    for sheet_name, caption, columns, rows in made:
        sheet = book.add_worksheet(sheet_name)
        sheet.write_string(0, 0, caption, title)
        for c, (label, width, _) in enumerate(columns):
            sheet.write_string(2, c, label, head)
            sheet.set_column(c, c, width / 2)
        for r, row in enumerate(rows, 3):
            for c, value in enumerate(row):
                if columns[c][2]:
                    sheet.write_number(r, c, value, number)
                else:
                    sheet.write_string(r, c, value, text)
        sheet.freeze_panes(3, 0)
    book.close()


def shown(value, width):
    return Paragraph(value, CELL) if isinstance(value, str) and len(value) > width / 1.6 else value


def write_pdf(unit, made):
    def number_page(canvas, document):
        canvas.setFont("LS", 9)
        canvas.drawCentredString(105 * mm, 10 * mm, "Trang %d" % document.page)
    document = BaseDocTemplate(os.path.join(OUT, unit + ".pdf"), pagesize=A4, title=name[unit])
    document.addPageTemplates(PageTemplate(frames=[Frame(15 * mm, 18 * mm, 180 * mm, 264 * mm, 0, 0, 0, 0)], onPage=number_page))
    story = [Table([[Paragraph(name[unit].upper(), bold(11)), Paragraph("ĐẢNG CỘNG SẢN VIỆT NAM", bold(11))]], colWidths=[90 * mm] * 2),
             Spacer(1, 5 * mm), Paragraph("BÁO CÁO", bold(16)),
             Paragraph("Tình hình tổ chức cơ sở đảng 6 tháng đầu năm 2025", bold(13)), Spacer(1, 4 * mm)]
    for _, caption, columns, rows in made:
        style = [("GRID", (0, 0), (-1, -1), .4, colors.black), ("FONT", (0, 1), (-1, -1), "LS", 8),
                 ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#D9E1F2")), ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                 ("LEFTPADDING", (0, 0), (-1, -1), 1), ("RIGHTPADDING", (0, 0), (-1, -1), 1),
                 ("TOPPADDING", (0, 0), (-1, -1), 1.5), ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5)]
        style += [("ALIGN", (c, 1), (c, -1), "RIGHT") for c, column in enumerate(columns) if column[2]]
        data = [[Paragraph(label, HEAD) for label, _, _ in columns]]
        data += [[shown(value, columns[c][1]) for c, value in enumerate(row)] for row in rows]
        story += [Paragraph(caption, bold(12, 0)), Spacer(1, 2 * mm),
                  Table(data, colWidths=[width * mm for _, width, _ in columns], repeatRows=1, style=TableStyle(style)), Spacer(1, 5 * mm)]
    document.build(story)


def make(some):
    for unit in some:
        made = tables(unit)
        write_xlsx(unit, made)
        write_pdf(unit, made)


if JOBS == 1:
    make(wanted[:COUNT])
else:
    with multiprocessing.get_context("fork").Pool(JOBS) as pool:
        pool.map(make, [wanted[i:COUNT:JOBS * 4] for i in range(JOBS * 4)], chunksize=1)
