SELECT * FROM live_units WHERE unit_is(org_id, 'cell')
