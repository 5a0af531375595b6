SELECT sum(target) FROM plans WHERE indicator = ?1 AND year = ?2 AND period_type = 'NAM'
   AND coalesce(org_id, unit_id()) = coalesce(?3, unit_id())
