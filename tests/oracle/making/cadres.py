"""cadres.py - the ledgers of a random office that tell of cadres: moves, ballots, grades, planning, sessions, opinions, surveys.

As in records.py: m is the office, rows are {column: cell as typed}.
"""
from datetime import date, timedelta

import records
from spans import add_months


def rotations(m):
    """Moves, some with a day to return: it may be the last day of the year, or be known to the month or the year only."""
    for _ in range(m.random.randint(5, 40)):
        day = m.lately() if m.chance(0.8) else m.day(date(m.year - 4, 1, 1), m.end)
        member, name, _ = records.someone(m)
        kind = m.one(m.library.vocabularies["move-kind"].codes)
        if m.chance(0.4):
            kind = m.one(["LC", "LC", "DD", "BP"])
        back = None
        if kind in ("LC", "DD", "BP") and m.chance(0.7):
            edges = [end for end in (m.end, m.end - timedelta(1), m.end + timedelta(180), m.end + timedelta(181)) if end > day]
            back = m.one(edges) if edges and m.chance(0.25) else add_months(day, m.one([6, 12, 36])) + timedelta(days=m.one([0, 0, -3]))
        home = back + timedelta(days=m.one([-20, 0, 1, 15])) if back and m.chance(0.4) and back - timedelta(days=21) > day else None
        yield {"move_id": m.code("LC"), "member_id": member, "full_name": name, "kind": m.label("move-kind", kind),
               "decision_no": "%d-QĐ/HU" % m.random.randint(1, 300), "decision_date": m.typed(day, 0.06), "from_org": m.any_unit(blank=0.2),
               "to_org": m.any_unit(blank=0.15, outside=0.12), "from_post": m.one(["Chức cũ", "Chức cũ", ""]), "to_post": m.one(["Chức mới", "Chức mới", ""]),
               "level_from": m.pick("direction-level", blank=0.3), "level_to": m.pick("direction-level", blank=0.3),
               "term": m.one(["2020-2025", "2025-2030", ""]), "planned_return": m.typed(back, 0.12), "actual_return": m.typed(home, 0),
               "result": m.pick("rating", blank=0.3) if home else "", "reason": m.pick("move-reason", blank=0.3),
               "coordinated": m.one(["", "x", ""]), "early_replacement": m.one(["", "", "x"]),
               "body": m.pick("committee-body", blank=0.2) if kind in ("BAU", "BS", "CD") else ""}


# Ballots

def ballot_rounds(m):
    """Every agency votes in most quarters, now and then twice, with few ballots here and there."""
    m.rounds = []
    agencies = m.random.sample(list(m.units), min(3, len(m.units)))
    for year, quarter in ((m.year - 1, 4), (m.year, 1), (m.year, 2), (m.year, 3), (m.year, 4)):
        first = date(year, 3 * quarter - 2, 1)
        for agency in agencies:
            for _ in range(m.one([0, 1, 1, 1, 2])):
                day = m.day(first, add_months(first, 3) - timedelta(days=1))
                issued = m.random.randint(4, 20)
                returned = issued - m.one([0, 0, 1])
                kind = m.one(["BAY", "BAY", "MUOI"])
                row = {"round_id": m.code("P"), "round_date": m.typed(day, 0.03), "agency": agency, "criteria": m.label("ballot-set", kind),
                       "issued": issued, "returned": returned, "valid": returned - m.one([0, 0, 1])}
                m.rounds.append((row, agency, kind))
                yield row


def ballots(m):
    """What stands in them. A person has the same two or three manifestations in every quarter, so that some are named again."""
    subjects, m.said = {}, []
    for row, agency, kind in m.rounds:
        if agency not in subjects:
            subjects[agency] = [(m.code("CB-"), m.person(), m.one(["PV", "CM", "LD"]), m.one(["Chuyên viên", "Lái xe", ""]), habits(m))
                                for _ in range(3)]
        for subject, name, group, post, manifestations in subjects[agency]:
            for line in (of_seven(m, row, subject, manifestations) if kind == "BAY" else of_ten(m, row)):
                line.update(line_id=m.code("Y"), round_id=row["round_id"], subject_id=subject, subject_name=name, post=post,
                            subject_group=m.label("ballot-group", group))
                yield line


def habits(m):
    words, criteria = m.library.vocabularies["ballot-manifestation"], m.library.vocabularies["ballot-criterion"]
    fit = [code for code in words.codes if any(criteria.in_group(group, "BAY") for group in words.groups[code])]
    return m.random.sample(fit, min(len(fit), m.one([1, 2, 3])))


def of_seven(m, row, subject, manifestations):
    """Ballot by ballot, or added up."""
    words, criteria = m.library.vocabularies["ballot-manifestation"], m.library.vocabularies["ballot-criterion"]
    added_up = m.chance(0.4)
    for code in manifestations:
        named = min(row["valid"], m.one([0, 1, 2, 2, 3]))
        cell = {"criterion": criteria.label(next(group for group in words.groups[code] if criteria.in_group(group, "BAY"))),
                "manifestation": words.label(code)}
        m.said += [(subject, code)] if named else []
        if added_up:
            yield dict(cell, votes=named)
        else:
            for ballot in range(named):
                yield dict(cell, ballot_no=ballot + 1, votes="")


