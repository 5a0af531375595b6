SELECT figure_day() >= substr(setting('periods', ?1 || '', ?1 || '-12-31'), -10)
