SELECT r.round_id, r.round_date, r.agency, r.valid, b.subject_id, b.subject_name, b.post, b.subject_group, b.criterion, b.manifestation,
       sum(b.votes) AS votes
  FROM ballot_open r JOIN ballots b ON b.round_id = r.round_id
 WHERE b.manifestation IS NOT NULL
 GROUP BY r.round_id, b.subject_id, b.manifestation
HAVING sum(b.votes) >= setting('ballots', 'named', 1) AND sum(b.votes) * 100 >= setting('ballots', 'named_percent', 0) * r.valid
