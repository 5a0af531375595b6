"""The year's evaluation of cadres by ten criteria. Every share stands on valid ballots: of the person's round, once for each criterion."""
from claims import List
from reports.kept import not_kept, settled
from reports.ballots import enough, lines_of, minimum, rounds_of, sums, votes
from values import Ratio

KIND = "MUOI"
LEVELS = (("T", "good"), ("K", "fair"), ("TB", "average"), ("Y", "poor"))


def claims(o, d):
    nothing = "Trong {} không tổ chức đánh giá cán bộ theo phiếu."
    if not_kept(o, d, "ballot_rounds", nothing):
        return
    rounds = rounds_of(o, KIND, o.start, o.T)
    if not rounds:
        d.say(nothing, o.phrase)
        return
    d.absent(nothing)
    criteria = o.words("ballot-criterion")
    codes = criteria.of_group(KIND)
    everything, shown = sums(rounds), enough(o, rounds)
    rated = [(line, row) for line, row in lines_of(o, shown) if line.level]
    d.say("Có {} cán bộ ở {} cơ quan được đánh giá theo {} tiêu chí. Số phiếu phát ra {}, thu về {}, hợp lệ {} ({} số phiếu thu về).",
          len({line.subject_id for line, _ in lines_of(o, rounds)}), len({settled(o, row.agency) for row in rounds}), len(codes),
          everything["issued"], everything["returned"], everything["valid"], Ratio(everything["valid"], everything["returned"]))
    hidden = [row for row in rounds if row not in shown]
    if hidden:
        d.say("Kết quả của {} không đưa vào báo cáo vì có dưới {} phiếu hợp lệ.",
              List("{} ({} phiếu)", [(o.name(row.agency), row.valid) for row in hidden], ", ", any_order=True), minimum(o))
    else:
        d.absent("không đưa vào báo cáo vì có dưới")

    def level(lines, code):
        return sum(votes(line) for line, _ in lines if line.level == code)

    def base(lines):
        """Valid ballots, once for each person, round and criterion."""
        return sum({(line.subject_id, row.round_id, line.criterion): row.valid for line, row in lines}.values())

    d.say("Trong {} lượt phiếu, mức tốt {} ({}), mức yếu {} ({}).", base(rated), level(rated, "T"), Ratio(level(rated, "T"), base(rated)),
          level(rated, "Y"), Ratio(level(rated, "Y"), base(rated)))

    def across(lines):
        cells = {"votes.%d" % (place + 1): level(lines, code) for place, (code, _) in enumerate(LEVELS)}
        return dict(cells, base=base(lines), share=Ratio(level(lines, "T"), base(lines), "0.0"))

    by_criterion = [(code, [pair for pair in rated if pair[0].criterion == code]) for code in codes]
    d.table("by_criterion", [dict(across(lines), criterion=criteria.titled(code)) for code, lines in by_criterion], across(rated))
    d.chart("good_share", [criteria.titled(code) for code, lines in by_criterion],
            {"Mức tốt": [level(lines, "T") for _, lines in by_criterion]})
    people = {}
    for line, row in rated:
        people.setdefault((line.subject_id, settled(o, row.agency)), []).append((line, row))
    d.table("by_person", [dict({name: level(lines, code) for code, name in LEVELS}, person=lines[0][0].subject_name, post=lines[0][0].post,
                               agency=o.name(agency), share=Ratio(level(lines, "T"), base(lines), "0.0"),
                               valid=sum({row.round_id: row.valid for _, row in lines}.values()))
                          for (_, agency), lines in people.items()], key=["person", "agency", "post"], ordered=False)
    cells = {}
    for line, row in rated:
        cells.setdefault((line.subject_id, line.criterion), []).append((line, row))
    for (subject, code), lines in cells.items():
        d.check("%s, %s: cộng các mức = số phiếu hợp lệ" % (subject, criteria.label(code)), base(lines), sum(votes(line) for line, _ in lines),
                "cộng các mức = số phiếu hợp lệ")
