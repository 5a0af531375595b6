SELECT groups FROM vocabulary WHERE vocabulary = 'org-type' AND code = ?1
