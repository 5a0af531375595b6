SELECT n.*, p.votes AS votes_before,
       CASE WHEN p.round_id IS NULL THEN 'first'
            WHEN EXISTS (SELECT 1 FROM corrections c WHERE c.subject_id = n.subject_id AND c.manifestation = n.manifestation
                            AND c.corrected_date >= p.round_date AND c.corrected_date <= n.round_date) THEN 'again'
            ELSE 'repeat' END AS state
  FROM ballot_named n
  LEFT JOIN ballot_named p ON p.subject_id = n.subject_id AND p.manifestation = n.manifestation AND in_preceding(p.round_date)
 WHERE in_period(n.round_date)
