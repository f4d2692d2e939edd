"""Write the locks anew: `python -m deploy.local.lock_jars`. Needed only when a version is raised here."""

import tempfile
from pathlib import Path

from jgo.maven import MavenContext

from deploy.local.jars import sha256

HERE = Path(__file__).parent
PROGRAMS = {
    # Kafka decides all versions; the logging backend is added, in its log4j's version, as its makers do
    "kafka.lock": ("org.apache.kafka:kafka_2.13:4.3.1", "org.apache.logging.log4j:log4j-slf4j-impl:2.25.4"),
    "zipkin.lock": ("io.zipkin:zipkin-server:3.6.1:exec",),
}


def lock(program: str, *added: str) -> str:
    """Lines of a lock. Only the program's own bill of materials counts: log4j's has an old Kafka client."""
    with tempfile.TemporaryDirectory() as folder:
        context = MavenContext(repo_cache=Path(folder), timeout=60)
        dependencies = [context.create_dependency(coordinate) for coordinate in (program, *added)]
        for dependency in dependencies[1:]:
            dependency.raw = True
        transitive = not dependencies[0].classifier  # an executable jar carries what it needs
        wanted, needed = context.resolver.resolve(dependencies, transitive=transitive)
        artifacts = [d.artifact for d in [*wanted, *(needed if transitive else [])]]
        lines = []
        for artifact in artifacts:
            parts = (artifact.groupId, artifact.artifactId, artifact.version, artifact.classifier)
            lines.append(f"{':'.join(filter(None, parts))} {sha256(artifact.resolve())}\n")
    return "".join(lines)


if __name__ == "__main__":
    for name, coordinates in PROGRAMS.items():
        (HERE / name).write_text(lock(*coordinates))
