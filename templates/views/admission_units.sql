WITH done AS MATERIALIZED (
       SELECT coalesce(unit_above(org_id, 'grassroots'), unit_id()) AS unit, sum(n) AS n FROM admissions GROUP BY 1),
     planned AS MATERIALIZED (
       SELECT coalesce(unit_above(org_id, 'grassroots'), unit_id()) AS unit, sum_topmost(org_id, target) AS target FROM plans
        WHERE indicator = 'KN' AND period_type = 'NAM' AND year = period_year()
          AND (unit_above(org_id, 'grassroots') IS NOT NULL OR unit_above(unit_id(), 'grassroots') IS NOT NULL) GROUP BY 1),
     own AS MATERIALIZED (
       SELECT CASE WHEN g.org_id IS NULL THEN unit_id() ELSE d.unit END AS unit, sum(d.n) AS n
         FROM done d LEFT JOIN grassroots g ON g.org_id = d.unit GROUP BY 1),
     due AS MATERIALIZED (
       SELECT CASE WHEN g.org_id IS NULL THEN unit_id() ELSE p.unit END AS unit, sum(p.target) AS target
         FROM planned p LEFT JOIN grassroots g ON g.org_id = p.unit GROUP BY 1),
     units AS (SELECT unit FROM own UNION SELECT unit FROM due)
SELECT u.unit, coalesce(p.target, 0) AS target, coalesce(d.n, 0) AS people
  FROM units u LEFT JOIN own d ON d.unit = u.unit LEFT JOIN due p ON p.unit = u.unit
 WHERE d.n > 0 OR p.target > 0
