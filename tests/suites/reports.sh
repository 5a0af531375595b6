#!/bin/sh
# reports.sh - the shipped inputs make every report, under the sanitizers, with nothing rejected; the figures that offices
# have published stand in the PDF's text and as numbers in the workbook; prose, tables and workbook say the same.
. tests/common.sh

for period in $(cat tests/periods); do
    "$tongket" report --period "$period" --output "$scratch" --format pdf,xlsx,tree >"$scratch/said" 2>&1
    verdict "$period" $? "$scratch/said"
done

# Files that other programs read without a word.
for file in "$scratch"/*/*.pdf; do
    name=${file#"$scratch/"}
    pdftotext "$file" "${file%.pdf}.txt" 2>"$scratch/said"
    pdftoppm -r 30 "$file" "$scratch/page" 2>>"$scratch/said"
    qpdf --check "$file" >"$scratch/qpdf" 2>&1 || cat "$scratch/qpdf" >>"$scratch/said"
    grep -i warning "$scratch/qpdf" >>"$scratch/said"
    silent "$name is read in silence" "$scratch/said"
done

"$python" - "$scratch" <<'PYTHON' || status=1
import datetime, glob, json, re, sys

import openpyxl
from report import Suite
from tree import Tree

folder, suite = sys.argv[1], Suite("reports")

def text_of(path):
    """The words of the PDF, page numbers and page ends taken out."""
    pages = open(path, encoding="utf-8").read().split("\f")
    return " ".join(" ".join(re.sub(r"\A\s*\d+\s*\n", "", page).split()) for page in pages)

def squeeze(text):
    return "".join(text.split())

def number(text):
    """A printed number: 6.386 or 57,9% or −2 or 05."""
    return float(text.replace(".", "").replace(",", ".").replace("−", "-").replace("+", "").rstrip("%"))

def same_cell(want, cell):
    if want.kind in ("integer", "decimal"):
        return isinstance(cell, (int, float)) and abs(cell - float(want.value)) < 1e-9
    if want.kind == "ratio":
        if want.printed == "–":
            return cell in (None, "–")
        return isinstance(cell, (int, float)) and abs(cell * (100 if want.printed.endswith("%") else 1) - number(want.printed)) < 1e-6
    if isinstance(cell, datetime.datetime):
        return tuple(map(int, want.printed.split("/"))) == (cell.day, cell.month, cell.year)
    return squeeze(str(cell or "")).lstrip("'") == squeeze(want.printed)

texts, books = {}, {}
for path in sorted(glob.glob(folder + "/*/*.tree")):
    stem = path[:-5]
    name = stem[len(folder) + 1:]
    texts[name] = text_of(stem + ".txt")
    books[name] = openpyxl.load_workbook(stem + ".xlsx", data_only=True)
    tree = Tree(path)
    pdf, problems = squeeze(texts[name]), []
    sheets = sum(re.match(r"Bảng \d+$", sheet) is not None for sheet in books[name].sheetnames)
    if not tree.prose or len(tree.tables) != sheets:
        problems.append("the tree could not be read: %d paragraphs, %d tables of %d" % (len(tree.prose), len(tree.tables), sheets))
    problems += ["not in the PDF: " + text for text in tree.prose if squeeze(text) not in pdf]
    suite.report(name + ": the prose stands in the PDF", problems)

    problems = []
    for table in tree.tables:
        rows = [cells for _, cells in table.rows]
        sheet = [[cell.value for cell in row] for row in books[name]["Bảng %d" % table.number].iter_rows()]
        first = next((i for i, row in enumerate(sheet) if rows and len(row) >= len(table.columns) and all(map(same_cell, rows[0], row))), None)
        if first is None and rows:
            problems.append("Bảng %d: no row of the sheet is the first row %s" % (table.number, [cell.printed for cell in rows[0]]))
            continue
        for i, row in enumerate(rows):
            if len(row) != len(table.columns):
                problems.append("Bảng %d, row %d: %d cells in the tree, %d columns" % (table.number, i + 1, len(row), len(table.columns)))
            for want, got in zip(row, sheet[first + i]):
                if not same_cell(want, got):
                    problems.append("Bảng %d, row %d: «%s» in the report, %r in the workbook" % (table.number, i + 1, want.printed, got))
    suite.report(name + ": tables and workbook agree", problems)

    problems = ["Bảng %d: %s is not in the PDF" % (table.number, cell.printed) for table in tree.tables for _, row in table.rows
                for cell in row if cell.kind != "text" and cell.printed and cell.printed not in texts[name]]
    suite.report(name + ": the tables' numbers stand in the PDF", problems)

    summary = [[cell.value for cell in row] for row in books[name]["Tóm tắt"].iter_rows()]
    problems = []
    for label, figure in tree.figures:
        if figure.kind not in ("integer", "decimal", "ratio"):
            continue
        rows = [row for row in summary if row[1] == label and row[6] == figure.printed]
        if not rows:
            problems.append("no row for %s = %s" % (label, figure.printed))
        elif figure.kind == "ratio":
            top, bottom = map(int, figure.value.split("/"))
            if not any((row[3], row[4]) == (top, bottom) for row in rows):
                problems.append("%s: %d/%d in the report, %s" % (label, top, bottom, rows[0]))
        elif not any(float(row[2]) == float(figure.value) for row in rows):
            problems.append("%s: %s in the report, %s" % (label, figure.value, rows[0]))
        if squeeze(figure.printed) not in pdf:
            problems.append("%s is not in the PDF" % figure.printed)
    suite.report(name + ": prose and summary agree", problems)

    rules = [[cell.value for cell in row] for row in books[name]["Đối chiếu"].iter_rows()][2:]
    suite.report(name + ": the reconciliation holds", ["%s" % row for row in rules if row[1] and row[5] != "Khớp"] or ([] if rules else ["no rule"]))

