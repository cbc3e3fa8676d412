"""Every setting that differs from Scrapy's default, or must not, each with its reason."""

import os

from spiders.manners.introduction import user_agent

BOT_NAME = "copydesk"
SPIDER_LOADER_CLASS = "spiders.roster.Roster"  # one broken site file must not end every command
SPIDER_MODULES = ["spiders.sites", "spiders.article"]  # not "spiders": the loader imports all that it walks
COMMANDS_MODULE = "spiders.commands"

# --- ours -----------------------------------------------------------------------------------------------------------
COPYDESK_STORE = "data/copydesk.db"  # the SQLite file of frontier, raw responses and articles
KEEP_RAW = "all"  # bodies of responses, for scrapy reextract: "all", "30d" (seen within 30 days), "none"
SCHEDULE: list[dict[str, object]] = []  # crawls to repeat where scrapy schedule is given no plan: see its --help
PLAN_ENTRY = None  # the entry of a plan that a crawl is for: scrapy schedule says it, the store keeps it
# A stored article is looked at again while it is young: up to this age, after that pause. Older ones never are.
REVISIT = {"2h": "20m", "12h": "2h", "2d": "12h", "7d": "3d"}
HOST_BUDGET = 2000  # articles of one host that a run takes of listings: a trap that looks like news has an end
CASSETTE = None  # a recording, or a folder of them, to play instead of asking the network
CASSETTE_MODE = None  # what to do with it: see spiders.cassettes
ALLOW_PRIVATE: list[str] = []  # "ip:port" pairs of private hosts that may be fetched: for tests
TLS_UNVERIFIED: list[str] = []  # hosts that are believed without a valid certificate

# Processes that read pages, at most: one more is there only once pages wait for those that there are. Beyond two, it is
# fetching and storing that pages wait for.
WORKERS = min(2, os.cpu_count() or 1)
# Seconds for one page; real ones take some hundredths. A listing may take ten times as long; a worker that a busy
# machine lets wait gets the time that it has not had.
EXTRACTION_TIMEOUT = 2
EXTRACTION_MEMORY_MB = 600  # of address space, the worker's own 150 included: what hostile pages ask for is gigabytes

# --- who we are and how we behave -----------------------------------------------------------------------------------
CONTACT = None  # where sites reach whoever crawls them, on the web or by mail: it goes into the user agent
USER_AGENT = user_agent(None)  # a whole one of your own: -s USER_AGENT="Gazette/1 (+https://…)"
# What is obeyed of what sites say of the use of their pages; all of it is recorded with the article. Besides these
# there are ai.txt, content-signal, noai and noarchive: to whom they matter depends on what the articles are for.
RESPECT = ["robots", "tdm"]
ROBOTSTXT_OBEY = True  # as long as RESPECT names robots
DOWNLOAD_DELAY = 1  # seconds, a host; a recording is played without
CONCURRENT_REQUESTS_PER_DOMAIN = 1
CONCURRENT_REQUESTS = 0  # no bound of Scrapy's: leases are dealt out by host, and hung hosts take no room from others
# Seconds that a run waits, with nothing else to do, for hosts in trouble and addresses that failed in passing; what
# is due later is left to the next run. 0: each address is asked once.
PATIENCE = 300
AUTOTHROTTLE_ENABLED = False  # it would undo a crawl-delay: it starts anew from DOWNLOAD_DELAY with each response
CONCURRENT_ITEMS = 1  # a page gives one article; Scrapy starts so many tasks for each page, 100 cost more than the page
DOWNLOADER_STATS = False  # nobody reads them, and to measure each request it is written out: a tenth of a crawl
COOKIES_ENABLED = False  # a news page needs none; one bomb of them would shut us out of a site
REFERER_ENABLED = False  # nobody need know our addresses, with the tokens that are in them
METAREFRESH_ENABLED = False  # a second way to be redirected, with the first one's loops
REDIRECT_MAX_TIMES = 5  # 20 let one page ask for 21; an honest one needs two or three
RETRY_ENABLED = False  # three tries within a moment lose a page for good; the frontier tries again when it is due

