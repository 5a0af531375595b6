"""The communes' notebooks of a quarter: who came from above, what helped, who was blamed.

A session counts at the grassroots organization it took place at or under. A case is one kind of complaint in one session. A cadre is a
name at an agency. A commune has sent its notebook where a submission says so, or where sessions of it are in the ledger.
"""
import re

from claims import List, Piece
from ledgers import folded
from reports.kept import settled
from reports.pieces import text_key
from values import Ratio, Said, UNKNOWN, UNWRITTEN

COMMUNES = ("XA", "PH", "TT", "DK")
NOT_HANDLED = Said("chưa xử lý", ("chưa xử lý", "hưa ghi"))
KINDS = (("harassed", "sách nhiễu"), ("trouble", "gây phiền hà"))


def names_in(text):
    return {folded(name) for name in re.split(r"[;,\n]| và ", text or "") if name.strip()}


def claims(o, d):
    sessions = o.during("working_sessions", "session_date")
    types = o.words("org-type")

    def base(code):
        code = settled(o, code)
        return code if o.kind_in(code, "grassroots") else o.grassroots(code) or code

    def must_send(code):
        return o.row_of(code).kind == "DBX" or any(types.in_group(o.row_of(code).type, group) for group in COMMUNES)

    communes = [code for code in o.units("grassroots") if must_send(code)]
    rollup = bool(communes) and (o.top is None or not o.grassroots(o.top))
    notes = {}
    for row in o.rows("submissions"):
        if row.report == "SLV" and row.period and row.period.within(o.start, o.end) is True \
                and (row.received_date is None or o.as_of >= o.end or row.received_date.first <= o.as_of):
            notes.setdefault(base(row.org_id), []).append(row)
    visited = {base(row.commune) for row in sessions}
    sent = [code for code in communes if code in notes or code in visited]
    nothing_there = [code for code, rows in notes.items() if any(row.nil_report for row in rows)]
    nil = [code for code in communes if code in nothing_there]
    missing = [code for code in communes if code not in sent]

    if rollup:
        d.say("Có {}/{} cơ sở gửi báo cáo{}.", len(sent), len(communes),
              Piece(", trong đó {} cơ sở báo không phát sinh", len(nil)) if nil else Piece(""))
        if missing:
            d.say("Đơn vị chưa gửi báo cáo ({}): {}.", len(missing), List("{}", [o.name(code) for code in missing], "; ", any_order=True))
        else:
            d.absent("Đơn vị chưa gửi báo cáo")
    else:
        d.absent("cơ sở gửi báo cáo")
    d.check("Cơ sở đã gửi + chưa gửi = số cơ sở", len(communes), len(sent) + len(missing))
    d.check("Số cuộc theo cơ quan cộng lại = số cuộc làm việc", len(sessions), len(sessions))
    for code in nothing_there:
        d.check("%s báo không phát sinh: số cuộc ghi trong sổ" % o.name(code), 0, sum(base(row.commune) == code for row in sessions),
                "báo không phát sinh: số cuộc ghi trong sổ")
    if not sessions:
        if nil:
            d.say("Trong {} không có cuộc làm việc nào của cán bộ cấp trên tại cơ sở.", o.phrase)
        else:
            d.say("Chưa nhận được sổ theo dõi cuộc làm việc {}.", o.phrase)
        return

    cadres = {}
    for row in sessions:
        for name in row.cadres:
            cadres.setdefault((folded(name), row.cadre_org), []).append((name, row))
    def known(column, value):
        return value if o.has("working_sessions", column) else UNKNOWN

    helped = [row for row in sessions if row.helped]
    d.say("Trong {} có {} cuộc làm việc{}, với {} lượt của {} cán bộ cấp trên; {} cuộc giúp được việc cụ thể cho cơ sở ({}).", o.phrase,
          len(sessions), Piece(" tại {} cơ sở", len(visited)) if rollup else Piece(""), sum(len(row.cadres) for row in sessions),
          len(cadres), known("helped", len(helped)), known("helped", Ratio(len(helped), len(sessions))))

    def tally(rows):
        return dict(sessions=len(rows), helped=known("helped", sum(bool(row.helped) for row in rows)))

    def share(rows):
        return known("helped", Ratio(sum(bool(row.helped) for row in rows), len(rows), "0.0"))

    def rated(rows, rating):
        return known("rating", sum(row.rating == rating for row in rows))

    if rollup:
        def at(rows):
            return dict(tally(rows), good=rated(rows, "TOT"), poor=rated(rows, "KDY"))

        d.table("by_commune", [dict(at([row for row in sessions if base(row.commune) == code]), commune=o.name(code))
                               for code in sorted(visited, key=lambda code: text_key(o.name(code)))], at(sessions))

    def agency(code):
        return o.name(code) if code else UNWRITTEN

    agencies = {}
    for row in sessions:
        agencies.setdefault(row.cadre_org, []).append(row)
    d.table("by_agency", [dict(tally(rows), agency=agency(code), share=share(rows)) for code, rows in agencies.items()],
            dict(tally(sessions), share=share(sessions)), ordered=False)

    cases = [(row, who, kind) for row in sessions for who, kind in KINDS if getattr(row, who)]
    d.table("by_cadre", [dict(cadre=met[0][0], agency=agency(code), **tally([row for _, row in met]),
                              communes=len({base(row.commune) for _, row in met}),
                              good=rated([row for _, row in met], "TOT"),
                              complaints=sum(name in names_in(getattr(row, who + "_who")) and any(row is mine for _, mine in met)
                                             for row, who, _ in cases))
                         for (name, code), met in cadres.items()], key=["cadre", "agency"], ordered=False)
    if helped:
        d.table("works", [dict(day=row.session_date, commune=o.name(row.commune), content=row.content, help=row.help_note)
                          for row in helped], key=["day", "commune", "content", "help"], ordered=False)
    else:
        d.either(o.has("working_sessions", "helped"), "Các cuộc làm việc chưa giúp được việc cụ thể cho cơ sở.", "chưa có số liệu")

    nothing = "Không có phản ánh về sách nhiễu, phiền hà."
    if cases:
        outcomes = o.words("cadre-outcome")
        d.absent(nothing)
        d.say("Cơ sở phản ánh {} trường hợp sách nhiễu, {} trường hợp gây phiền hà. Đã xử lý: {}. Nội dung Mục này chỉ có trong bản nội bộ.",
              sum(bool(row.harassed) for row in sessions), sum(bool(row.trouble) for row in sessions),
              List("{} {}", [(outcomes.label(code), sum(row.outcome == code for row, _, _ in cases)) for code in outcomes.codes]))
        d.table("complaints", [dict(day=row.session_date, commune=o.name(row.commune), agency=agency(row.cadre_org),
                                    who=getattr(row, who + "_who"), kind=kind,
                                    outcome=outcomes.label(row.outcome) if row.outcome else NOT_HANDLED) for row, who, kind in cases],
                key=["day", "commune", "who", "kind", "outcome"], ordered=False)
    elif o.has("working_sessions", "harassed") and o.has("working_sessions", "trouble"):
        d.say(nothing)
    else:
        d.absent(nothing, "sổ không có cột")
    proposals = sorted((row for row in sessions if row.proposal), key=lambda row: text_key(o.name(row.commune)))
    for row in proposals:
        d.say("{}: {}.", o.name(row.commune), row.proposal)
    if not proposals and o.has("working_sessions", "proposal"):
        d.say("Không có kiến nghị.")
    elif not proposals:
        d.absent("Không có kiến nghị.", "sổ không có cột")

