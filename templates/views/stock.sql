SELECT *, CASE WHEN last_day(official) <= figure_day() THEN 'official'
               WHEN first_day(official) > figure_day() OR (official IS NULL AND category = 'DB') THEN 'probationary'
               WHEN official IS NOT NULL THEN NULL
               WHEN category = 'CT' THEN 'official'
               WHEN first_day(admitted) > date(figure_day(), '-12 months') THEN 'probationary' END AS stage
  FROM members_tally
 WHERE last_day(coalesce(arrived, admitted)) <= figure_day() AND (left_date IS NULL OR first_day(left_date) > figure_day())