def of_ten(m, row):
    """Every valid ballot marks every criterion, but where a few are left unmarked."""
    words, levels = m.library.vocabularies["ballot-criterion"], m.library.vocabularies["ballot-level"]
    for code in words.of_group("MUOI"):
        if m.chance(0.03):
            continue
        left = row["valid"] - (m.one([0, 1]) if m.chance(0.1) else 0)
        for level in m.random.sample(levels.codes, len(levels.codes))[:m.one([1, 2, 2, 3])] or levels.codes[:1]:
            marked = m.random.randint(0, left)
            left -= marked
            yield {"criterion": words.label(code), "level": levels.label(level), "votes": marked}
        if left > 0 and m.chance(0.9):
            yield {"criterion": words.label(code), "level": levels.label("T"), "votes": left}


def corrections(m):
    words = m.library.vocabularies["ballot-manifestation"]
    for _ in range(m.one([0, 1, 3, 5])):
        subject, code = m.one(m.said) if m.said and m.chance(0.85) else ("CB-%03d" % m.random.randint(1, 9), m.one(words.codes))
        yield {"correction_id": m.code("KP"), "subject_id": subject, "manifestation": words.label(code), "corrected_date": m.typed(m.lately(), 0),
               "confirmed_by": "Trưởng phòng"}


# Opinions, meetings, sessions

def business_meetings(m):
    fields = m.library.vocabularies["opinion-field"].of_group("business")
    for _ in range(m.random.randint(0, 8)):
        meeting, day, form, who = m.code("G"), m.lately(), m.pick("meeting-form"), "Công ty %s" % m.one("ABC")
        typed = m.typed(day, 0.05)
        for number in range(m.random.randint(1, 3)):
            solved = day + timedelta(days=m.one([0, 10, 60])) if m.chance(0.6) else None
            yield {"issue_id": m.code("VD"), "meeting_id": meeting, "meeting_date": typed, "form": form, "enterprise": who, "field": m.pick("opinion-field", fields),
                   "issue": "Vấn đề %s.%d" % (meeting, number + 1), "resolver": m.any_unit(blank=0.2),
                   "deadline": m.typed(m.one([day + timedelta(days=30), m.end]), 0.1) if m.chance(0.7) else "",
                   "solved_date": m.typed(solved, 0) if solved else "", "result": "Đã trả lời" if solved else ""}


def opinions(m):
    """Some are handled or passed on only after the period, some are said to be handled without a day."""
    for number in range(m.random.randint(2, 30)):
        day = m.lately()
        state = m.one(["DANG", "CHUYEN", "XONG", "XONG"])
        dated = {"XONG": 0.9, "CHUYEN": 0.4, "DANG": 0.05}[state]
        handled = day + timedelta(days=m.one([0, 15, 45, 100])) if m.chance(dated) else None
        yield {"opinion_id": m.code("YK"), "received_date": m.typed(day, 0.06), "channel": m.pick("opinion-channel"), "org_id": m.any_unit(),
               "subject": m.person() if m.chance(0.3) else "", "field": m.pick("opinion-field", blank=0.2), "content": "Ý kiến %d" % number,
               "deadline": m.typed(m.one([day + timedelta(days=30), m.end, day]), 0.15) if m.chance(0.6) else "",
               "state": m.pick("opinion-state", [state]), "handled_date": m.typed(handled, 0) if handled else ""}


def working_sessions(m):
    """Mostly at grassroots organizations, some at a cell below; who is blamed may have taken part, be one of several, or bear another's name and more."""
    for number in range(m.random.randint(2, 25)):
        people = [m.person() for _ in range(m.random.randint(1, 3))]
        if m.chance(0.15):
            people.append(people[0] + " " + m.one(["Anh", "Linh"]))
        helped, harassed, trouble = m.chance(0.5), m.chance(0.25), m.chance(0.25)
        blamed = [m.one(people) if m.chance(0.8) else m.person(), m.one(people)]
        both = m.one(["%s; %s", "%s, %s"]) % tuple(blamed) if blamed[0] != blamed[1] else blamed[0]
        yield {"session_id": m.code("C"), "commune": m.any_unit(records.GRASSROOTS) if m.chance(0.85) else m.any_unit(),
               "session_date": m.typed(m.lately(), 0.06), "cadres": "; ".join(dict.fromkeys(people)), "cadre_org": m.any_unit(blank=0.3),
               "content": "Nội dung %d" % number, "helped": "x" if helped else "", "help_note": "Việc" if helped else "",
               "harassed": "x" if harassed else "", "harassed_who": (both if m.chance(0.3) else blamed[0]) if harassed else "",
               "trouble": "x" if trouble else "", "trouble_who": blamed[m.one([0, 1])] if trouble else "",
               "rating": m.pick("session-rating", blank=0.2), "outcome": m.pick("cadre-outcome", blank=0.7 if not (harassed or trouble) else 0.3),
               "proposal": "Đề nghị %d" % number if m.chance(0.3) else ""}


