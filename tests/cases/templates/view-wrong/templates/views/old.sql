SELECT nmae FROM organizations
