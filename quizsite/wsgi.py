"""The site for a WSGI server. It never starts a database: DATABASE_URL must name one."""

import os

from django.core.wsgi import get_wsgi_application

from attempts.scoring_process import beside

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "quizsite.settings")

beside.serve_pages()
application = get_wsgi_application()
