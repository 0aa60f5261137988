"""The desk: a web application on a home, to look, search and review; it reads what is published and writes by the jobs."""
