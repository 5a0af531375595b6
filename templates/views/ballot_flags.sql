WITH named AS MATERIALIZED (
  SELECT *, first_day(round_date) AS first, last_day(round_date) AS last, in_period(round_date) AS now, in_preceding(round_date) AS before
    FROM ballot_named WHERE in_period(round_date) OR in_preceding(round_date)),
latest AS MATERIALIZED (
  SELECT *, row_number() OVER (PARTITION BY now, subject_id, manifestation ORDER BY last DESC, round_id DESC) AS place FROM named)
SELECT n.round_id, n.round_date, n.agency, n.valid, n.subject_id, n.subject_name, n.post, n.subject_group, n.criterion, n.manifestation, n.votes,
       p.votes AS votes_before,
       CASE WHEN p.round_id IS NULL THEN 'first'
            WHEN EXISTS (SELECT 1 FROM corrections c WHERE c.subject_id = n.subject_id AND c.manifestation = n.manifestation
                            AND first_day(c.corrected_date) >= p.last AND last_day(c.corrected_date) <= n.first) THEN 'again'
            ELSE 'repeat' END AS state
  FROM latest n
  LEFT JOIN latest p ON p.before AND p.place = 1 AND p.subject_id = n.subject_id AND p.manifestation = n.manifestation
 WHERE n.now AND n.place = 1
