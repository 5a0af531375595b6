-- A line for each of the topmost planned units below, for the unit itself where none below is planned, and then for the
-- grassroots organizations that admitted without a target.
WITH targets AS MATERIALIZED (
       SELECT unit_standing(org_id) AS unit, sum(target) AS target FROM plans
        WHERE indicator = 'KN' AND period_type = 'NAM' AND year = period_year() AND unit_steps(org_id, unit_id()) >= 0 GROUP BY 1),
     below AS MATERIALIZED (
       SELECT unit, target FROM targets t
        WHERE unit_steps(unit, unit_id()) > 0
          AND NOT EXISTS (SELECT 1 FROM targets o WHERE unit_steps(o.unit, unit_id()) > 0 AND unit_steps(t.unit, o.unit) > 0)),
     lines AS MATERIALIZED (
       SELECT unit, target FROM below
       UNION ALL SELECT unit_id(), target FROM targets WHERE unit IS unit_standing(unit_id()) AND NOT EXISTS (SELECT 1 FROM below)),
     placed AS MATERIALIZED (
       SELECT coalesce((SELECT unit FROM lines WHERE unit_steps(a.org_id, unit) >= 0), base, unit_standing(org_id)) AS unit, n
         FROM (SELECT org_id, CASE WHEN unit_steps(unit_above(org_id, 'grassroots'), unit_id()) >= 0 THEN unit_above(org_id, 'grassroots') END AS base,
                      sum(n) AS n FROM admissions GROUP BY org_id) a),
     done AS (SELECT unit, sum(n) AS n FROM placed GROUP BY unit)
SELECT p.unit, p.target, coalesce(d.n, 0) AS people FROM lines p LEFT JOIN done d ON d.unit = p.unit WHERE p.target > 0 OR d.n > 0
UNION ALL
SELECT d.unit, NULL, d.n FROM done d WHERE d.unit NOT IN (SELECT unit FROM lines)
