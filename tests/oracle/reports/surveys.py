"""Surveys of a year, item by item: areas with many believers, and the comprehensive commune."""
from values import Ratio

RELIGIOUS = {"households": "HO", "believing": "HODAO", "believers": "TINDO", "members": "DVDAO", "hamlets": "THONDAO",
             "without": "THONTRANG"}


def claims(o, d):
    rows = [row for row in o.rows("surveys") if row.year == o.year]
    found = {}
    for row in rows:
        unit = found.setdefault(row.survey, {}).setdefault(o.place(row.org_id) or row.org_id, {})
        unit[row.item] = unit.get(row.item, 0) + row.value
    religious = {unit: {column: items.get(item) for column, item in RELIGIOUS.items()} for unit, items in found.get("KH114", {}).items()}
    d.check("Khảo sát vùng có đạo: số hộ theo đạo không quá tổng số hộ", 0,
            sum((items["believing"] or 0) > (items["households"] or 0) for items in religious.values()))
    if religious:
        sums = {column: sum(items[column] or 0 for items in religious.values()) for column in RELIGIOUS}
        d.say("Khảo sát {} xã: {}/{} hộ theo đạo ({}), {} tín đồ, {} đảng viên theo đạo; {} thôn, bản có đông đồng bào theo đạo, "
              "trong đó {} thôn, bản chưa có chi bộ riêng.", len(religious), sums["believing"], sums["households"],
              Ratio(sums["believing"], sums["households"]), sums["believers"], sums["members"], sums["hamlets"], sums["without"])
        d.table("religious", [dict(items, unit=o.name(unit), rate=rate(items["believing"], items["households"]))
                              for unit, items in religious.items()],
                dict(sums, rate=rate(sums["believing"], sums["households"])), ordered=False)
    scores = {}
    for unit, items in found.get("XTD", {}).items():
        scores[unit] = items.get("TCDAT", 0), items.get("TCDAT", 0) + items.get("TCCHUA", 0)
    d.check("Xã toàn diện: mọi xã có cùng số tiêu chí", 1, len({criteria for _, criteria in scores.values()}) if scores else 1)
    if scores:
        reached, criteria = (sum(pair[side] for pair in scores.values()) for side in (0, 1))
        d.say("Có {} xã, thị trấn được khảo sát, đạt {}/{} tiêu chí ({}).", len(scores), reached, criteria, Ratio(reached, criteria))
        d.table("criteria", [dict(unit=o.name(unit), reached=pair[0], criteria=pair[1], rate=rate(*pair)) for unit, pair in scores.items()],
                dict(reached=reached, criteria=criteria, rate=rate(reached, criteria)), ordered=False)
    if not religious or not scores:
        d.say("Trong năm không khảo sát.")
    if not religious and not scores:
        d.say("Trong năm không khảo sát.")


def rate(part, whole):
    return Ratio(part, whole, "0.0") if part is not None and whole is not None else None
