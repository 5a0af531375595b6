SELECT * FROM members_tally
 WHERE coalesce(arrived, admitted) <= figure_day() AND (left_date IS NULL OR left_date > figure_day())
