"""many.py PROGRAM - the memory of a batch must not grow with its documents.

What may grow is the list of them: a row of the index and a line of the manifest for each file, together under 4 KiB a
unit, where one document by itself takes a megabyte and more.
Two committees in one workspace have 300 and 3,000 units below them, so that both batches load the same data.
"""
import os
import shutil
import subprocess
import sys
import tempfile

PROGRAM = os.path.abspath(sys.argv[1])
PEAK = """
import resource, subprocess, sys
status = subprocess.run(sys.argv[1:]).returncode
print(status, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def write_inputs():
    with open("inputs/organizations.csv", "w", encoding="utf-8") as file:
        file.write("Mã TCĐ,Tên tổ chức đảng,Loại hình tổ chức,Loại hình cơ sở,Mã cấp trên\n")
        file.write("T,Đảng bộ tỉnh Mẫu,Đảng bộ huyện,Cơ quan hành chính,\n")
        for committee, units in (("A", 300), ("B", 3000)):
            file.write(f"{committee},Đảng bộ {committee},Đảng bộ huyện,Cơ quan hành chính,T\n")
            for unit in range(units):
                file.write(f"{committee}.{unit},Đảng bộ xã {committee} {unit},Đảng bộ cơ sở,Xã,{committee}\n")
    with open("inputs/plans.csv", "w", encoding="utf-8") as file:
        file.write("Mã kế hoạch,Tên chỉ tiêu,Năm,Mã đơn vị,Chỉ tiêu giao\n")
        for committee, units in (("A", 300), ("B", 3000)):
            for unit in range(units):
                file.write(f"{committee}{unit},kết nạp,2017,{committee}.{unit},{1 + unit % 5}\n")


def peak(unit):
    """The largest memory in KiB of the batch of a committee, and the documents that it made."""
    made = subprocess.run(
        [sys.executable, "-c", PEAK, PROGRAM, "report", "--period", "2017", "--unit", unit, "--each", "DBCS", "--quiet"],
        stdout=subprocess.PIPE, text=True, check=True)
    status, memory = made.stdout.split()
    assert status == "0", f"the batch of {unit} ends with status {status}"
    names = [name for name in os.listdir("outputs/2017/plan") if name.startswith(unit + ".")]
    return int(memory), sorted(names)


def main():
    here = tempfile.mkdtemp()
    shutil.copytree("templates", here + "/templates", ignore=shutil.ignore_patterns("*.md"))
    os.chdir(here)
    os.makedirs("inputs")
    write_inputs()
    with open("templates/plan.md", "w", encoding="utf-8") as file:
        file.write("---\ntitle: BÁO CÁO\nsubject: chỉ tiêu {{period.phrase}}\nperiod: year\n---\n"
                   "```sql targets\nSELECT unit_name(org_id) AS unit, target FROM plans ORDER BY org_id\n```\n"
                   "Chỉ tiêu của đơn vị:\n\n```table targets\n[unit]\nlabel = Đơn vị\n[target]\nlabel = Chỉ tiêu\n```\n")
    few, few_names = peak("A")
    many, many_names = peak("B")
    shutil.rmtree(here)
    whole = len(few_names) == 600 and len(many_names) == 6000
    good = whole and many - few < 4 * (3000 - 300)
    print("ok many" if good else "FAILED many", f"({len(few_names)} files in {few} KiB, {len(many_names)} in {many} KiB)")
    return 0 if good else 1


sys.exit(main())
