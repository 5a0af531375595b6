"""records.py - the ledgers of a random office, one function each: m is the office, rows are {column: cell as typed}."""
from datetime import date, timedelta

from making.figures import figures
from spans import add_months, month_end

GRASSROOTS = ("DBCS", "CBCS", "DBX")
CELLS = ("CBTT", "CB", "CBCS")


def organizations(m):
    for unit in m.units.values():
        row = dict(unit)
        row["kind"], row["type"] = m.label("org-kind", unit["kind"]), m.label("org-type", unit["type"])
        # A unit of the year itself is known to the day; older ones may be known to the year.
        old = unit["valid_from"] and unit["valid_from"].year < m.year - 1
        row["valid_from"] = m.typed(unit["valid_from"], 0.3 if old else 0.05)
        row["valid_to"] = m.typed(unit["valid_to"], 0)
        yield row


def members(m):
    m.people = []
    for _ in range(m.random.randint(25, 90)):
        cell = m.any_unit(CELLS) if m.chance(0.85) else m.any_unit()
        kind = m.one(["KN"] * 5 + ["KNL", "CDEN", "PH", "CNCT"] + [""] * 6)
        new = m.chance(0.45)
        admitted = m.lately() if new else m.day(date(m.year - 30, 1, 1), date(m.year - 2, 12, 31))
        arrived = m.day(max(admitted, date(m.year - 2, 1, 1)), m.end) if m.chance(0.12) or kind == "CDEN" else None
        official = None
        if not (new and m.chance(0.7)) and m.chance(0.9):
            official = add_months(admitted, 12) + timedelta(days=m.one([0, 0, 1, 20]))
        left = left_kind = None
        if m.chance(0.2):
            left = m.day(max(arrived or admitted, date(m.year - 1, 1, 1)), date(m.year + 1, 1, 31))
            left_kind = m.one(["CD", "TU", "XR", "XT", "KTR"])
        birth = add_months(admitted, -12 * m.random.randint(19, 40))
        row = {"member_id": "TV.%05d" % (len(m.people) + 1), "full_name": m.person(), "birth": m.one([birth.strftime("%d/%m/%Y"), str(birth.year)]),
               "sex": m.pick("sex"), "org_id": cell, "status": "", "category": m.one(["CT", "chính thức", "", "dự bị" if official is None else ""]),
               "admitted": m.typed(admitted), "official": m.typed(official, 0.04), "admit_kind": m.label("admit-kind", kind),
               "arrived": m.typed(arrived, 0.05), "left_date": m.typed(left, 0.06), "left_kind": m.label("left-kind", left_kind),
               "admit_tags": "; ".join(m.library.vocabularies["admit-tag"].label(code) for code in m.random.sample(
                   ["DVIEN", "HS", "CBCC", "CG", "DQ", "TB", "NU", "TG"], m.random.randint(0, 3))) if new else "",
               "ethnicity": m.pick("ethnicity", ["KINH", "TAY", "NUNG", "THAI"], 0.15) if "TAY" in m.library.vocabularies["ethnicity"].codes
               else m.pick("ethnicity", m.library.vocabularies["ethnicity"].codes[:6], 0.15),
               "religion": m.pick("religion", ["KHONG", "KHONG", "CG", "PG", "TL"], 0.3), "education": m.pick("education", blank=0.1),
               "theory": m.pick("theory", blank=0.1),
               "group": "; ".join(m.library.vocabularies["member-group"].label(code) for code in m.random.sample(
                   m.library.vocabularies["member-group"].codes, m.random.randint(1, 2))) if m.chance(0.4) else "",
               "position": m.pick("post", ["BTCB", "HUV", "CV", "UVBTVDU"]) if m.chance(0.15) else ""}
        m.people.append(row)
        yield row


def someone(m, blank=0.2):
    """A member's number and name, or a name alone, of a member or of another."""
    if m.people and m.chance(0.75):
        # Some people come again and again: they are one person in several rows.
        row = m.one(m.people[:4]) if m.chance(0.3) else m.one(m.people)
        return ("" if m.chance(blank) else row["member_id"]), row["full_name"], row["org_id"]
    return "", m.person(), m.any_unit(CELLS)


