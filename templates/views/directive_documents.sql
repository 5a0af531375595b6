SELECT * FROM issued_documents WHERE in_period(issued_on) AND directive = (SELECT name FROM directive)
