WITH seen AS (
  SELECT *, lead_person IS NULL AS no_person, due IS NULL AS no_due, assigned_date IS NULL AS no_day,
         state LIKE 'done%' AND done_date IS NULL AS no_done,
         NOT in_period(done_date) AND first_day(done_date) <= figure_day() AND last_day(done_date) >= period_start() AS unplaced,
         coalesce(last_day(done_date) < first_day(assigned_date), 0) AS before_given
    FROM tasks
   WHERE last_day(given) <= figure_day() AND state <> 'stopped'
     AND (state NOT LIKE 'done%' OR done_date IS NULL OR first_day(done_date) <= figure_day() AND last_day(done_date) >= period_start()))
SELECT task_id, first_day(given) AS day, source_doc AS document, content, coalesce(unit_name(lead_org), lead_org) AS lead,
       no_person, no_due, no_day, no_done, coalesce(unplaced, 0) AS unplaced,
       iif(no_person, ', thiếu người chịu trách nhiệm', '') || iif(no_due, ', thiếu thời hạn', '') || iif(no_day, ', thiếu ngày giao', '')
       || iif(no_done, ', hoàn thành nhưng không có ngày hoàn thành', '')
       || iif(unplaced, ', ngày hoàn thành chưa xếp được vào kỳ', '')
       || iif(before_given, ', ngày hoàn thành trước ngày giao', '') AS lack
  FROM seen WHERE no_person OR no_due OR no_day OR no_done OR unplaced OR before_given
