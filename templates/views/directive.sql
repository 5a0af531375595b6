SELECT coalesce((SELECT directive FROM issued_documents WHERE in_period(issued_on)
                  GROUP BY directive ORDER BY count(*) DESC, directive LIMIT 1),
                (SELECT directive FROM issued_documents WHERE last_day(issued_on) <= figure_day()
                  GROUP BY directive ORDER BY max(last_day(issued_on)) DESC, directive LIMIT 1),
                'chỉ thị của cấp trên') AS name
