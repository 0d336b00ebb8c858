# One image a service: docker build --build-arg SERVICE=store -t communique-store .
FROM python:3.13-slim

ARG SERVICE
ENV PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore

WORKDIR /app
COPY locks/${SERVICE}.lock requirements.lock
RUN pip install --quiet --require-hashes -r requirements.lock

COPY shared shared
COPY services/__init__.py services/__init__.py
COPY services/${SERVICE} services/${SERVICE}
# Compiled now: the root file system is read-only when it runs.
RUN python -m compileall -q shared services \
 && groupadd --gid 10001 communique && useradd --uid 10001 --gid 10001 --no-create-home communique \
 && install -d -o communique -g communique /inbox /state

USER communique
ENV SERVICE=${SERVICE}
# Alive, not ready (/readyz): whoever restarts what is not healthy must not do so for want of Redis.
HEALTHCHECK --interval=5s --timeout=4s --start-period=30s --retries=5 CMD \
  ["python", "-c", "import os, urllib.request as r; r.urlopen(f\"http://127.0.0.1:{os.environ['COMMUNIQUE_PORT']}/healthz\", timeout=3)"]
# exec: SIGTERM must reach the service, not a shell.
CMD ["sh", "-c", "exec python -m services.$SERVICE"]
