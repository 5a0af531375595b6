#!/usr/bin/env python3
"""agree.py OWN.xlsx PEER.xlsx LEVELS.ini - are the figures of the bench's report those of the peer's workbook?

Every figure of the five tables is compared, percentages apart; one that is not there is nothing. Status 1 and the
figures that differ when they are not.
"""
import configparser
import sys
import warnings

import openpyxl

warnings.simplefilter("ignore")  # of extensions that openpyxl does not know
OWN, PEER, LEVELS = sys.argv[1:]
#         sheet, table of the peer, its columns in the order of the sheet's figures, where they and the row's name stand
TABLES = (("Bảng 1", "discipline", ("P0", "P1", "P2", "P3", "P4"), 1, 0), ("Bảng 2", "admissions", ("admitted", "target"), 3, 1),
          ("Bảng 3", "rotations", ("moves",), 1, 0),
          ("Bảng 4", "tasks", ("assigned", "on_time", "late", "progress", "overdue"), 2, 1),
          ("Bảng 5", "members", ("total", "women", None, "minority", None, "degree"), 1, 0))

levels = configparser.ConfigParser()
levels.read(LEVELS, encoding="utf-8")
codes = {levels[code]["label"]: code for code in levels.sections()}
own_book, peer_book = (openpyxl.load_workbook(path, data_only=True) for path in (OWN, PEER))
names = {row[2]: row[1] for row in own_book["Bảng 2"].iter_rows(min_row=3, values_only=True)}
own, peer = {}, {}
for sheet, table, columns, first, label in TABLES:
    for row in own_book[sheet].iter_rows(min_row=3, values_only=True):
        key = names.get(row[label], row[label]) if table == "tasks" else row[label]
        if "Tổng cộng" not in row[:2]:
            own.update({(table, key, column): row[first + i] for i, column in enumerate(columns) if column})
    rows = list(peer_book[table].iter_rows(values_only=True))
    for row in rows[1:]:
        peer.update({(table, row[0], codes.get(column, column)): row[i + 1] for i, column in enumerate(rows[0][1:])})
differing = [key for key in own.keys() | peer.keys() if (own.get(key) or 0) != (peer.get(key) or 0)]
for key in sorted(map(str, differing))[:10]:
    print("          differs:", key)
if differing or not any(own.values()):
    sys.exit(1)
print("          %d figures of %d tables agree with the peer's" % (sum(1 for key in own if own[key]), len(TABLES)))
