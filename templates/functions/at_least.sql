SELECT ?1 * CAST(substr(?3, instr(?3, '/') + 1) AS INTEGER) >= ?2 * CAST(?3 AS INTEGER)
