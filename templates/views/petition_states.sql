WITH asked AS (
  SELECT *, coalesce(result IS NULL OR in_group('petition-result', result, 'open'), FALSE) AS waits FROM petitions)
SELECT *, coalesce(in_period(received_date), 0) AS came, coalesce(in_period(resolved_date), 0) AS done,
       last_day(received_date) < period_start()
         AND CASE WHEN resolved_date IS NULL THEN waits ELSE first_day(resolved_date) >= period_start() END AS carried,
       last_day(received_date) <= figure_day()
         AND CASE WHEN resolved_date IS NULL THEN waits ELSE first_day(resolved_date) > figure_day() END AS remains
  FROM asked
