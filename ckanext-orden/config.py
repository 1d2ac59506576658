"""Typed readers of orden's options; each is declared in a `config_declaration.yaml`."""

from ckan.plugins import toolkit as tk
from rdflib import Namespace


def site_url() -> str:
    """The public address of the site without a trailing slash."""
    return tk.config["ckan.site_url"].rstrip("/")


def fetching_allowed_private_hosts() -> list[str]:
    """Hosts (`host` or `host:port`) that may be fetched although their address is private."""
    return tk.config.get("ckanext.orden.fetching.allowed_private_hosts") or []


def fetching_allowed_ports() -> list[int]:
    """The ports that may be asked at hosts of others."""
    return [int(port) for port in tk.config["ckanext.orden.fetching.allowed_ports"]]


def fetching_pause() -> int:
    """Seconds that a harvest leaves a server alone between two requests, at least."""
    return tk.config["ckanext.orden.fetching.pause"]


def fetching_user_agent() -> str:
    """How we introduce ourselves to other servers, with an address to complain to."""
    contact = tk.config.get("ckanext.orden.fetching.contact") or tk.config.get("ckan.site_url", "")
    return f"orden/1 (+{contact})" if contact else "orden/1"


def schema_draft_days() -> int:
    """How long a draft of the registration form is kept."""
    return tk.config["ckanext.orden.schema.draft_days"]


def schema_draft_max_bytes() -> int:
    """The largest file that is kept with a draft."""
    return tk.config["ckanext.orden.schema.draft_max_bytes"]


def search_partial_below() -> int:
    """Below how many hits that hold all the words a search goes on with those that hold some; 0 is never."""
    return tk.config["ckanext.orden.search.partial_below"]


def search_encoder() -> str:
    """What turns texts into vectors of meaning: `package.module:factory`, or `none`."""
    return tk.config["ckanext.orden.search.encoder"]


def search_log() -> bool:
    """Whether it is counted what is searched for."""
    return tk.config["ckanext.orden.search.log"]


def search_log_days() -> int:
    """For how many days these counts are kept."""
    return tk.config["ckanext.orden.search.log_days"]


def search_log_least() -> int:
    """On how many occasions a query has to be asked before its text is kept and shown."""
    return tk.config["ckanext.orden.search.log_least"]


def market_hosts() -> list[str]:
    """Hosts of markets to which a dataset's page may link."""
    return tk.config["ckanext.orden.market.allowed_hosts"]


def market_reviewers() -> str:
    """The organisation whose editors and admins review offers; empty for sysadmins only."""
    return tk.config.get("ckanext.orden.market.reviewers") or ""


def market_anonymous_inquiries() -> bool:
    """Whether somebody without an account may inquire, by a confirmed mail address."""
    return tk.config["ckanext.orden.market.anonymous_inquiries"]


def market_inquiry_limits() -> tuple[int, int]:
    """How many inquiries one address, account or mail address may send in an hour and a day; 0 is without limit."""
    return tk.config["ckanext.orden.market.inquiries_per_hour"], tk.config["ckanext.orden.market.inquiries_per_day"]


def market_provider_limits() -> tuple[int, int]:
    """How many inquiries one provider may receive in an hour and a day; 0 is without limit."""
    options = ("ckanext.orden.market.provider_inquiries_per_hour", "ckanext.orden.market.provider_inquiries_per_day")
    return tk.config[options[0]], tk.config[options[1]]


def market_reminder_days() -> int:
    """After how many days without an answer the provider is reminded of an inquiry; 0 is never."""
    return tk.config["ckanext.orden.market.reminder_days"]


def saved_search_mail() -> bool:
    """Whether mails about saved searches are sent; without a mail server CKAN would drop them in silence."""
    return tk.config["ckanext.orden.saved_search.mail"] and bool(tk.config.get("smtp.server"))


def saved_search_most() -> int:
    """How many searches one person may save."""
    return tk.config["ckanext.orden.saved_search.most"]


def saved_search_hour() -> int:
    """The hour of the day, in the site's time zone, at which mails about saved searches are due."""
    return min(23, max(0, tk.config["ckanext.orden.saved_search.hour"]))


def secret_key() -> bytes:
    """The site's own key, with which what goes out and comes back is signed."""
    return str(tk.config["SECRET_KEY"]).encode()


def market_check_links() -> bool:
    """Whether the pages that offers link to are asked once a day."""
    return tk.config["ckanext.orden.market.check_links"]


def dcat_namespace() -> Namespace:
    """The namespace of our own RDF terms."""
    return Namespace(tk.config["ckanext.orden.dcat.namespace"])


def dcat_publisher_name() -> str:
    """Who publishes the catalogue; empty for the site's title."""
    return tk.config["ckanext.orden.dcat.publisher_name"]


def dcat_publisher_uri() -> str:
    """The IRI of the catalogue's publisher; empty for one of the site's."""
    return tk.config["ckanext.orden.dcat.publisher_uri"]


def dcat_contact_email() -> str:
    """The mail address of datasets that name none, for data.json; empty for none."""
    return tk.config["ckanext.orden.dcat.contact_email"]


def dcat_max_bytes() -> int:
    """The largest RDF document that is checked."""
    return tk.config["ckanext.orden.dcat.max_bytes"]


def dcat_max_triples() -> int:
    """The largest RDF document that is checked, in triples."""
    return tk.config["ckanext.orden.dcat.max_triples"]


