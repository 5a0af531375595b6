SELECT * FROM grassroots WHERE in_group('org-group', type_group(type), 'commune') OR unit_is(org_id, 'commune')
