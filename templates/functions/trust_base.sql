SELECT CASE setting('trust', 'base', 'returned') WHEN 'issued' THEN ?1 WHEN 'returned' THEN ?2 WHEN 'valid' THEN ?3 END