def discipline(m):
    for number in range(m.random.randint(0, 26)):
        organization = m.chance(0.2)
        if m.seed % 6 == 5:
            organization = True
        day = m.lately()
        state = m.one(["HL"] * 7 + ["KN", "GN", "TD", "TH", ""])
        row = {"case_id": m.code("KL"), "subject_kind": m.label("subject-kind", "TC" if organization else "DV"), "violation": "Vi phạm %d" % number,
               "field": m.pick("discipline-field", blank=0.15), "decision_no": "%02d-QĐ/%s" % (m.random.randint(1, 40), m.one(["UBKT", "ĐU", "HU"])),
               "decision_date": m.typed(day, 0.06), "authority": m.pick("authority"), "state": m.label("discipline-state", state),
               "state_date": m.typed(m.day(day, add_months(day, 4)), 0) if state in ("TH", "KN") and m.chance(0.6) else ""}
        if organization:
            row.update(org_id=m.any_unit(GRASSROOTS + CELLS), form=m.label("discipline-form", m.one(["KT", "CC", "GT"])))
        else:
            member, name, unit = someone(m)
            posts = m.random.sample(["HUV", "PBTDU", "CTUBNDX", "BTCB", "TT", "CV"], m.one([0, 0, 0, 1, 1, 2]))
            form = m.one(["KT", "KT", "CC", "KTR"] + (["CCH"] if posts else []))
            row.update(member_id=member, full_name=name, org_id=unit, form=m.label("discipline-form", form),
                       position="; ".join(m.library.vocabularies["post"].label(code) for code in posts),
                       mgmt_level=m.pick("management-level", ["COSO", "BTVX", "BTVH", "BTVT"], 0.4) if posts else "")
            if m.chance(0.5):
                row.update(publish="x", public_summary="Tóm tắt %d" % number)
        yield row


def tasks(m):
    for number in range(m.random.randint(10, 60)):
        assigned = m.lately()
        if m.chance(0.1):
            assigned = m.day(date(m.year - 1, 1, 1), date(m.year - 1, 12, 31))
        deadline = assigned + timedelta(days=m.one([0, 5, 20, 45, 90, 200])) if m.chance(0.8) else None
        if deadline and m.chance(0.2):
            deadline = m.day(assigned, max(assigned, m.end))
        extended = deadline + timedelta(days=m.one([10, 40])) if deadline and m.chance(0.12) else None
        done = None
        if m.chance(0.55):
            base = extended or deadline or assigned
            done = max(assigned, base + timedelta(days=m.one([-30, -5, -1, 0, 0, 1, 3, 30])))
        status = m.one(["HT", "HT", ""]) if done else m.one(["DTH", "DTH", "CTH", "MPS", "TX", "DUNG", "", "HT"])
        yield {"task_id": m.code("NV"), "source_doc": "Kết luận số %d" % (number + 1), "source_date": m.typed(assigned, 0.02), "issuer": m.pick("task-issuer"),
               "subject_class": m.pick("task-subject", blank=0.15), "content": "Việc %d" % number, "lead_org": m.any_unit(outside=0.1),
               "lead_person": "" if m.chance(0.2) else m.person(), "assigned_date": "" if m.chance(0.1) else m.typed(assigned, 0.04),
               "deadline": m.typed(deadline, 0.2), "extended_to": m.typed(extended, 0.05), "extension_doc": "VB %d" % number if extended else "",
               "done_date": m.typed(done, 0.08), "status": m.label("task-status", status), "obstacles": "Vướng %d" % number if m.chance(0.2) else ""}


def plans(m):
    """Targets on one level, on two, of parts of a year, of none."""
    written = set()
    style = m.one(["units", "both", "root", "root code", "cells", "none", "both", "units"])

    def row(unit, target, year=None, period="NAM", indicator="KN"):
        key = (indicator, year or m.year, period, unit)
        if key in written:
            return []
        written.add(key)
        return [{"plan_id": m.code("CT"), "indicator": m.label("plan-indicator", indicator), "period_type": "" if period == "NAM" else m.label("period-type", period),
                 "year": year or m.year, "org_id": unit, "target": target, "rounding": m.pick("rounding", blank=0.5), "decimals": m.one(["", "", 0, 1, 2])}]

    if style in ("both", "root"):
        yield from row("", m.random.randint(0, 30))
    if style == "root code" or m.chance(0.15):
        yield from row("R", m.random.randint(1, 30))
    if style in ("units", "both"):
        for code, unit in m.units.items():
            if unit["kind"] in GRASSROOTS + ("DBH", "DBTT") and m.chance(0.8):
                yield from row(code, m.random.randint(0, 6))
    if style == "cells" or m.chance(0.25):
        for code, unit in m.units.items():
            if unit["kind"] in CELLS and m.chance(0.5):
                yield from row(code, m.random.randint(0, 3))
    if m.chance(0.4):
        for code in m.random.sample(list(m.units), min(3, len(m.units))):
            yield from row(code, m.random.randint(1, 4), period=m.one(["6TH", "QUY"]))
    if m.chance(0.5):
        yield from row("", m.random.randint(5, 20), year=m.year - 1)
    for code in ["", "R"] + m.random.sample(list(m.units), min(3, len(m.units))):
        if m.chance(0.5):
            yield from row(code, m.random.randint(20, 50), indicator="TLA")


