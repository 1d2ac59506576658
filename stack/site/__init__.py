"""What runs inside the environment, with CKAN: the WSGI application and the preparation of a site."""
