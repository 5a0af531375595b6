SELECT * FROM members_tally
 WHERE last_day(coalesce(arrived, admitted)) <= opening_day() AND (left_date IS NULL OR first_day(left_date) > opening_day())
