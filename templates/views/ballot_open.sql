SELECT round_id, round_date, criteria, unit_heir(agency) AS agency, valid
  FROM ballot_rounds WHERE valid >= setting('ballots', 'minimum', 5)
