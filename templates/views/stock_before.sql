SELECT * FROM members_tally
 WHERE coalesce(arrived, admitted) < period_start() AND (left_date IS NULL OR left_date >= period_start())
