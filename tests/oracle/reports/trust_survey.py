"""The trust survey of a year: its shares stand on the ballots that the office declares, a person is a name at a unit."""
from fractions import Fraction

from claims import List
from ledgers import folded
from reports.kept import not_kept
from values import Ratio

WORDS = {"issued": "phát ra", "returned": "thu về", "valid": "hợp lệ"}
LEVELS = {"high": "Tín nhiệm cao", "medium": "Tín nhiệm", "low": "Tín nhiệm thấp"}
NOBODY = "Trong {} không tổ chức thăm dò tín nhiệm."


def person(vote):
    return folded(vote.full_name), vote.org_id, folded(vote.post or "")


def claims(o, d):
    if not_kept(o, d, "trust_votes", NOBODY):
        return
    votes = o.during("trust_votes", "survey_date")
    base = o.setting("trust", "base", "valid")
    limits = {name: o.setting("trust", name) for name in ("low", "relief")}

    def tally(some):
        found = {level: sum(getattr(vote, level) for vote in some) for level in LEVELS}
        return dict(found, base=sum(getattr(vote, base) for vote in some), people=len({person(vote) for vote in some}))

    def shares(found, levels=LEVELS):
        return {level + "_share": Ratio(found[level], found["base"], "0.0") for level in levels}

    valid = sum(vote.valid for vote in votes)
    everyone = tally(votes)
    d.check("Tín nhiệm cao + tín nhiệm + tín nhiệm thấp = số phiếu hợp lệ", valid, sum(everyone[level] for level in LEVELS))
    d.check("Số phiếu làm mẫu số được khai báo ([trust] base = issued, returned hoặc valid)", 1, int(base in WORDS))
    if not votes:
        d.say(NOBODY, o.phrase)
        return
    d.absent(NOBODY)

    words = o.words("trust-group")
    classes = [(code, tally([vote for vote in votes if vote.__dict__["class"] == code])) for code in words.codes
               if any(vote.__dict__["class"] == code for vote in votes)]
    d.say("Đã lấy phiếu thăm dò tín nhiệm đối với {} đồng chí, gồm: {}. Có {} lượt phiếu hợp lệ. Các tỷ lệ trong báo cáo này "
          "tính trên số phiếu {} ({} lượt phiếu).", everyone["people"],
          List("{} {}", [(words.label(code), found["people"]) for code, found in classes], "; "), valid, WORDS[base], everyone["base"])
    d.say("Tín nhiệm cao {}, tín nhiệm {}, tín nhiệm thấp {}.", *(Ratio(everyone[level], everyone["base"]) for level in LEVELS))
    d.table("by_class", [dict(found, **shares(found), **{"class": words.titled(code)}) for code, found in classes],
            dict(everyone, **shares(everyone)))
    d.chart("by_class", [words.titled(code) for code, _ in classes],
            {label: [found[level] for _, found in classes] for level, label in LEVELS.items()})
    d.table("by_person", [dict(person=vote.full_name, post=vote.post, unit=o.name(vote.org_id), base=getattr(vote, base), high=vote.high,
                               medium=vote.medium, low=vote.low, **shares(tally([vote]), ("high", "low"))) for vote in votes],
            key=["person", "unit", "base", "low", "high"], ordered=False)

    def above(vote, limit, or_equal=False):
        share = Fraction(vote.low, getattr(vote, base)) if getattr(vote, base) else Fraction(0)
        return share > Fraction(limit) or or_equal and share == Fraction(limit)

    weak = [vote for vote in votes if above(vote, limits["low"])]
    relief = [vote for vote in weak if above(vote, limits["relief"], True)]
    nobody = "Không có trường hợp nào có trên {} số phiếu tín nhiệm thấp."
    if not weak:
        d.say(nobody, limits["low"])
        return
    d.absent(nobody)
    d.say("Có {} đồng chí có trên {} số phiếu tín nhiệm thấp, trong đó {} đồng chí có từ {} trở lên.",
          len({person(vote) for vote in weak}), limits["low"], len({person(vote) for vote in relief}), limits["relief"])
    d.table("weak", [dict(person=vote.full_name, post=vote.post, unit=o.name(vote.org_id), low=vote.low, base=getattr(vote, base),
                          share=Ratio(vote.low, getattr(vote, base), "0.0"),
                          proposal="xem xét cho thôi giữ chức vụ" if vote in relief else
                          "đưa ra khỏi quy hoạch, xem xét bố trí công việc khác") for vote in weak],
            key=["person", "unit", "base", "low"], ordered=False)
