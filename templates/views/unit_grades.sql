SELECT coalesce(e.settled, r.org_id) AS org_id, sum(r.n) AS people, coalesce(sum(r.n) FILTER (WHERE r.grade = 'A'), 0) AS a,
       coalesce(sum(r.n) FILTER (WHERE r.grade = 'B'), 0) AS b, coalesce(sum(r.n) FILTER (WHERE r.grade = 'C'), 0) AS c,
       coalesce(sum(r.n) FILTER (WHERE r.grade = 'D'), 0) AS d,
       plan_limit('TLA', period_year(), coalesce(e.settled, r.org_id)) AS quota
  FROM monthly_ratings_tally r LEFT JOIN ended_units e ON e.org_id = r.org_id
 WHERE in_period(r.month) GROUP BY coalesce(e.settled, r.org_id)
