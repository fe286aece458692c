"""One certificate to the printer at once, in the lane of paper: the one chosen on this laptop, else the system's."""

from __future__ import annotations

from pathlib import Path

from desktop import settings
from desktop.ui import print_job
from desktop.ui.print_job import PrintJob, Target
from desktop.ui.session import Session


def to_printer(session: Session, path: Path) -> str:
    """Send the PDF on its way; the printer's name, empty where there is none. Raises NotPrinted."""
    printer = settings.load(session.folder).printer or print_job.printers().preferred
    if printer:
        PrintJob(path.read_bytes(), Target(printer)).run()
    return printer
