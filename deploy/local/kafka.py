"""Apache Kafka: one node, broker and controller at once, on loopback, with data that stays."""

import subprocess
import uuid
from base64 import urlsafe_b64encode
from pathlib import Path

from deploy.local.jars import Progress, class_path
from deploy.local.java import java_command
from deploy.local.process import Process, until_ready
from deploy.local.topics import brokers
from deploy.local.trouble import Trouble

LOCK = Path(__file__).with_name("kafka.lock")
LOGGING = Path(__file__).with_name("kafka-log4j2.yaml")

# One node has one copy of everything; records stay for ever, for they are the facts themselves.
# The broker's session is short, because after a kill a new start waits until the old one has run out.
_PROPERTIES = """\
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:{controller_port}
listeners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller_port}
advertised.listeners=PLAINTEXT://127.0.0.1:{port}
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
inter.broker.listener.name=PLAINTEXT
controller.listener.names=CONTROLLER
log.dirs={data}
num.partitions=4
auto.create.topics.enable=false
log.retention.ms=-1
log.retention.bytes=-1
offsets.topic.num.partitions=4
offsets.topic.replication.factor=1
offsets.retention.minutes=525600
transaction.state.log.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.num.partitions=4
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=1000
num.network.threads=2
num.io.threads=4
num.recovery.threads.per.data.dir=2
log.cleaner.threads=1
log.cleaner.dedupe.buffer.size=16777216
broker.heartbeat.interval.ms=500
broker.session.timeout.ms=3000
"""


class Kafka:
    """The embedded broker. `stop` lets it finish, `kill` does not; `start` after either takes up its data."""

    def __init__(
        self, folder: Path, log: Path, port: int, controller_port: int, *, tethered: bool = False
    ) -> None:
        self.folder = folder
        self.bootstrap = f"127.0.0.1:{port}"
        self._log = log
        self._tethered = tethered
        self._properties = folder / "server.properties"
        self._text = _PROPERTIES.format(port=port, controller_port=controller_port, data=folder / "data")
        self.process = Process([], log, tethered=tethered)

    def prepare(self, progress: Progress) -> None:
        """Fetch the jars and format the data folder, as far as that has not been done before."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._properties.write_text(self._text)
        jars = class_path(LOCK, progress)
        options = [f"-Dlog4j2.configurationFile={LOGGING}", "-Djava.awt.headless=true", "-Xshare:auto"]
        if not (self.folder / "data" / "meta.properties").exists():
            cluster = urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
            self._format(
                java_command(
                    "kafka.tools.StorageTool", jars, "128m", options, self._format_arguments(cluster)
                )
            )
        self.process.command = java_command(
            "kafka.Kafka", jars, "384m", ["-Xms128m", *options], [str(self._properties)]
        )

    async def launch(self) -> None:
        self.process.start()

    async def start(self, within: float = 60.0) -> None:
        """Launch it and wait until it takes requests."""
        await self.launch()
        await until_ready("Kafka", self.process, self.ready, within)

    async def ready(self) -> bool:
        return await brokers(self.bootstrap) > 0

    async def alive(self) -> bool:
        return True

    async def stop(self) -> None:
        await self.process.stop(grace=20.0)

    async def kill(self) -> None:
        await self.process.kill()

    async def restart(self) -> None:
        await self.stop()
        await self.start()

    def _format_arguments(self, cluster: str) -> list[str]:
        return ["format", "-t", cluster, "-c", str(self._properties), "--ignore-formatted"]

    def _format(self, command: list[str]) -> None:
        self._log.parent.mkdir(parents=True, exist_ok=True)
        with self._log.open("ab") as output:
            done = subprocess.run(
                command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, check=False
            )
        if done.returncode != 0:
            raise Trouble(f"Kafka's data folder {self.folder} could not be prepared: see {self._log}.")
