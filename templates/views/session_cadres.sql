WITH RECURSIVE parts(session_id, commune, session_date, cadre_org, helped, harassed, trouble, rating, outcome, cadre, rest) AS (
  SELECT session_id, commune, session_date, cadre_org, helped, harassed, trouble, rating, outcome, NULL, cadres || ';' FROM working_sessions
   UNION ALL
  SELECT session_id, commune, session_date, cadre_org, helped, harassed, trouble, rating, outcome,
         trim(substr(rest, 1, instr(rest, ';') - 1)), substr(rest, instr(rest, ';') + 1)
    FROM parts WHERE rest <> '')
SELECT session_id, commune, session_date, cadre_org, helped, harassed, trouble, rating, outcome, cadre FROM parts WHERE cadre <> ''
