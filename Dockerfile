# The portal as an image: assets and packages are inside, it runs as nobody in particular, on a read-only file system.
#   docker build -t eds-portal .
FROM node:22-slim AS assets
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --loglevel=error

FROM python:3.11-slim AS packages
WORKDIR /app
RUN python -m venv /venv
COPY requirements.lock ./
RUN /venv/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY --from=assets /app/node_modules node_modules
COPY tools/vendor.py tools/vendor.py
RUN python tools/vendor.py

FROM python:3.11-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin eds \
    && install -d -o eds -g eds -m 700 /data /backups
WORKDIR /app
COPY --from=packages /venv /venv
COPY manage.py ./
COPY eds eds
COPY reports reports
COPY edsportal edsportal
COPY casestudies casestudies
COPY scoring scoring
COPY templates templates
COPY static static
COPY docs docs
COPY deploy/gunicorn.conf.py deploy/gunicorn.conf.py
COPY --from=packages /app/vendor vendor
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DATA_DIR=/data BACKUP_DIR=/backups STATIC_ROOT=/app/staticfiles XDG_CACHE_HOME=/tmp
# The secret counts for this one command alone, which writes the style sheets and scripts under hashed names.
RUN SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(50))')" \
    python manage.py collectstatic --no-input -v0 && python -m compileall -q /app
USER eds
VOLUME /data /backups
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(u.Request('http://127.0.0.1:8000/health/ready/', headers={'Host': os.environ['ALLOWED_HOSTS'].split(',')[0]}), timeout=4)"]
CMD ["gunicorn", "--config", "deploy/gunicorn.conf.py", "edsportal.wsgi"]
