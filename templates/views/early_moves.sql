SELECT * FROM rotations WHERE early_replacement OR in_group('move-reason', reason, 'early')