# What the offices published (DOMAIN.md §1), as it must read and as it must stand in a workbook.
PUBLISHED = {
    "2014/year-end": {
        "phrases": [
            "62 tổ chức cơ sở đảng, gồm 21 xã, 01 thị trấn, 06 cơ quan hành chính, 20 đơn vị sự nghiệp, 12 doanh nghiệp, 02 lực lượng vũ trang",
            "430 chi bộ", "6.386 đảng viên", "(21,1% tổng số đảng viên)", "Kết nạp 189 đảng viên, đạt 106% kế hoạch năm (179)",
            "người Công giáo 02 (1,1%)",
            "luân chuyển, điều động, bố trí, sắp xếp 18; bầu, bổ sung cấp ủy 21; đề bạt, bổ nhiệm 27; phối hợp với cấp tỉnh bố trí 20",
            "trình độ đại học trở lên 35/36 (97,2%)", "cao cấp, cử nhân lý luận chính trị 30/36 (83,3%)",
            "trung cấp lý luận chính trị trở lên 36/36 (100,0%)", "131/142 (92,3%)", "142/142 (100,0%)",
            "471 nhiệm vụ; hoàn thành 419 (89,0%)", "Ban Thường vụ hoàn thành 9/9 (100,0%)",
            "hoàn thành 298/341 (87,4%), đang thực hiện 38 (11,1%), mới phát sinh 5 (1,5%)", "hoàn thành 112/121 (92,6%)"],
        "numbers": {
            "Tổ chức cơ sở đảng": 62, "Chi bộ trực thuộc": 430, "Đảng viên cuối kỳ": 6386, "Kết nạp đảng viên": 189, "Kế hoạch kết nạp": 179,
            "Kết nạp đảng viên (tỷ lệ)": (1.06, 189, 179), "Kết nạp người Công giáo": 2, "Kết nạp người Công giáo (tỷ lệ)": (0.011, 2, 189),
            "Đảng viên người dân tộc thiểu số (tỷ lệ)": (0.211, 1349, 6386),
            "Biến động cán bộ: Luân chuyển, điều động, bố trí, sắp xếp": 18, "Biến động cán bộ: Bầu, bổ sung cấp ủy": 21,
            "Biến động cán bộ: Đề bạt, bổ nhiệm": 27, "Biến động cán bộ: Phối hợp với cấp tỉnh bố trí": 20,
            "Nhiệm vụ theo dõi": 471, "Nhiệm vụ hoàn thành": 419, "Nhiệm vụ hoàn thành (tỷ lệ)": (0.89, 419, 471),
            "Nhiệm vụ hoàn thành: Ban Thường vụ": 9, "Nhiệm vụ hoàn thành: Tổ chức đảng": 298, "Nhiệm vụ: Tổ chức đảng": 341,
            "Nhiệm vụ hoàn thành: Phòng, ban": 112, "Nhiệm vụ: Phòng, ban": 121},
        "rows": {
            "Bảng 1": [["Xã", 21, 341], ["Thị trấn", 1, 13], ["Cơ quan hành chính", 6, 27], ["Đơn vị sự nghiệp", 20, 11],
                       ["Doanh nghiệp nhà nước", None, 20], ["Công ty cổ phần", None, 6], ["Lực lượng vũ trang", 2, 12],
                       ["Tổng cộng", 62, 430, 6386]],
            "Bảng 5": [["Ban Thường vụ", 9, 9, 100], ["Tổ chức đảng", 341, 298, 87.4, 38, 11.1, 5, 1.5], ["Phòng, ban", 121, 112, 92.6, 9],
                       ["Tổng cộng", 471, 419, 89.0, 47, None, 5]]}},
    "2017/year-end": {
        "phrases": [
            "kỷ luật 19 đảng viên (khiển trách 11 (57,9%), cảnh cáo 03 (15,8%), cách chức 0, khai trừ 05 (26,3%))",
            "01 Huyện ủy viên", "01 Phó Bí thư Đảng ủy, Chủ tịch UBND xã", "01 Ủy viên BTV Đảng ủy, Phó Chủ tịch UBND xã"],
        "numbers": {
            "Đảng viên bị kỷ luật": 19, "Kỷ luật: Khiển trách": 11, "Kỷ luật: Cảnh cáo": 3, "Kỷ luật: Cách chức": 0, "Kỷ luật: Khai trừ": 5,
            "Kỷ luật theo chức vụ: Huyện ủy viên": 1, "Kỷ luật theo chức vụ: Phó Bí thư Đảng ủy, Chủ tịch UBND xã": 1,
            "Kỷ luật theo chức vụ: Ủy viên BTV Đảng ủy, Phó Chủ tịch UBND xã": 1},
        "rows": {
            "Bảng 4": [["Khiển trách", 11, 57.9], ["Cảnh cáo", 3, 15.8], ["Cách chức", 0, 0], ["Khai trừ", 5, 26.3], ["Tổng cộng", 19, 100]]}},
}

