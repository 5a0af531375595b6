SELECT * FROM planning
 WHERE last_day(added_date) <= figure_day() AND (removed_date IS NULL OR first_day(removed_date) > figure_day())