def dcat_max_seconds() -> int:
    """The longest that a check of RDF may take, in seconds of the processor."""
    return tk.config["ckanext.orden.dcat.max_seconds"]


def dcat_shapes_folder() -> str:
    """Where the operator's own shapes are; empty for none."""
    return tk.config["ckanext.orden.dcat.shapes_folder"]


def checks_per_minute() -> int:
    """How many checks of RDF and tables a visitor who is not logged in may ask for in a minute; 0 is without limit."""
    return tk.config["ckanext.orden.checks_per_minute"]


def trusted_proxies() -> int:
    """How many reverse proxies of the operator's stand before the site."""
    return tk.config["ckanext.orden.trusted_proxies"]


def dcat_dump_hours() -> int:
    """After how many hours the dump of a changed catalogue is written anew; 0 is never."""
    return tk.config["ckanext.orden.dcat.dump_hours"]


def dcat_dump_formats() -> list[str]:
    """The syntaxes of the dump, by their endings."""
    return tk.config["ckanext.orden.dcat.dump_formats"]


def dcat_links_per_second() -> int:
    """How many addresses of one server may be asked in a second; 0 is none at all."""
    return tk.config["ckanext.orden.dcat.links_per_second"]


def table_check() -> bool:
    """Whether a job checks the tables of a dataset after a change."""
    return tk.config["ckanext.orden.table.check"]


def table_max_bytes() -> int:
    """The largest registered file that is checked."""
    return tk.config["ckanext.orden.table.max_bytes"]


def table_max_geojson_bytes() -> int:
    """The largest GeoJSON file that is read."""
    return tk.config["ckanext.orden.table.max_geojson_bytes"]


def table_map_tiles() -> str:
    """The background of maps: `none`, a preset, or the template of an address with {z}, {x} and {y}."""
    return tk.config["ckanext.orden.table.map_tiles"].strip()


def table_map_attribution() -> str:
    """What stands below a map whose tiles are those of a template."""
    return tk.config["ckanext.orden.table.map_attribution"].strip()


def preview_max_bytes() -> int:
    """The largest stored PDF or image that a page shows."""
    return tk.config["ckanext.orden.preview.max_bytes"]


def table_max_upload_bytes() -> int:
    """The largest file that is checked without being registered."""
    return tk.config["ckanext.orden.table.max_upload_bytes"]


def list_max_bytes() -> int:
    """The largest list that may be handed in."""
    return tk.config["ckanext.orden.list.max_bytes"]


def list_max_rows() -> int:
    """The most rows that a list may have."""
    return tk.config["ckanext.orden.list.max_rows"]


def list_keep_days() -> int:
    """How long previews and results of lists are kept."""
    return tk.config["ckanext.orden.list.keep_days"]


def harvest_approval() -> str:
    """Who approves a new harvest source: `sysadmin`, `admin` (of its organisation too) or `none`."""
    return tk.config["ckanext.orden.harvest.approval"]


def harvest_undo_hours() -> int:
    """How many hours after its end a source's newest run can be undone; 0 is never."""
    return tk.config["ckanext.orden.harvest.undo_hours"]


def harvest_keep_runs() -> int:
    """How many of a source's last runs are kept where its plan says nothing else."""
    return tk.config["ckanext.orden.harvest.keep_runs"]


def harvest_keep_errors_days() -> int:
    """For how many days older runs with errors are kept as well."""
    return tk.config["ckanext.orden.harvest.keep_errors_days"]


def harvest_webhook_secret() -> str:
    """The key with which webhooks are signed; empty for none."""
    return tk.config["ckanext.orden.harvest.webhook_secret"] or ""


def harvest_metrics_token() -> str:
    """The text that opens the metrics; empty for none."""
    return tk.config["ckanext.orden.harvest.metrics_token"] or ""


def harvest_metrics_networks() -> list[str]:
    """Networks whose addresses may read the metrics."""
    return tk.config["ckanext.orden.harvest.metrics_networks"] or []


def use_count() -> bool:
    """Whether views and downloads of datasets are counted."""
    return tk.config["ckanext.orden.use.count"]


def use_days() -> int:
    """For how many days these counts are kept by day."""
    return tk.config["ckanext.orden.use.days"]


def use_plan() -> list[str]:
    """The road map of the statistics: `year:datasets:organizations` each."""
    return tk.config["ckanext.orden.use.plan"]


def feedback_anonymous() -> bool:
    """Whether somebody without an account may write to a dataset's provider."""
    return tk.config["ckanext.orden.feedback.anonymous"]


def feedback_limits() -> tuple[int, int]:
    """How much one network or account may send in an hour and a day; 0 is without limit."""
    return tk.config["ckanext.orden.feedback.per_hour"], tk.config["ckanext.orden.feedback.per_day"]


def feedback_dataset_limits() -> tuple[int, int]:
    """How much may be sent about one dataset in an hour and a day; 0 is without limit."""
    return tk.config["ckanext.orden.feedback.dataset_per_hour"], tk.config["ckanext.orden.feedback.dataset_per_day"]


def feedback_overdue_days() -> int:
    """After how many days without an answer the provider is reminded; 0 is never."""
    return tk.config["ckanext.orden.feedback.overdue_days"]


def feedback_address_days() -> int:
    """How many days after the end a visitor's address and link are kept."""
    return tk.config["ckanext.orden.feedback.address_days"]


def feedback_block_days() -> int:
    """For how many days the like of spam is refused."""
    return tk.config["ckanext.orden.feedback.block_days"]
