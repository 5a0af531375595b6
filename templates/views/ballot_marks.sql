SELECT r.round_id, r.agency, r.valid, b.subject_id, max(b.subject_name) AS subject_name, max(b.post) AS post, max(b.subject_group) AS subject_group,
       b.criterion, sum(b.votes) AS votes, sum(b.votes * (b.level = 'T')) AS good, sum(b.votes * (b.level = 'K')) AS fair,
       sum(b.votes * (b.level = 'TB')) AS average, sum(b.votes * (b.level = 'Y')) AS poor
  FROM ballot_open r JOIN ballots b ON b.round_id = r.round_id
 WHERE in_period(r.round_date) AND r.criteria = 'MUOI' AND b.level IS NOT NULL
 GROUP BY r.round_id, b.subject_id, b.criterion