# What the sample ledgers of records.py were made for: figures that are easily confused. None of them is published.
PUBLISHED["2017/year-end"]["phrases"] += [
    "Tổ chức 19 đoàn kiểm tra, giám sát (tăng 06 (46,2%) so với năm 2016) đối với 51 tổ chức đảng và 39 đảng viên",
    "đạt 105,0% kế hoạch năm (160)", "mới phát sinh 2 (4,1%)", "(Bảng 6)", "Tiếp 807 lượt công dân (tăng 27 (3,5%)", "05 lượt, 05 cán bộ"]
PUBLISHED["2014/year-end"]["phrases"] += ["dự sinh hoạt 163/180 lượt (90,6%)", "xếp loại hoàn thành xuất sắc nhiệm vụ (114-TB/BTCTU)", "(Bảng 5)"]
PUBLISHED["2017-H1/directive-half-year"] = {
    "phrases": [
        "kết quả thực hiện Chỉ thị số 10-CT/TU 6 tháng đầu năm 2017", "Đã ban hành 14 văn bản",
        "Tổ chức 12 đoàn kiểm tra, giám sát (tăng 05 (71,4%) so với 6 tháng đầu năm 2016) đối với 31 tổ chức đảng và 25 đảng viên",
        "kiểm tra chấp hành 04 đoàn (11 tổ chức, 06 đảng viên)", "Trong đó kiểm tra đột xuất 03 đoàn",
        "Thi hành kỷ luật 08 đảng viên (khiển trách 05 (62,5%), cảnh cáo 01 (12,5%), cách chức 0, khai trừ 02 (25,0%)), không đổi",
        "Chỉ số cải cách hành chính năm 2016 của Huyện Mẫu Sơn đạt 82,47%, cao hơn mức bình quân 2,32 điểm (bình quân 80,15%), xếp thứ 4/12",
        "đạt 84,1%, thấp hơn mức bình quân 0,8 điểm (bình quân 84,9%), xếp thứ 8/12",
        # 82/160 is 51,25 per cent: the plan says "cắt bỏ", one decimal; rounded it would be 51,3.
        "Kết nạp 82 đảng viên, đạt 51,2% chỉ tiêu năm (160)", "tân binh 04, dân quân 19, học sinh 02",
        "Luân chuyển, điều động, chuyển đổi vị trí công tác 07 lượt, 06 cán bộ", "Thay thế, điều chuyển trước thời hạn 02 lượt, 02 cán bộ",
        "Bổ sung 01 ủy viên ban thường vụ (từ đầu nhiệm kỳ 08)", "Bổ sung 03 ủy viên ban chấp hành (từ đầu nhiệm kỳ 13)",
        "392/414 lượt (94,7%): cấp huyện 91/96 (94,8%); cấp xã 301/318 (94,7%)",
        "Tiếp nhận 118 đơn, kỳ trước chuyển sang 17 đơn; đã giải quyết 121 đơn, bằng 102,5% số tiếp nhận (số giải quyết gồm cả đơn kỳ trước chuyển sang)",
        "hoàn thành 17/26 (65,4%), trong đó đúng hạn 14, quá hạn 03",
        "Còn 09 nhiệm vụ đang thực hiện, trong đó 07 nhiệm vụ trong hạn, 02 nhiệm vụ quá hạn"],
    "numbers": {
        "Văn bản ban hành": 14, "Đoàn kiểm tra, giám sát": 12, "Tổ chức đảng được kiểm tra, giám sát": 31, "Đảng viên được kiểm tra, giám sát": 25,
        "Đảng viên bị kỷ luật": 8, "Kết nạp đảng viên": 82, "Kết nạp đảng viên (tỷ lệ)": (0.512, 82, 160), "Kết nạp theo đối tượng: Dân quân": 19,
        "Luân chuyển, điều động, chuyển đổi vị trí (lượt)": 7, "Luân chuyển, điều động, chuyển đổi vị trí (người)": 6,
        "Lượt tiếp công dân": 414, "Lượt đã giải quyết, trả lời": 392, "Đơn tiếp nhận": 118, "Đơn kỳ trước chuyển sang": 17, "Đơn đã giải quyết": 121,
        "Đơn đã giải quyết (tỷ lệ)": (1.025, 121, 118), "Đơn còn lại": 14, "Nhiệm vụ cấp trên giao đang theo dõi": 26, "Nhiệm vụ cấp trên giao đã hoàn thành": 17,
        "Đang thực hiện trong hạn": 7, "Quá hạn chưa hoàn thành": 2},
    "rows": {"Bảng 2": [["Kiểm tra chấp hành", 4, 11, 6], ["Tổng cộng", 12, 31, 25]],
             "Bảng 4": [["Chỉ số cải cách hành chính", "2016", "Huyện Mẫu Sơn", 82.47, 80.15, 2.32, 4, 12]],
             "Bảng 5": [["Cấp huyện", 96, 91, 94.8], ["Cấp xã", 318, 301, 94.7], ["Tổng cộng", 414, 392, 94.7]],
             "Bảng 6": [["Tổng cộng", 17, 118, 121, 102.5, 14]]}}
