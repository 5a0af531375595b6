SELECT * FROM live_units WHERE unit_steps(org_id, unit_id()) = 1 AND in_group('org-kind', kind, 'party')
