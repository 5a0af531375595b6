SELECT substr(setting('periods', period_year() || '-01', setting('periods', period_year() || '', period_year() || '-01-01')), 1, 10)
