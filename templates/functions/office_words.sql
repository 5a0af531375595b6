WITH office(short) AS (SELECT setting('office', 'short', 'Huyện ủy')),
     rest(short, first) AS (SELECT short || ' ', instr(short || ' ', ' ') FROM office)
SELECT replace(?1, 'Huyện ủy', trim(substr(short, 1, first + instr(substr(short, first + 1), ' ')))) FROM rest
