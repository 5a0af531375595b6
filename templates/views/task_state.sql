SELECT *, coalesce(extended_to, deadline) AS due,
       CASE WHEN status = 'DUNG' THEN 'stopped'
            WHEN done_date <= figure_day() THEN
                 CASE WHEN coalesce(extended_to, deadline) IS NULL THEN 'done'
                      WHEN done_date <= coalesce(extended_to, deadline) THEN 'done on time' ELSE 'done late' END
            WHEN status = 'HT' AND done_date IS NULL THEN 'done'
            WHEN coalesce(extended_to, deadline) < figure_day() THEN 'overdue'
            WHEN status = 'MPS' THEN 'new'
            ELSE 'in progress' END AS state
  FROM tasks
