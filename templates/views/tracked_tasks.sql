SELECT * FROM tasks
 WHERE last_day(given) <= figure_day() AND state NOT IN ('stopped', 'unplaced') AND (state NOT LIKE 'done%' OR in_period(done_date))
