SELECT * FROM contacts
 WHERE public AND (valid_from IS NULL OR last_day(valid_from) <= figure_day()) AND (valid_to IS NULL OR last_day(valid_to) >= figure_day())
