WITH rounds AS MATERIALIZED (
  SELECT round_id, agency, valid, first_day(round_date) AS first, last_day(round_date) AS last, in_period(round_date) AS now
    FROM ballot_open WHERE criteria = 'BAY' AND (in_period(round_date) OR in_preceding(round_date))),
said AS MATERIALIZED (
  SELECT r.now, r.agency, max(r.last) AS last, b.subject_id, max(b.subject_name) AS subject_name, max(b.post) AS post,
         max(b.subject_group) AS subject_group, b.criterion, b.manifestation, sum(b.votes) AS votes
    FROM rounds r JOIN ballots b ON b.round_id = r.round_id
   WHERE b.manifestation IS NOT NULL GROUP BY r.now, r.agency, b.subject_id, b.manifestation)
SELECT s.*, (SELECT sum(valid) FROM rounds r WHERE r.now = s.now AND r.agency = s.agency) AS valid
  FROM said s
 WHERE s.votes >= setting('ballots', 'named', 1)
   AND s.votes * 100 >= setting('ballots', 'named_percent', 0) * (SELECT sum(valid) FROM rounds r WHERE r.now = s.now AND r.agency = s.agency)
