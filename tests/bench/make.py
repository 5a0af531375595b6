#!/usr/bin/env python3
"""make.py SIZE FOLDER [--xlsx FILE] - synthetic ledgers of a district, a province or a nation, as CSV.

Everything is invented; names are put together by chance. Standard library only: the same bytes on every machine.
With --xlsx the members are also written as a workbook with shared strings, the way Excel itself writes.
"""
import datetime
import os
import random
import sys
import zipfile
from xml.sax.saxutils import escape

#         levels below the root, members, decisions, moves, tasks
SIZES = {"district": ((62, 430), 6_386, 20, 60, 500),
         "province": ((30, 3_000, 13_000), 200_000, 1_200, 4_000, 150_000),
         "national": ((67, 1_300, 52_000), 5_500_000, 30_000, 100_000, 2_000_000)}
FAMILY = "Nguyễn Trần Lê Phạm Hoàng Phan Vũ Đặng Bùi Đỗ Hồ Ngô Dương Lý".split()
MIDDLE = "Văn Thị Đức Minh Hữu Ngọc Thanh Quang Thu Xuân Hồng Mai Kim Anh".split()
GIVEN = "An Bình Chi Dũng Giang Hà Hương Khánh Lan Long Mai Nam Nga Phúc Quân Sơn Tâm Thảo Trang Tuấn Vân Yến".split()
PLACE = "Tân Bình,Phú Sơn,Long Hòa,An Thạnh,Đông Hải,Xuân Lộc,Vĩnh Thịnh,Yên Lâm,Quảng Phúc,Mỹ Đức".split(",")
ETHNICITY = ["Kinh"] * 17 + ["Tày", "Thái", "Mường", "Khmer", "Nùng", "Ê Đê"]
RELIGION = ["Không"] * 9 + ["Phật giáo", "Công giáo"]
EDUCATION = ["Trung học cơ sở", "Trung học phổ thông", "Trung cấp", "Cao đẳng", "Đại học", "Đại học", "Thạc sĩ", "Tiến sĩ"]
THEORY = ["Chưa qua đào tạo", "Sơ cấp", "Sơ cấp", "Trung cấp", "Cao cấp"]
POSITION = [""] * 6 + ["Bí thư chi bộ", "Phó Bí thư chi bộ", "Chi ủy viên", "Trưởng phòng", "Hiệu trưởng", "Chuyên viên"]
CATEGORY = ['"Cán bộ, công chức"', "Viên chức", "Công nhân", "Nông dân", "Hưu trí", "Lực lượng vũ trang"]
STATUS = ["Chính thức"] * 18 + ["Dự bị", '"Miễn công tác, sinh hoạt"', "Chuyển đi"]
TYPE = ['"Xã, phường, thị trấn"', "Cơ quan hành chính", "Đơn vị sự nghiệp công lập", "Trường học", "Công an", "Quân đội"]
FORM = ["Khiển trách"] * 4 + ["Cảnh cáo"] * 2 + ["Cách chức", "Khai trừ"]
LEVEL = ["Đảng viên không giữ chức vụ"] * 4 + ["Cấp ủy cơ sở", "Huyện ủy quản lý", "Tỉnh ủy quản lý", "Trung ương quản lý"]
KIND = ["Điều động", "Luân chuyển", "Bổ nhiệm", "Bổ nhiệm lại", "Biệt phái", "Chỉ định"]
WORK = ["Báo cáo công tác phát triển đảng viên mới", "Rà soát quy hoạch cán bộ", "Tổng hợp kết quả kiểm tra, giám sát",
        "Đôn đốc việc thu, nộp đảng phí", 'Phong trào "Dân vận khéo"', "Tham mưu;\nbáo cáo bằng văn bản"]
HEADS = {
    "organizations": "code,name,parent_code,type,level",
    "members": "member_id,full_name,birth_date,sex,ethnicity,religion,org_code,admission_date,official_date,education,"
               "political_theory,position,category,status",
    "discipline": "decision_no,decision_date,member_id,org_code,position_level,form,violation,authority",
    "rotations": "decision_no,decision_date,member_id,kind,from_org,to_org,from_position,to_position",
    "tasks": "task_id,document_no,content,source,org_code,assignee,assigned_date,due_date,completed_date,status",
    "plans": "org_code,year,indicator,target"}


def days(first, last):
    one = datetime.date(*first)
    return [(one + datetime.timedelta(i)).strftime("%d/%m/%Y") for i in range((datetime.date(*last) - one).days + 1)]


def quoted(text):
    return '"%s"' % text.replace('"', '""') if any(c in text for c in ',"\n') else text


