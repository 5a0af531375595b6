SELECT * FROM organizations WHERE unit_lives(org_id)