# --- what may not happen --------------------------------------------------------------------------------------------
DOWNLOAD_TIMEOUT = 30  # 180 keeps a crawl waiting on one dripping host
DOWNLOAD_MAXSIZE = 10 * 1024 * 1024  # after decompression: 1,579 bytes of brotli can be a gigabyte
DOWNLOAD_VERIFY_CERTIFICATES = True  # a man in the middle can plant news
TWISTED_DNS_RESOLVER = "spiders.network.guard.GuardedResolver"  # both IP versions, minus private networks
HTTPPROXY_ENABLED = False  # a proxy resolves names where the guard does not see it; one in the environment is refused
TELNETCONSOLE_ENABLED = False  # runs code for whoever connects
REMOTE_CONTROL_ENABLED = False  # so does this one
MEMUSAGE_LIMIT_MB = 1024  # a crawl that needs more has gone wrong: it ends with status 14 and can be gone on with
CLOSESPIDER_TIMEOUT_NO_ITEM = 1800  # seconds without an article: shut out, or led in circles; status 14 as well
MEMUSAGE_CHECK_INTERVAL_SECONDS = 10  # a hostile page does not wait for the end of a minute
DEPTH_LIMIT = 5  # for spiders that follow links by themselves: a trap of links has no end
DOWNLOAD_HANDLERS = {
    "http": "spiders.cassettes.CassetteDownloadHandler",
    "https": "spiders.cassettes.CassetteDownloadHandler",
    "file": None,  # a page must not be able to ask for our files
    "data": None,
    "ftp": None,
    "s3": None,
}
DOWNLOADER_MIDDLEWARES = {
    "spiders.middlewares.gate.UrlGate": 40,  # before robots.txt: not even that is asked of a refused host
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,  # drops redirects without telling the errback
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "spiders.middlewares.robots.Robots": 100,
    "spiders.middlewares.rights.Rights": 110,  # what robots.txt forbids is no reason to ask for more
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "spiders.middlewares.conditional.Conditional": 650,  # after what follows redirects: each hop is asked anew
    "spiders.middlewares.redirects.Redirects": 600,  # after what adds headers: on another host it takes them away
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
    "spiders.middlewares.holds.Holds": 900,  # after all that takes time: the host may have asked to be left alone
    "spiders.middlewares.cookies.Cookies": 700,  # where a spider has COOKIES_ENABLED: with a bound
}
SPIDER_MIDDLEWARES = {
    "spiders.middlewares.outcomes.Outcomes": 950,
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,  # no spider of ours could do what it finds
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,  # drops without a word; the gate refuses instead
}
EXTENSIONS = {
    "spiders.surfaces.logs.CleanLogs": 1,  # before anything else has something to log
    "spiders.extensions.pickles.NoPickles": 2,  # a planted spider.state, requests.queue or cache ran code, 3 of 3
    "scrapy.extensions.corestats.CoreStats": None,  # the ledger counts
    "scrapy.extensions.memusage.MemoryUsage": None,  # measures what the process that started us once held
    "scrapy.extensions.spiderstate.SpiderState": None,  # makes the folder of JOBDIR before that is refused
    "scrapy.extensions.feedexport.FeedExporter": None,  # a file that cannot be written is no fault that it tells
    "spiders.extensions.feeds.Feeds": 4,
    "spiders.extensions.memory.MemoryBudget": 5,
    "spiders.cassettes.Deck": 10,  # a broken recording ends the run before the store is opened
    "spiders.extensions.manners.Manners": 12,  # who we are, and what we obey, before anybody is asked
    "spiders.extensions.sentinel.Sentinel": 15,  # no crawl begins before the guard was tried
    "spiders.extensions.storeroom.Storeroom": 20,  # closes the books; the next two then read them in this order
    "spiders.extensions.workroom.Workroom": 25,  # no process is started for a store that another run holds
    "spiders.extensions.progress.Progress": 30,
    "spiders.extensions.summary.Summary": 40,
}

# --- what a person sees ---------------------------------------------------------------------------------------------
FEED_EXPORT_ENCODING = "utf-8"  # the default writes \u escapes
FEED_EXPORTERS = {
    "csv": "spiders.exports.feeds.CsvFeed",  # Scrapy's writes what a spreadsheet takes for a formula
    "json": "spiders.exports.feeds.JsonFeed",  # Scrapy's break at half a character, and know NaN
    "jl": "spiders.exports.feeds.JsonLinesFeed",
    "jsonl": "spiders.exports.feeds.JsonLinesFeed",
    "jsonlines": "spiders.exports.feeds.JsonLinesFeed",
    "marshal": None,  # reading one can run code
    "pickle": None,
}
LOG_LEVEL = "INFO"  # ours; commands.crawl keeps Scrapy and the libraries at WARNING unless a level is asked for
LOG_FORMAT = "%(asctime)s %(levelname)s: %(message)s"
LOG_VERSIONS: list[str] = []
LOGSTATS_INTERVAL = 0  # extensions.progress tells more
STATS_DUMP = False  # extensions.summary tells it shorter
