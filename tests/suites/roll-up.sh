#!/bin/sh
# roll-up.sh - three districts, each a workspace of its own, made side by side; the level above reads their workbooks and
# adds them up. What must come out is added up here by another program, from what the districts printed.
. tests/common.sh
tongket=$PWD/tongket

for district in A B C; do
    mkdir -p "$scratch/$district/inputs"
    cp -RL templates "$scratch/$district/"
    for file in organizations.csv members.csv discipline.csv rotations.csv tasks.csv plans.csv office.ini; do
        cp "inputs/$file" "$scratch/$district/inputs/"
    done
    sed -i "s/\bMS\b/$district/g" "$scratch/$district"/inputs/*
done
# Not all alike: B lost a third of its discipline, C half of its tasks.
sed -i '8~3d' "$scratch/B/inputs/discipline.csv"
sed -i '8~2d' "$scratch/C/inputs/tasks.csv"
mkdir -p "$scratch/top/inputs"
cp -RL templates "$scratch/top/"
cp inputs/office.ini "$scratch/top/inputs/"
cat >"$scratch/top/inputs/organizations.csv" <<'CSV'
Mã TCĐ,Tên tổ chức đảng,Loại hình tổ chức,Loại hình cơ sở,Mã cấp trên
T,Đảng bộ tỉnh Mẫu,Đảng bộ huyện,Cơ quan hành chính,
A,Đảng bộ huyện An,Đảng bộ huyện,Cơ quan hành chính,T
B,Đảng bộ huyện Bình,Đảng bộ huyện,Cơ quan hành chính,T
C,Đảng bộ huyện Cao,Đảng bộ huyện,Cơ quan hành chính,T
D,Đảng bộ huyện Định,Đảng bộ huyện,Cơ quan hành chính,T
CSV

printf '%s\n' A B C | xargs -P 2 -I DISTRICT "$tongket" report year-end --period 2014 -C "$scratch/DISTRICT" --format xlsx --quiet >"$scratch/said" 2>&1 ||
    ! grep -q 'lỗi' "$scratch/said"
verdict "three districts side by side" $? "$scratch/said"
for district in A B C; do
    cp "$scratch/$district/outputs/2014/year-end.draft.xlsx" "$scratch/top/inputs/$district.xlsx"
done
"$tongket" report roll-up --period 2014 -C "$scratch/top" --format xlsx,pdf --quiet >"$scratch/said" 2>&1 && [ ! -s "$scratch/said" ]
verdict "the level above is silent" $? "$scratch/said"
"$python" - "$scratch/top" <<'PYTHON' || status=1
import sys
import warnings
import openpyxl
from report import Suite

warnings.simplefilter("ignore")

top, bad = sys.argv[1], []

def figures(path):
    rows = list(openpyxl.load_workbook(path, data_only=True)["Tóm tắt"].values)
    header = next(at for at, row in enumerate(rows) if "Tên ô" in row)
    names = rows[header]
    return [dict(zip(names, row)) for row in rows[header + 1:] if row[names.index("Tên ô")]]

def table(book, name):
    return [[cell for cell in row] for row in book[name].values]

districts = {name: figures("%s/inputs/%s.xlsx" % (top, name)) for name in "ABC"}
assert all(len(rows) > 80 for rows in districts.values())
for name, rows in districts.items():
    if any(row["Mã đơn vị"] != name or row["Báo cáo"] != "year-end" or str(row["Kỳ"]) != "2014" for row in rows):
        bad.append("figures of %s do not say whose they are" % name)

def value(name, figure):
    return next(row["Giá trị"] for row in districts[name] if row["Tên ô"] == figure)

book = openpyxl.load_workbook(top + "/outputs/2014/roll-up.xlsx", data_only=True)
by_unit = table(book, "Bảng 1")
wanted = ["units.grassroots", "cells.total", "members.total", "admitted.target", "admitted.total", None, "discipline.total", "tasks.total", "tasks.done"]
for name, label in (("A", "Đảng bộ huyện An"), ("B", "Đảng bộ huyện Bình"), ("C", "Đảng bộ huyện Cao")):
    row = next(row for row in by_unit if label in row)
    got = row[2:11]
    for figure, cell in zip(wanted, got):
        if figure and cell != value(name, figure):
            bad.append("%s, %s: %s, the district says %s" % (label, figure, cell, value(name, figure)))
total = next(row for row in by_unit if "Tổng cộng" in row)[2:11]
for figure, cell in zip(wanted, total):
    if figure and cell != sum(value(name, figure) for name in "ABC"):
        bad.append("total of %s: %s" % (figure, cell))
if len({value(name, "discipline.total") for name in "ABC"}) < 2 or len({value(name, "tasks.total") for name in "ABC"}) < 2:
    bad.append("the districts are all alike: nothing is shown")

rates = {}
for rows in districts.values():
    for row in rows:
        if row["Mẫu số"] is not None:
            top_, base = rates.get((row["Tên ô"], row["Chỉ tiêu"]), (0, 0))
            rates[row["Tên ô"], row["Chỉ tiêu"]] = top_ + row["Tử số"], base + row["Mẫu số"]
got = sorted((row[1], row[3], row[4]) for row in table(book, "Bảng 3") if isinstance(row[0], (int, float)))
if got != sorted((figure, *parts) for (_, figure), parts in rates.items()):
    bad.append("the rates are not the sums of numerators and denominators")
suite = Suite("roll-up")
suite.report("sums of three districts", bad)
suite.end()
PYTHON
pdftotext "$scratch/top/outputs/2014/roll-up.pdf" - | tr '\n' ' ' >"$scratch/said"
grep -q 'Chưa gửi báo cáo: Đảng bộ huyện Định.' "$scratch/said"
verdict "who has sent nothing is named" $? "$scratch/said"
exit "$status"
