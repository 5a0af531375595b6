SELECT level, sum(in_period(received_date) AND NOT carried_over) AS received,
       sum((received_date < period_start() OR carried_over) AND (resolved_date IS NULL OR resolved_date >= period_start())) AS carried,
       sum(coalesce(in_period(resolved_date), 0)) AS resolved
  FROM petitions WHERE received_date <= period_end() GROUP BY level
UNION ALL
SELECT level, received,
       carried_over * (period = (SELECT min(period) FROM petition_totals WHERE in_period(period))), resolved
  FROM petition_totals WHERE in_period(period)
