SELECT org_id, sum(n) AS people, coalesce(sum(n) FILTER (WHERE grade = 'A'), 0) AS a,
       coalesce(sum(n) FILTER (WHERE grade = 'B'), 0) AS b, coalesce(sum(n) FILTER (WHERE grade = 'C'), 0) AS c,
       coalesce(sum(n) FILTER (WHERE grade = 'D'), 0) AS d,
       plan_limit('TLA', period_year(), org_id) AS quota
  FROM monthly_ratings_tally WHERE in_period(month) GROUP BY org_id
