WITH RECURSIVE parts(session_id, commune, session_date, cadre_org, helped, rating, blamed, cadre, rest) AS (
  SELECT session_id, commune, session_date, cadre_org, helped, rating,
         CASE WHEN harassed THEN coalesce(harassed_who, '') ELSE '' END || ';' || CASE WHEN trouble THEN coalesce(trouble_who, '') ELSE '' END,
         NULL, cadres || ';'
    FROM working_sessions
   UNION ALL
  SELECT session_id, commune, session_date, cadre_org, helped, rating, blamed,
         trim(substr(rest, 1, instr(rest, ';') - 1)), substr(rest, instr(rest, ';') + 1)
    FROM parts WHERE rest <> '')
SELECT session_id, commune, session_date, cadre_org, helped, rating, cadre, instr(blamed, cadre) > 0 AS blamed FROM parts WHERE cadre <> ''
