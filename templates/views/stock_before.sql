SELECT * FROM members_tally
 WHERE coalesce(arrived, admitted) <= opening_day() AND (left_date IS NULL OR left_date > opening_day())
