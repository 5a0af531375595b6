SELECT level, received, carried, resolved, unplaced, received + carried + resolved + (unplaced <> 0) AS told FROM petition_case_flow
UNION ALL
SELECT level, received, CASE WHEN opens THEN carried_over END, resolved, 0, received + resolved + coalesce(carried_over, 0) FROM petition_sums
