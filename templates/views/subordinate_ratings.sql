SELECT * FROM made_ratings
 WHERE unit_steps(org_id, unit_id()) = 1 AND in_group('org-kind', unit_kind(org_id), 'party') AND unit_lives(org_id)
