-- all units
SELECT target FROM plans WHERE indicator = ?1 AND year = ?2 AND period_type = 'NAM' AND unit_steps(?3, org_id) >= 0
 ORDER BY unit_steps(?3, org_id) LIMIT 1
