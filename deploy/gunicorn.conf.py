"""How gunicorn serves the portal; used by the image and by the systemd unit alike."""

import os

from edsportal.monitoring.logs import configuration

bind = os.environ.get("BIND", "0.0.0.0:8000")
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 120  # a long report takes a while to become a PDF
graceful_timeout = 30  # who is in the middle of something when the portal is stopped gets their answer
max_requests, max_requests_jitter = 5000, 500
worker_tmp_dir = "/dev/shm"  # noqa: S108 (memory: the file system may be read-only)
control_socket_disable = True
accesslog = None  # the portal logs each request itself, without addresses
logconfig_dict = configuration(as_json=True, level=os.environ.get("LOG_LEVEL", "INFO"))
logconfig_dict["loggers"]["gunicorn.error"] = {"handlers": [], "level": "INFO", "propagate": True}
