SELECT min(as_of(), period_end())
