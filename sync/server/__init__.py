"""The central office: intake on PostgreSQL, devices, pages."""
