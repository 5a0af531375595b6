"""Surveys of a year, item by item: areas with many believers, and the comprehensive commune."""
from reports.kept import not_kept, settled
from values import Ratio, UNKNOWN

RELIGIOUS = {"households": "HO", "believing": "HODAO", "believers": "TINDO", "members": "DVDAO", "hamlets": "THONDAO",
             "without": "THONTRANG"}


def claims(o, d):
    if not_kept(o, d, "surveys", "Trong năm không khảo sát."):
        return
    rows = [row for row in o.rows("surveys") if row.year == o.year]
    found = {}
    for row in rows:
        unit = found.setdefault(row.survey, {}).setdefault(settled(o, row.org_id), {})
        unit[row.item] = unit.get(row.item, 0) + row.value
    religious = {unit: {column: items.get(item) for column, item in RELIGIOUS.items()} for unit, items in found.get("KH114", {}).items()}
    d.check("Khảo sát vùng có đạo: số hộ theo đạo không quá tổng số hộ", 0,
            sum(None not in (items["believing"], items["households"]) and items["believing"] > items["households"]
                for items in religious.values()))
    if religious:
        sums = {column: total(items[column] for items in religious.values()) for column in RELIGIOUS}
        d.say("Khảo sát {} xã: {}/{} hộ theo đạo ({}), {} tín đồ, {} đảng viên theo đạo; {} thôn, bản có đông đồng bào theo đạo, "
              "trong đó {} thôn, bản chưa có chi bộ riêng.", len(religious), known(sums["believing"]),
              known(sums["households"]), known(rate(sums["believing"], sums["households"], "0.0%")),
              *(known(sums[column]) for column in ("believers", "members", "hamlets", "without")))
        d.table("religious", [dict(items, unit=o.name(unit), rate=rate(items["believing"], items["households"]))
                              for unit, items in religious.items()],
                dict(sums, rate=rate(sums["believing"], sums["households"])), ordered=False)
    scores = {}
    for unit, items in found.get("XTD", {}).items():
        scores[unit] = items.get("TCDAT"), total([items.get("TCDAT"), items.get("TCCHUA")])
    d.check("Xã toàn diện: mọi xã có cùng số tiêu chí", int(bool(scores)), len({criteria for _, criteria in scores.values()}))
    if scores:
        reached, criteria = (total(pair[side] for pair in scores.values()) for side in (0, 1))
        d.say("Có {} xã, thị trấn được khảo sát, đạt {}/{} tiêu chí ({}).", len(scores), known(reached), known(criteria),
              known(rate(reached, criteria, "0.0%")))
        d.table("criteria", [dict(unit=o.name(unit), reached=pair[0], criteria=pair[1], rate=rate(*pair)) for unit, pair in scores.items()],
                dict(reached=reached, criteria=criteria, rate=rate(reached, criteria)), ordered=False)
    if not religious or not scores:
        d.say("Trong năm không khảo sát.")
    if not religious and not scores:
        d.say("Trong năm không khảo sát.")


def rate(part, whole, form="0.0"):
    return Ratio(part, whole, form) if part is not None and whole is not None else None


def total(numbers):
    """Of those that were surveyed; None where none was."""
    numbers = [number for number in numbers if number is not None]
    return sum(numbers) if numbers else None


def known(value):
    return UNKNOWN if value is None else value