PUBLISHED["2017-H1/inspections"] = {
    "phrases": ["12 đoàn kiểm tra, giám sát", "31 tổ chức đảng và 25 đảng viên"], "numbers": {"Đoàn kiểm tra đột xuất": 3, "Đối tượng có vi phạm": 5},
    "rows": {"Bảng 2": [["Ủy ban Kiểm tra", 5, 11, 10], ["Tổng cộng", 12, 31, 25]]}}
PUBLISHED["2017-H1/reception"] = {
    "phrases": ["khiếu nại 27, tố cáo 06, kiến nghị, phản ánh 85"], "numbers": {"Đơn còn lại": 14}, "rows": {"Bảng 3": [["Tổng cộng", 118, 104, 88.1]]}}
PUBLISHED["2017/indices"] = {
    "phrases": ["10/22 đơn vị (45,5%) thấp hơn mức bình quân"], "numbers": {"Đơn vị được đo mức độ hài lòng": 22},
    "rows": {"Bảng 1": [["Chỉ số hài lòng về phục vụ hành chính", "2016", "Huyện Mẫu Sơn", 84.1, 84.9, -0.8, 8, 12]]}}
PUBLISHED["2018-03/cadre-evaluation"] = {
    "phrases": ["Có 08 đơn vị đánh giá 96 cán bộ: loại A 27 (28,1%), loại B 58 (60,4%), loại C 09 (9,4%), loại D 02 (2,1%)",
                "Cán bộ loại A tăng 02 (8,0%) so với tháng 2 năm 2018",
                "Có 01 đơn vị vượt tỷ lệ: Phòng Tài chính, Kế hoạch 5/12 (41,7%, tối đa 30%)"],
    "numbers": {"Cán bộ được đánh giá": 96, "Xếp loại: Loại A": 27, "Cán bộ loại A so với tháng trước (tăng, giảm)": 2, "Đơn vị vượt tỷ lệ loại A": 1, "Xếp loại: Loại B": 58},
    # 4 of 12 are a third: over the common 30 per cent, within the 40 that this office was given.
    "rows": {"Bảng 2": [["Văn phòng Huyện ủy", 12, 4, 7, 1, 0, 33.3, 40, "trong tỷ lệ"],
                        ["Ban Tổ chức Huyện ủy", 10, 3, 7, 0, 0, 30.0, 30, "trong tỷ lệ"],
                        ["Phòng Tài chính, Kế hoạch", 12, 5, 6, 1, 0, 41.7, 30, "vượt tỷ lệ"], ["Tổng cộng", 96, 27, 58, 9, 2, 28.1]]}}
