SELECT * FROM ballot_rounds WHERE valid >= setting('ballots', 'minimum', 5)
