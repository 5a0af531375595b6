SELECT * FROM planning WHERE added_date <= figure_day() AND (removed_date IS NULL OR removed_date > figure_day())