def inspections(m):
    for _ in range(m.random.randint(2, 9)):
        kind, day, number = m.one(m.library.vocabularies["inspection-kind"].codes), m.lately(), m.random.randint(1, 6)
        name = m.one(["Đoàn kiểm tra", "Đoàn số %d" % number, "Đoàn giám sát"])
        typed, surprise, lead = m.typed(day, 0.04), m.one(["", "", "x"]), m.pick("lead-body", blank=0.15)
        for _ in range(m.random.randint(1, 4)):
            organization = m.chance(0.5)
            unit = m.any_unit(blank=0.15, outside=0.1)
            yield {"insp_id": m.code("KT"), "kind": m.label("inspection-kind", kind), "surprise": surprise, "theme": "Nội dung", "decision_no": "%02d-QĐ/ĐU" % number,
                   "decision_date": typed, "delegation": name, "lead_body": lead, "subject_kind": m.label("subject-kind", "TC" if organization else "DV"),
                   "subject": "Tổ chức %d" % m.random.randint(1, 6) if organization else m.person(), "org_id": unit,
                   "violation": m.one(["", "", "x"])}


def reception(m):
    for _ in range(m.random.randint(3, 25)):
        visits = m.random.randint(0, 30)
        yield {"rec_id": m.code("TD"), "day": m.typed(m.lately(), 0.12), "level": m.pick("reception-level"), "org_id": m.any_unit(blank=0.3, outside=0.08),
               "sessions": m.one(["", 1, 2]), "visits": visits, "groups": m.one(["", 0, 1, 2]), "handled": m.one(["", m.random.randint(0, visits), visits])}


def petitions(m):
    for _ in range(m.random.randint(3, 40)):
        day = m.lately()
        resolved = day + timedelta(days=m.one([0, 3, 30, 120, 250])) if m.chance(0.6) else None
        yield {"pet_id": m.code("DT"), "received_date": m.typed(day, 0.08), "sender": m.person(), "kind": m.pick("petition-kind"), "field": m.pick("petition-field", blank=0.2),
               "level": m.pick("reception-level", blank=0.15), "org_id": m.any_unit(blank=0.25, outside=0.05), "carried_over": m.one(["", "", "", "", "x"]),
               "deadline": m.typed(day + timedelta(days=m.one([10, 30, 60])), 0.1) if m.chance(0.6) else "", "resolved_date": m.typed(resolved, 0) if resolved else "",
               "result": m.label("petition-result", m.one(["DGQ", "CHUYEN", "TRA"])) if resolved else m.pick("petition-result", ["DANG", "LUU", "DGQ"], 0.6)}


def petition_totals(m):
    """Totals of some levels, of each half, quarter or month, by one unit or for all; now and then of a level that keeps a register too."""
    if not m.chance(0.6):
        return
    for level in m.random.sample(["HUYEN", "XA", "TINH", "QUAN", ""], m.one([1, 1, 2, 3])):
        if not m.chance(0.2):
            for row in m.ledgers.get("petitions", []):
                if m.library.vocabularies["reception-level"].code(row["level"]) == (level or None):
                    row["level"] = m.label("reception-level", "PHUONG")
        for unit in sorted({m.any_unit(GRASSROOTS, blank=0.6) for _ in range(m.one([1, 1, 2]))}):
            quarters = ["quý %s/%d" % (name, m.year) for name in ("I", "II", "III", "IV")]
            halves = ["6 tháng %s năm %d" % (name, m.year - older) for older in (1, 0) for name in ("đầu", "cuối")]
            months = ["%02d/%d" % (month, m.year) for month in range(1, 13)]
            closing = [month_end(m.year, month).strftime("%d/%m/%Y") for month in range(1, 13)]
            carried = m.random.randint(0, 9)
            for typed in m.one([quarters, halves, months, closing]):
                received = m.random.randint(0, 30)
                resolved = m.random.randint(0, received + carried)
                yield {"period": typed, "level": m.label("reception-level", level), "org_id": unit, "received": received, "carried_over": carried, "resolved": resolved}
                carried += received - resolved


