SELECT max(term) FROM rotations
 WHERE last_day(decision_date) <= as_of() AND CAST(substr(term, 1, 4) AS INTEGER) <= period_year()
   AND CAST(substr(term, -4) AS INTEGER) >= period_year()
