-- What the party organizations directly below sent of the whole year: each figure of each once, of the year-end report where
-- that has it. A figure is its words; the second of one name is numbered in its workbook (moves_2), and what came before it
-- there differs from unit to unit.
WITH sent AS (
  SELECT *, _row, CASE WHEN rtrim(name, '0123456789') <> name AND substr(rtrim(name, '0123456789'), -1) = '_'
                 THEN substr(rtrim(name, '0123456789'), 1, length(rtrim(name, '0123456789')) - 1) ELSE name END AS stem
    FROM figures
   WHERE in_period(period) AND first_day(period) <= date(last_day(period), '-11 months')
     AND org_id IN (SELECT org_id FROM subordinates)),
     counted AS (SELECT *, row_number() OVER (PARTITION BY org_id, report, stem, figure ORDER BY _row) AS nth FROM sent),
     chosen AS (SELECT *, row_number() OVER (PARTITION BY org_id, stem, figure, nth ORDER BY report <> 'year-end', report) AS choice
                  FROM counted)
SELECT * FROM chosen WHERE choice = 1