def submissions(m):
    for code, unit in m.units.items():
        if unit["kind"] in records.GRASSROOTS:
            for quarter in range(1, 5):
                if m.chance(0.5):
                    asked = "quý %s/%d" % (["I", "II", "III", "IV"][quarter - 1], m.year)
                    came = add_months(date(m.year, 3 * quarter - 2, 20), 2) + timedelta(days=m.one([0, 0, 15]))
                    yield {"submission_id": m.code("N"), "report": m.pick("submission-report"), "org_id": code, "period": asked,
                           "received_date": m.typed(came, 0) if m.chance(0.9) else "", "nil_report": m.one(["", "x"])}


# Grades, planning, surveys

def monthly_ratings(m):
    """A few units with several people each, so that shares come near their limits."""
    seen, units = set(), m.random.sample(list(m.units), min(4, len(m.units)))
    for _ in range(m.random.randint(5, 60)):
        member, name, unit = records.someone(m, 0.5)
        unit = m.one(units) if m.chance(0.7) else unit
        month = m.lately().replace(day=1)
        if (month, name) in seen or (month, member) in seen and member:
            continue
        seen |= {(month, name), (month, member)}
        yield {"month": "%02d/%d" % (month.month, month.year), "member_id": member, "full_name": name, "org_id": unit,
               "post": m.one(["Chuyên viên", ""]), "general": m.one([m.random.randint(10, 20), m.random.randint(10, 20), ""]),
               "result": m.random.randint(30, 70), "bonus": m.one(["", 0, 5]), "self_grade": m.pick("grade", blank=0.3), "grade": m.pick("grade")}


def planning(m):
    seen = set()
    for _ in range(m.random.randint(2, 25)):
        name, post, term, which = m.person(), m.one(["Bí thư", "Phó Bí thư", "Ủy viên BTV"]), m.one(["2020-2025", "2025-2030"]), m.one(["A2", "A3"])
        if (name, post, term, which) in seen:
            continue
        seen.add((name, post, term, which))
        added = m.day(date(m.year - 2, 1, 1), m.end)
        removed = m.day(added, date(m.year + 1, 2, 1)) if m.chance(0.25) else None
        born = m.one(["", m.random.randint(1965, 1995), m.year - 40, m.year - 41])
        yield {"planning_id": m.code("QH"), "full_name": name, "birth_year": born, "sex": m.pick("sex", blank=0.1),
               "current_post": m.one(["Chuyên viên", "Chuyên viên", ""]), "org_id": m.any_unit(blank=0.2), "planned_post": post, "term": term, "list": which,
               "added_date": m.typed(added, 0.05), "removed_date": m.typed(removed, 0), "removed_reason": "Lý do" if removed else ""}


def surveys(m):
    for code, unit in m.units.items():
        if unit["kind"] in records.GRASSROOTS and m.chance(0.6):
            for item in m.library.vocabularies["survey-item"].codes:
                survey = "XTD" if item.startswith("TC") else "KH114"
                if m.chance(0.85):
                    yield {"survey": m.label("survey", survey), "year": m.year - m.one([0, 0, 1]), "org_id": code,
                           "item": m.library.vocabularies["survey-item"].label(item), "value": m.random.randint(0, 500)}


def trust_votes(m):
    """Shares of exactly a half and two thirds among them, ballots that all came back void, and a person surveyed twice."""
    for _ in range(m.random.randint(2, 15)):
        issued = m.random.randint(5, 40)
        returned = issued - m.one([0, 0, 1, 2])
        valid = returned - m.one([0, 0, 1])
        high = m.random.randint(0, valid)
        low = m.random.randint(0, valid - high)
        if m.chance(0.25):
            issued = returned = valid = m.one([6, 12, 30])
            high, low = 0, m.one([valid // 2, valid // 2 + 1, valid * 2 // 3, valid * 2 // 3 - 1])
        elif m.chance(0.05):
            valid = high = low = 0
        yield {"vote_id": m.code("TN"), "survey_date": m.typed(m.lately(), 0.05), "class": m.pick("trust-group"), "full_name": m.person(),
               "post": m.one(["Chức vụ", "Chức vụ", ""]), "org_id": m.any_unit(blank=0.3), "issued": issued, "returned": returned, "valid": valid,
               "high": high, "medium": valid - high - low, "low": low}


MAKERS = [("rotations", rotations), ("ballot_rounds", ballot_rounds), ("ballots", ballots), ("corrections", corrections),
          ("business_meetings", business_meetings), ("opinions", opinions), ("working_sessions", working_sessions), ("submissions", submissions),
          ("monthly_ratings", monthly_ratings), ("planning", planning), ("surveys", surveys), ("trust_votes", trust_votes)]
