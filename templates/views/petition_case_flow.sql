SELECT level, sum(came) AS received, sum(carried) AS carried, sum(done) AS resolved, sum(came + carried - done - remains) AS unplaced
  FROM petition_states p
 WHERE NOT EXISTS (SELECT 1 FROM petition_sums s WHERE (s.level IS NULL OR s.level = p.level)
                      AND (s.org_id IS NULL OR s.org_id = p.org_id OR (p.org_id IS NOT NULL AND unit_steps(p.org_id, s.org_id) IS NOT NULL)))
 GROUP BY level HAVING sum(came + carried + done + remains)
