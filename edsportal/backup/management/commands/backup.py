from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from edsportal.backup.taking import take


class Command(BaseCommand):
    help = "Write all rows and stored files to one file. The portal can stay open while it runs."

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path, help="the file to write; it must not exist")

    def handle(self, *args, file: Path, verbosity: int, **options) -> None:
        try:
            manifest = take(file, self.stdout.write if verbosity else lambda words: None)
        except FileExistsError:
            raise CommandError(f"{file} already exists. Give the backup another name.") from None
        except OSError as problem:
            raise CommandError(f"The backup could not be written: {problem.strerror}.") from problem
        for name in manifest.missing:
            self.stderr.write(f"Missing from the file storage, so not in the backup: {name}")
        if manifest.missing:
            raise CommandError(
                f"{file} holds every row, but {len(manifest.missing)} files are missing from it. Check that DATA_DIR "
                "and EVIDENCE_DIR are those of the service: run this command with deploy/manage. Keep earlier backups."
            )
        count = sum(part.get("rows", 0) for part in manifest.parts.values())
        self.stdout.write(f"Audit log: {manifest.audit_head}")
        self.stdout.write(
            f"{file} holds {count} rows. It identifies people: keep it as secure as the portal."
        )
