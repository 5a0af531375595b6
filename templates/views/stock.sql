SELECT * FROM members_tally
 WHERE last_day(coalesce(arrived, admitted)) <= figure_day() AND (left_date IS NULL OR first_day(left_date) > figure_day())
