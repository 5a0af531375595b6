SELECT org_id, unit_standing(org_id) AS settled FROM organizations WHERE NOT (valid_to IS NULL OR last_day(valid_to) >= figure_day())