def indicators(m):
    seen = set()
    for _ in range(m.random.randint(0, 14)):
        code, year, unit = m.one(m.library.vocabularies["indicator"].codes), m.year - m.one([0, 1, 1, 2, 3]), m.one(["Huyện Mẫu", m.any_unit(), m.one(list(m.units.values()))["name"]])
        if (code, year, unit) in seen:
            continue
        seen.add((code, year, unit))
        value = m.random.randint(4000, 9999) / 100
        of = m.random.randint(2, 20)
        yield {"indicator": m.label("indicator", code), "year": year, "org": unit, "value": ("%.2f" % value).replace(".", ","), "unit": "%",
               "base": m.one(["", ("%.2f" % (value + m.one([-3.5, 0, 2.25]))).replace(".", ",")]), "rank": m.one(["", m.random.randint(1, of)]), "rank_of": m.one([of, ""])}


def issued_documents(m):
    for number in range(m.random.randint(0, 14)):
        yield {"number": "%02d-KH/HU" % (number + 1), "issued_on": m.typed(m.lately(), 0.04), "kind": m.pick("document-kind", blank=0.15), "title": "Văn bản %d" % number,
               "issuer": "Huyện ủy", "directive": m.one(["Chỉ thị số 10-CT/TU về kỷ cương", "Chỉ thị số 10-CT/TU về kỷ cương", "Chỉ thị số 24-CT/TU về trách nhiệm"]),
               "org_id": m.any_unit(blank=0.5)}


def ratings(m):
    codes = ["HTXSNV", "HTTNV", "HTNV", "KHTNV"]
    for year in (m.year - 1, m.year):
        # The whole office is a blank unit, or its root by code, not both.
        for code in [m.one(["", "", "R"])] + [code for code in m.units if code != "R"]:
            unit = m.units.get(code) if code != "R" else None
            if (unit is None or unit["kind"] in GRASSROOTS or m.chance(0.15)) and m.chance(0.75):
                day = m.day(date(year, 11, 1), date(year + 1, 2, 15))
                yield {"rating_id": m.code("XL"), "year": year, "org_id": code, "rating": m.pick("rating", codes), "rater": "Cấp trên" if unit is None else "Huyện ủy",
                       "decision_no": m.one(["", "12-QĐ/HU"]), "decision_date": m.typed(day, 0) if m.chance(0.8) else ""}


def cell_meetings(m):
    seen = set()
    for _ in range(m.random.randint(2, 30)):
        member, name, _ = someone(m)
        month, unit = m.lately().replace(day=1), m.any_unit(CELLS)
        if (month, unit, name) in seen:
            continue
        seen.add((month, unit, name))
        state = m.one(["DU", "DU", "VCP", "VKP"])
        yield {"month": "%02d/%d" % (month.month, month.year) if m.chance(0.9) else m.one(["quý I/%d" % m.year, str(m.year)]), "full_name": name, "member_id": member,
               "org_id": unit, "attended": m.label("attendance", state) if state == "DU" else m.library.vocabularies["attendance"].label(state),
               "reason": "Ốm" if state == "VCP" else ""}


def contacts(m):
    for number in range(m.random.randint(2, 9)):
        first = m.day(date(m.year - 2, 1, 1), m.end) if m.chance(0.6) else None
        last = m.day(max(first or m.start, m.start), date(m.year + 1, 6, 30)) if m.chance(0.3) else None
        yield {"contact_id": m.code("LH"), "full_name": m.person(), "post": "Chức vụ %d" % number, "body": m.pick("contact-body"), "phone": "09000000%02d" % number,
               "position": m.one(["", number + 1]), "public": m.one(["x", "x", ""]), "valid_from": m.typed(first, 0), "valid_to": m.typed(last, 0)}


def hamlets(m):
    for number in range(m.random.randint(2, 12)):
        handed = m.lately() if m.chance(0.8) else None
        yield {"hamlet_id": m.code("T"), "name": "%s %d" % (m.one(["Thôn", "Xóm", "Bản"]), number), "kind": m.pick("hamlet-kind"), "commune": m.any_unit(GRASSROOTS),
               "posting_place": "Nhà văn hóa", "handed_date": m.typed(handed, 0), "posted_date": m.typed(handed + timedelta(days=m.one([0, 3, 20])), 0) if handed and m.chance(0.7) else "",
               "confirmer": m.one(["", "Trưởng thôn"])}


# The ledgers that tell of cadres stand in a file of their own, which refers to this one.
from making import cadres  # noqa: E402

MAKERS = [("organizations", organizations), ("members", members), ("discipline", discipline), ("tasks", tasks), ("plans", plans),
          ("inspections", inspections), ("reception", reception), ("petitions", petitions), ("petition_totals", petition_totals), ("indicators", indicators),
          ("issued_documents", issued_documents), ("ratings", ratings), ("cell_meetings", cell_meetings), ("contacts", contacts),
          ("hamlets", hamlets)] + cadres.MAKERS + [("figures", figures)]
