"""What our verbs share: one sentence for what goes wrong, the exit statuses of `status`, and where the store is.

The verbs are in `spiders.commands`, a file each; they import what is heavy when they are run.
"""

from __future__ import annotations

import argparse
import sys
from abc import abstractmethod
from pathlib import Path

from scrapy.commands import ScrapyCommand


class Verb(ScrapyCommand):
    """A command of the project; a subclass does its work in `serve` and raises what goes wrong."""

    requires_project = True
    requires_crawler_process = False
    takes = 0, 0  # operands, at least and at most
    operands = ""  # what they are, for the sentence that asks for them
    usage = ""  # what --help shows: the line to type, what it does in a sentence, and all that it promises
    short = ""
    long = ""

    def syntax(self) -> str:
        """Return what follows the name of the command."""
        return self.usage

    def short_desc(self) -> str:
        """Say what it does."""
        return self.short

    def long_desc(self) -> str:
        """Say what is done, what is not, and what the exit status means."""
        return self.long

    @abstractmethod
    def serve(self, args: list[str], opts: argparse.Namespace) -> None:
        """Do the work; `exitcode` is 0 unless it is set.

        Raises:
            UsageError, CopydeskError: told in one sentence, with the exit status that `status.status_of` gives it.
        """

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Do the work, or print one sentence about what went wrong."""
        try:
            self._serve_or_say(args, opts)
        except KeyboardInterrupt:
            from spiders.status import ExitStatus

            self.exitcode = ExitStatus.INTERRUPTED
            self.say("interrupted")

    def _serve_or_say(self, args: list[str], opts: argparse.Namespace) -> None:
        from scrapy.exceptions import UsageError

        from extractors import CopydeskError
        from spiders.surfaces.logs import keep_clean
        from spiders.surfaces.terminal import let_go, quiet_libraries, settle_streams
        from spiders.verbs.domains import domain
        from spiders.verbs.options import refuse_unusable

        settle_streams()
        keep_clean()
        quiet_libraries()
        try:
            refuse_unusable(opts)
            self._check(args)
            if getattr(opts, "site", None) is not None:
                opts.site = domain(opts.site)
            self.serve(args, opts)
            sys.stdout.flush()
        except BrokenPipeError:  # `| head` has read enough
            let_go(sys.stdout)
        except (CopydeskError, UsageError) as error:
            self._fail(error)
        except OSError as error:
            from spiders.exports import FULL, failure

            if error.errno not in FULL or error.filename is not None:
                raise
            let_go(sys.stdout)
            self._fail(failure("standard output", error))

    def _fail(self, error: Exception) -> None:
        from spiders.status import status_of

        self.exitcode = status_of(error)
        self.say(str(error))

    def say(self, sentence: str) -> None:
        """Print a sentence on standard error, after the name of the command."""
        from spiders.surfaces.terminal import told

        print(f"scrapy {self.name}: {told(sentence)}", file=sys.stderr)

    @property
    def name(self) -> str:
        """What a person types."""
        return type(self).__module__.rpartition(".")[2]

    @property
    def store_path(self) -> Path:
        """The file that `COPYDESK_STORE` names."""
        assert self.settings is not None  # Scrapy sets them before it calls run()
        return Path(self.settings["COPYDESK_STORE"])

    def _check(self, args: list[str]) -> None:
        from scrapy.exceptions import UsageError

        if options := [a for a in args if a.startswith("-") and a != "-"]:
            raise UsageError(f"unknown option {options[0]}")
        least, most = self.takes
        if not least <= len(args) <= most:
            wanted = f"name {self.operands}" if self.operands else "it takes no operands, only options"
            raise UsageError(f"{wanted}; see scrapy {self.name} --help")
