SELECT n.last, n.agency, n.valid, n.subject_id, n.subject_name, n.post, n.subject_group, n.criterion, n.manifestation, n.votes,
       p.votes AS votes_before,
       CASE WHEN p.subject_id IS NULL THEN 'first'
            WHEN EXISTS (SELECT 1 FROM corrections c WHERE c.subject_id = n.subject_id AND c.manifestation = n.manifestation
                            AND first_day(c.corrected_date) > p.last AND last_day(c.corrected_date) <= n.last) THEN 'again'
            ELSE 'repeat' END AS state
  FROM ballot_named n
  LEFT JOIN (SELECT subject_id, manifestation, max(last) AS last, sum(votes) AS votes FROM ballot_named WHERE NOT now GROUP BY 1, 2) p
    ON p.subject_id = n.subject_id AND p.manifestation = n.manifestation
 WHERE n.now
