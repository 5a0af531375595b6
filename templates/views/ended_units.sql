SELECT org_id, unit_standing(org_id) AS settled FROM organizations WHERE coalesce(last_day(valid_to) < figure_day(), 0)
