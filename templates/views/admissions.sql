SELECT * FROM members_tally
 WHERE in_period(admitted)
   AND CASE WHEN admit_kind IS NULL THEN arrived IS NULL ELSE in_group('admit-kind', admit_kind, 'admission') END
