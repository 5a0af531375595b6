-- A rating is of its year; while that year runs, only what was decided by the day of the figures is there.
SELECT * FROM ratings WHERE year_over(year) OR last_day(coalesce(decision_date, '9999-12-31')) <= figure_day()
