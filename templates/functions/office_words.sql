WITH named(short, committee, superior) AS (
       SELECT setting('office', 'short', 'Huyện ủy') || ' ', setting('office', 'committee', 'Đảng bộ huyện'), lower(setting('office', 'superior', ''))),
     office(body, level, above) AS (
       SELECT trim(substr(short, 1, instr(short, ' ') + instr(substr(short, instr(short, ' ') + 1), ' '))),
              iif(committee LIKE 'Đảng bộ _%', substr(committee, 9), 'huyện'),
              CASE WHEN superior LIKE 'thành ủy%' THEN 'thành phố' WHEN superior LIKE 'thị ủy%' THEN 'thị xã'
                   WHEN superior LIKE '% ủy%' THEN substr(superior, 1, instr(superior, ' ') - 1) ELSE 'tỉnh' END FROM named)
SELECT replace(replace(replace(replace(replace(?1, 'Huyện ủy', body), 'huyện ủy', lower(substr(body, 1, 1)) || substr(body, 2)),
                               'đảng bộ huyện', 'đảng bộ ' || level), 'CBCC huyện', 'CBCC ' || level), 'cấp tỉnh', 'cấp ' || above) FROM office
