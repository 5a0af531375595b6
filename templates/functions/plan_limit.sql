-- all units
SELECT target FROM plans
 WHERE indicator = ?1 AND year = ?2 AND period_type = 'NAM'
   AND (org_id IS NULL OR unit_steps(?3, org_id) = 0 OR unit_steps(org_id, NULL) = 0)
 ORDER BY org_id IS NOT ?3, unit_steps(?3, org_id) IS NOT 0, org_id IS NOT NULL LIMIT 1
