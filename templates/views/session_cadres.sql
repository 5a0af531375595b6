WITH RECURSIVE sessions AS (
  SELECT session_id, commune, session_date, cadre_org, helped, rating, cadres,
         CASE WHEN harassed THEN replace(replace(coalesce(harassed_who, ''), ',', ';'), '; ', ';') ELSE '' END AS harassed,
         CASE WHEN trouble THEN replace(replace(coalesce(trouble_who, ''), ',', ';'), '; ', ';') ELSE '' END AS trouble
    FROM working_sessions),
parts(session_id, cadre, rest) AS (
  SELECT session_id, NULL, cadres || ';' FROM sessions
   UNION ALL
  SELECT session_id, trim(substr(rest, 1, instr(rest, ';') - 1)), substr(rest, instr(rest, ';') + 1) FROM parts WHERE rest <> '')
SELECT s.session_id, s.commune, s.session_date, s.cadre_org, s.helped, s.rating, p.cadre,
       has(s.harassed, p.cadre) + has(s.trouble, p.cadre) AS blamed
  FROM parts p JOIN sessions s ON s.session_id = p.session_id WHERE p.cadre <> ''