PUBLISHED["2014/cell-meetings"] = {
    "phrases": ["15 cấp ủy viên phụ trách 15 chi bộ; dự sinh hoạt 163/180 lượt (90,6%), vắng có lý do 11, vắng không lý do 06"],
    "numbers": {"Lượt có dự": 163, "Lượt có dự (tỷ lệ)": (0.906, 163, 180)}, "rows": {"Bảng 1": [["Tổng cộng", None, 180, 163, 11, 6, 90.6]]}}
PUBLISHED["2014/surveys"] = {
    "phrases": ["Khảo sát 04 xã"], "numbers": {"Xã khảo sát vùng có đạo": 4, "Tổng số tiêu chí": 418},
    "rows": {"Bảng 2": [["Đảng bộ xã Mẫu Lâm", 17, 19, 89.5]]}}
PUBLISHED["2014/ratings"] = {
    "phrases": ["Ban Tổ chức Tỉnh ủy xếp loại hoàn thành xuất sắc nhiệm vụ", "hoàn thành xuất sắc nhiệm vụ 12 (19,4%), hoàn thành tốt nhiệm vụ 38 (61,3%)"],
    "numbers": {"Đơn vị được xếp loại": 62, "Đơn vị: Không hoàn thành nhiệm vụ": 2},
    "rows": {"Bảng 1": [["Hoàn thành xuất sắc nhiệm vụ", 12, 19.4, 10, 16.1], ["Tổng cộng", 62, 100, 62, 100]]}}
# Further figures are files: what the samples of a report were made to reproduce, in the same shape.
for path in sorted(glob.glob("tests/figures/*.json")):
    with open(path, encoding="utf-8") as file:
        PUBLISHED.update(json.load(file))
for name, published in PUBLISHED.items():
    summary = [[cell.value for cell in row] for row in books[name]["Tóm tắt"].iter_rows()]
    suite.report(name + ": published figures in the PDF", ["not there: " + phrase for phrase in published["phrases"] if squeeze(phrase) not in squeeze(texts[name])])
    problems = []
    for label, want in published["numbers"].items():
        rows = [row[2:5] for row in summary if row[1] == label]
        want = list(want) if isinstance(want, (list, tuple)) else [want, None, None]
        if want not in rows:
            problems.append("%s: want %s, the summary has %s" % (label, want, rows))
    for sheet, wanted in published["rows"].items():
        rows = [[cell.value for cell in row] for row in books[name][sheet].iter_rows()]
        for want in wanted:
            if not any(len(row) > len(want) and all(w is None or w == cell for w, cell in zip(want, row[1:])) for row in rows):
                problems.append("%s: no row is %s" % (sheet, want))
    suite.report(name + ": published figures in the workbook", problems)

# Two halves are a year.
halves = [next(row for row in ([cell.value for cell in row] for row in books["2017-H%d/discipline-bulletin" % half]["Bảng 1"].iter_rows()) if "Tổng cộng" in row) for half in (1, 2)]
suite.report("2017: the two bulletins sum to the year's 19", [] if halves[0][2] + halves[1][2] == 19 else ["%s" % halves])
suite.end()
PYTHON
exit "$status"
