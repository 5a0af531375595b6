WITH sums AS (
  SELECT coalesce(level, NULL) AS level, coalesce(org_id, NULL) AS org_id, period, received, carried_over, resolved
    FROM petition_totals WHERE in_period(period)
  UNION ALL
  SELECT level, org_id, received_date, NULL, NULL, NULL FROM petitions WHERE FALSE)
SELECT *, row_number() OVER (PARTITION BY level, org_id ORDER BY last_day(period)) = 1 AS opens FROM sums