def units(levels, chance):
    rows, above, codes = [["G", "Đảng bộ cấp trên", "", "Cấp ủy cấp trên", "1"]], ["G"], []
    for depth, count in enumerate(levels):
        codes = []
        for i in range(count):
            parent = above[i % len(above)]
            code = "%s.%d" % (parent, i // len(above) + 1)
            codes.append(code)
            rows.append([code, "Đảng bộ %s %d" % (chance.choice(PLACE), i + 1), parent, chance.choice(TYPE), str(depth + 2)])
        above = codes
    return rows, codes


def write(folder, name, rows):
    with open(os.path.join(folder, name + ".csv"), "w", encoding="utf-8", newline="") as file:
        file.write(HEADS[name] + "\r\n")
        for row in rows:
            file.write(",".join(row) + "\r\n")


def members(count, leaves, chance):
    pick = chance.choice
    born, joined, fresh = days((1945, 1, 1), (2005, 12, 31)), days((1970, 1, 1), (2024, 12, 31)), days((2025, 1, 1), (2025, 6, 30))
    for i in range(count):
        yield ["%012d" % (i + 1), "%s %s %s" % (pick(FAMILY), pick(MIDDLE), pick(GIVEN)), pick(born), pick(("Nam", "Nam", "Nữ")),
               pick(ETHNICITY), pick(RELIGION), pick(leaves), pick(fresh if chance.random() < 0.013 else joined), "", pick(EDUCATION),
               pick(THEORY), pick(POSITION), pick(CATEGORY), pick(STATUS)]


def tasks(count, leaves, chance):
    pick, work = chance.choice, [quoted("%s, đợt %d" % (text, i)) for text in WORK for i in range(200)]
    year = days((2024, 10, 1), (2025, 9, 30))
    for i in range(count):
        given = chance.randrange(0, 272)
        due = given + chance.randrange(5, 60)
        done = chance.choice((due - 4, due, due + 9, None))
        yield ["NV%08d" % (i + 1), "%d-CV/ĐU" % (i % 20_000), pick(work), "Ban Thường vụ", pick(leaves),
               "%s %s %s" % (pick(FAMILY), pick(MIDDLE), pick(GIVEN)), year[given], year[min(due, 364)],
               year[min(max(given, done), 364)] if done is not None else "", "Đang thực hiện" if done is None else "Hoàn thành"]


def column(index):
    return (column(index // 26 - 1) if index >= 26 else "") + chr(65 + index % 26)


def write_xlsx(path, rows):
    """Dates as numbers with a date's format, all else as shared strings."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    texts, dates, base = {}, {2, 7}, datetime.date(1899, 12, 30)

    def cell(r, c, text):
        if r and c in dates and text:
            day = (datetime.date(int(text[6:]), int(text[3:5]), int(text[:2])) - base).days
            return '<c r="%s%d" s="1"><v>%d</v></c>' % (column(c), r + 1, day)
        return '<c r="%s%d" t="s"><v>%d</v></c>' % (column(c), r + 1, texts.setdefault(text, len(texts))) if text else ""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as book:
        def part(name, text):
            book.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)
        lines = ['<worksheet xmlns="%s"><sheetData>' % main]
        for r, row in enumerate(rows):
            lines.append('<row r="%d">%s</row>' % (r + 1, "".join(cell(r, c, text.strip('"')) for c, text in enumerate(row))))
        part("xl/worksheets/sheet1.xml", "".join(lines) + "</sheetData></worksheet>")
        part("xl/sharedStrings.xml", '<sst xmlns="%s">%s</sst>' % (main, "".join("<si><t>%s</t></si>" % escape(t) for t in texts)))
        part("xl/styles.xml", '<styleSheet xmlns="%s"><fonts><font/></fonts><fills><fill/></fills><borders><border/></borders><cellStyleXfs>'
             '<xf/></cellStyleXfs><cellXfs><xf/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>' % main)
        part("xl/workbook.xml", '<workbook xmlns="%s" xmlns:r="%s"><sheets><sheet name="members" sheetId="1" r:id="rId1"/></sheets></workbook>'
             % (main, office))
        part("xl/_rels/workbook.xml.rels", '<Relationships xmlns="%s/relationships">%s</Relationships>' % (package, "".join(
            '<Relationship Id="rId%d" Type="%s/%s" Target="%s"/>' % (i + 1, office, kind, target) for i, (kind, target) in enumerate(
                (("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml"))))))
        part("_rels/.rels", '<Relationships xmlns="%s/relationships"><Relationship Id="rId1" Type="%s/officeDocument" Target="xl/workbook.xml"/>'
             '</Relationships>' % (package, office))
        content = "application/vnd.openxmlformats-officedocument.spreadsheetml."
        part("[Content_Types].xml", '<Types xmlns="%s/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension='
             '"rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>%s</Types>' % (package, "".join(
                 '<Override PartName="/xl/%s.xml" ContentType="%s%s+xml"/>' % (name, content, kind) for name, kind in (
                     ("workbook", "sheet.main"), ("worksheets/sheet1", "worksheet"), ("sharedStrings", "sharedStrings"), ("styles", "styles")))))


def main():
    size, folder = sys.argv[1], sys.argv[2]
    levels, people, decisions, moves, work = SIZES[size]
    chance = random.Random(size)
    pick = chance.choice
    os.makedirs(folder, exist_ok=True)
    rows, leaves = units(levels, chance)
    recent = days((2024, 7, 1), (2025, 6, 30))
    if len(sys.argv) > 4:
        write_xlsx(sys.argv[4], [HEADS["members"].split(",")] + list(members(people, leaves, chance)))
        return
    write(folder, "organizations", rows)
    write(folder, "members", members(people, leaves, chance))
    write(folder, "tasks", tasks(work, leaves, chance))
    write(folder, "discipline", (["%d-QĐ/UBKT" % (i + 1), pick(recent), "%012d" % chance.randint(1, people), pick(leaves), pick(LEVEL),
                                  pick(FORM), "Vi phạm quy định", "Ủy ban Kiểm tra"] for i in range(decisions)))
    write(folder, "rotations", (["%d-QĐ/TU" % (i + 1), pick(recent), "%012d" % chance.randint(1, people), pick(KIND), pick(leaves),
                                 pick(leaves), "Chuyên viên", "Trưởng phòng"] for i in range(moves)))
    write(folder, "plans", ([leaf, "2025", "ket_nap_dang_vien", str(chance.randrange(7))] for leaf in leaves))


main()
