-- all units
SELECT CASE coalesce(decimals, ?4) WHEN 0 THEN '0% ' WHEN 1 THEN '0.0% ' ELSE '0.00% ' END || replace(rounding, '-', '_')
  FROM plans WHERE indicator = ?1 AND year = ?2 AND period_type = 'NAM' AND unit_steps(?3, org_id) >= 0
 ORDER BY unit_steps(?3, org_id) LIMIT 1
