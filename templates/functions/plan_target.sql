SELECT sum_topmost(org_id, target) FROM plans
 WHERE indicator = ?1 AND year = ?2 AND period_type = 'NAM' AND unit_steps(org_id, ?3) >= 0
