SELECT * FROM tasks
 WHERE last_day(given) <= figure_day() AND state IN ('overdue', 'new', 'in progress') OR state LIKE 'done%' AND in_period(done_date)
