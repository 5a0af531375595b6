SELECT *, CASE WHEN last_day(actual_return) <= figure_day() THEN 'returned'
               WHEN last_day(planned_return) < figure_day() THEN 'due'
               WHEN days_between(figure_day(), planned_return) <= setting('rotations', 'soon', 180) THEN 'soon'
               ELSE 'away' END AS state
  FROM rotations WHERE planned_return IS NOT NULL AND last_day(decision_date) <= figure_day()
