SELECT level, sum(in_period(received_date)) AS received,
       sum(last_day(received_date) < period_start() AND (resolved_date IS NULL OR last_day(resolved_date) >= period_start())) AS carried,
       sum(coalesce(in_period(resolved_date), 0)) AS resolved,
       sum(coalesce(NOT in_period(resolved_date) AND last_day(resolved_date) BETWEEN period_start() AND figure_day(), 0)) AS unplaced
  FROM petitions WHERE in_period(received_date) OR last_day(received_date) < period_start() GROUP BY level
