"""`scrapy drift [SITE…]`: which sites have changed, in which field and since when; articles in doubt are marked."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spiders.verbs.verb import Verb

if TYPE_CHECKING:
    from spiders.store.reader import Reader
    from spiders.vitals.health import Health
    from spiders.vitals.judgement import Drift
    from spiders.vitals.lasting import Sight


class Command(Verb):
    """`scrapy drift`: exit status 0, 15 where a site has changed, 2 to 5 as with every command."""

    takes = 0, sys.maxsize
    usage = "[SITE ...] [options]"
    short = "Say which sites have changed, in which field, and since when"
    long = (
        "The newest pages of each site are held against its own earlier ones in the store: empty fields, "
        "selectors of the site file that find nothing, pages that only the engine could read or that give no "
        "article, how far engine and site file agree, lengths, captions, paywalls, one author, headline, first or "
        "last line everywhere, authors of whom none is known, and what differs from the listing. Told is what "
        "chance would do on less than one judgement in ten thousand, where it never was so before. A site needs "
        "30 pages of a week or more, and 8 new ones. Articles that show it are marked (scrapy articles "
        "--suspect), not replaced; scrapy reextract takes the mark off where it reads them rightly. Exit status "
        "15: a site has changed."
    )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add its own options to Scrapy's."""
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="a line of JSON for each site, and nothing else")
        parser.add_argument(
            "--pages",
            action="store_true",
            help="read the stored pages anew, in their order, and name the first that fails",
        )
        parser.add_argument("--recordings", metavar="FOLDER", help="the same with the recordings of a folder")
        parser.add_argument(
            "--accept", action="store_true", help="take what has changed at the named sites for usual, and unmark it"
        )

    def serve(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print what has changed, and mark the articles in doubt."""
        from spiders.status import ExitStatus
        from spiders.store.reader import Reader
        from spiders.verbs.domains import domain

        sites = [domain(site) for site in args]
        _check(sites, opts)
        if opts.pages or opts.recordings:
            failed = self._retrospect(sites, opts)
        else:
            with Reader(self.store_path) as reader:
                found = list(reader.health(sites))
            _know(sites, [health.site for health in found], f"the store {self.store_path}")
            drifts = [drift for health in found for drift in health.drifts]
            for line in _lines(found, as_json=opts.json):
                print(line)
            if drifts or any(health.suspect for health in found):
                self._keep([health.site for health in found], drifts, accept=opts.accept)
            failed = bool(drifts) and not opts.accept
        if failed:
            self.exitcode = ExitStatus.DRIFT

    def _keep(self, sites: list[str], drifts: list[Drift], *, accept: bool) -> None:
        """Mark the articles in doubt and unmark those that are mended, or take them for usual."""
        from spiders.errors import StoreError
        from spiders.store import Store
        from spiders.surfaces.terminal import counted

        try:
            with Store(self.store_path) as store:
                mended = store.vitals.clear(sites)
                number = store.vitals.accept(drifts) if accept else store.vitals.mark(drifts)
        except StoreError as error:  # another run holds it, or nobody may write it
            if accept:
                raise
            self.say(f"the articles in doubt are not marked: {error}")
            return
        if mended:
            self.say(f"mended, and in doubt no more: {counted(mended, 'article')}")
        if accept:
            self.say(f"taken for usual from now on; in doubt no more: {counted(number, 'article')}")
        elif number:
            self.say(f"in doubt: {counted(number, 'more article')} (scrapy articles --suspect lists them)")

    def _retrospect(self, sites: list[str], opts: argparse.Namespace) -> bool:
        """Read pages anew and print the first that fails; say whether one does."""
        import asyncio

        from spiders.store.reader import Reader
        from spiders.surfaces.terminal import counted
        from spiders.vitals.firsts import first_failures

        if opts.recordings:
            seen = asyncio.run(self._seen(sites, Path(opts.recordings)))
        else:
            with Reader(self.store_path) as reader:
                seen = asyncio.run(self._seen(sites, reader))
        _know(sites, list(seen), opts.recordings or f"the store {self.store_path}")
        found = {site: first_failures(site, sights) for site, sights in seen.items()}
        for site, drifts in found.items():
            for line in _read(site, len(seen[site]), drifts, as_json=opts.json):
                print(line)
        if not opts.json:
            vitals = [sight.vital for sights in seen.values() for sight in sights]
            none = sum(vital.template is None for vital in vitals)
            read = f"{counted(len(vitals), 'page')} of {counted(len(seen), 'site')} read"
            without = f", {none:,} without an article" if none else ""
            print(f"{read}{without}: {counted(sum(map(bool, found.values())), 'site')} amiss")
        return any(found.values())

    async def _seen(self, sites: list[str], source: Path | Reader) -> dict[str, list[Sight]]:
        from spiders.surfaces.terminal import working
        from spiders.verbs.retrospect import recorded, sights_of, stored
        from spiders.workers.pool import Pool

        assert self.settings is not None  # Scrapy sets them before it calls run()
        pages = recorded(source, sites) if isinstance(source, Path) else stored(source, sites)
        async with Pool(self.settings) as pool:
            with working(f"reading {len(pages)} pages"):
                return await sights_of(pages, pool)


def _check(args: list[str], opts: argparse.Namespace) -> None:
    from scrapy.exceptions import UsageError

    if opts.pages and opts.recordings:
        raise UsageError("--pages reads what is stored, --recordings a folder: leave one out")
    if opts.accept and not args:
        raise UsageError("--accept is about sites: name them")
    if opts.accept and (opts.pages or opts.recordings):
        raise UsageError("--accept goes by what is known of the stored pages: leave out --pages and --recordings")


def _know(sites: list[str], known: list[str], where: str) -> None:
    """Make sure that there are pages of each site that was asked for.

    Raises:
        UsageError: there is none of one.
    """
    from scrapy.exceptions import UsageError

    from extractors.registry import site_files
    from spiders.addresses import is_of
    from spiders.verbs.domains import meant

    for site in sites:
        if not any(is_of(f"//{name}", site) for name in known):
            raise UsageError(f"no page of {site} is in {where}{meant(site, site_files())}")


def _lines(found: list[Health], *, as_json: bool) -> Iterator[str]:
    from spiders.surfaces.terminal import counted
    from spiders.surfaces.values import as_json as form

    if as_json:
        for health in found:
            known = {"pages": health.pages, "judged": health.judged, "suspect": health.suspect}
            yield form({"site": health.site, **known, "agreement": health.agreement, "drifts": _firsts(health.drifts)})
        return
    for health in found:
        yield from map(_sentence, health.drifts)
    judged = sum(health.judged for health in found)
    changed = sum(bool(health.drifts) for health in found)
    yield f"{changed} of {counted(judged, 'site')} changed" + (
        f"; {counted(len(found) - judged, 'site')} with too few pages or days yet" if judged < len(found) else ""
    )


def _read(site: str, pages: int, drifts: list[Drift], *, as_json: bool) -> Iterator[str]:
    from spiders.surfaces.values import as_json as form

    if as_json:
        yield form({"site": site, "pages": pages, "drifts": _firsts(drifts)})
        return
    yield from map(_sentence, drifts)


def _firsts(drifts: Iterable[Drift]) -> list[dict[str, Any]]:
    from spiders.surfaces.scrubbing import scrub_url

    return [drift.as_dict() | {"first": scrub_url(drift.first)} for drift in drifts]


def _sentence(drift: Drift) -> str:
    from spiders.surfaces.terminal import told

    return told(f"{drift.sentence}: the first is {drift.first}")
