"""Where files of evidence are stored: a folder outside the web root, or a store that speaks S3 (docs/evidence.md)."""

from pathlib import Path

from edsportal.env import text

S3_OPTIONS = {  # what django-storages calls it, and the setting
    "bucket_name": "EVIDENCE_S3_BUCKET",
    "endpoint_url": "EVIDENCE_S3_ENDPOINT",
    "region_name": "EVIDENCE_S3_REGION",
    "access_key": "EVIDENCE_S3_ACCESS_KEY",
    "secret_key": "EVIDENCE_S3_SECRET_KEY",
    "location": "EVIDENCE_S3_FOLDER",
}


def evidence_storage(data_dir: Path) -> dict:
    """The entry "evidence" of Django's STORAGES: S3 where a bucket is named, else a folder only we can read."""
    if not text("EVIDENCE_S3_BUCKET"):
        folder = text("EVIDENCE_DIR", str(data_dir / "evidence"))
        options = {
            "location": folder,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        }
        return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}
    options = {name: text(setting) for name, setting in S3_OPTIONS.items() if text(setting)}
    options |= {"default_acl": None, "file_overwrite": False, "signature_version": "s3v4"}
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
