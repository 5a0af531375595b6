SELECT level, received, carried, resolved, unplaced FROM petition_case_flow
UNION ALL
SELECT level, received,
       carried_over * (first_day(period) = (SELECT min(first_day(t.period)) FROM petition_totals t
                         WHERE in_period(t.period) AND t.level IS p.level)), resolved, 0
  FROM petition_totals p WHERE in_period(period)
