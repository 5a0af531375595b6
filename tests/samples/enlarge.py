#!/usr/bin/env python3
"""enlarge.py FROM TO FACTOR - copies the sample inputs, with members and tasks FACTOR times over (new keys, the same facts)."""
import os
import shutil
import sys

source, target, factor = sys.argv[1], sys.argv[2], int(sys.argv[3])
shutil.copytree(source, target)


def enlarge(name, column):
    path = os.path.join(target, name)
    with open(path, encoding="utf-8-sig", newline="") as file:
        lines = file.read().splitlines()
    with open(path, "w", encoding="utf-8", newline="") as file:
        for copy in range(factor):
            for line in lines:
                cells = line.split(";")
                data = len(cells) > 5 and cells[0].isdigit()
                if copy and not data:
                    continue
                if copy:
                    cells[column] += "-%d" % copy
                file.write(";".join(cells) + "\r\n")


enlarge("members.csv", 1)
enlarge("tasks.csv", 1)
