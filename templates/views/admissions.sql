SELECT * FROM members_tally
 WHERE in_period(admitted) AND arrived IS NULL AND coalesce(in_group('admit-kind', admit_kind, 'admission'), 1)
