"""Apache Kafka: one node, broker and controller at once, on loopback, with data that stays."""

import asyncio
import subprocess
import uuid
from base64 import urlsafe_b64encode
from pathlib import Path

from deploy.local.jars import Progress, class_path
from deploy.local.java import java_command
from deploy.local.ports import any_free
from deploy.local.process import Process, until_ready
from deploy.local.quick_start import archive_options
from deploy.local.topics import brokers, create_topics
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
metadata.max.idle.interval.ms=5000
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
        self._properties = folder / "server.properties"
        self._text = _PROPERTIES.format(port=port, controller_port=controller_port, data=folder / "data")
        self.process = Process([], log, tethered=tethered, patient=True)

    def prepare(self, progress: Progress) -> None:
        """Fetch the jars, make a quick start, format the data folder, as far as it was not done before.

        Takes its time, the first time: call it from a thread that has no event loop.
        """
        jars = class_path(LOCK, progress)
        quick = archive_options(LOCK, lambda folder, options: _trial(folder, jars, options), progress)
        self._prepare_with(jars, quick)

    def _prepare_with(self, jars: list[Path], options: list[str]) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._properties.write_text(self._text)
        options = [*options, f"-Dlog4j2.configurationFile={LOGGING}", "-Djava.awt.headless=true"]
        if not (self.folder / "data" / "meta.properties").exists():
            self._format(jars)
        options.append("-Xms128m")
        self.process.command = java_command("kafka.Kafka", jars, "384m", options, [str(self._properties)])

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

    def _format(self, jars: list[Path]) -> None:
        cluster = urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
        arguments = [
            "format",
            f"--cluster-id={cluster}",
            f"--config={self._properties}",
        ]  # an id may begin with a dash
        command = java_command("kafka.tools.StorageTool", jars, "128m", arguments=arguments)
        self._log.parent.mkdir(parents=True, exist_ok=True)
        with self._log.open("ab") as log:
            done = subprocess.run(command, stdout=log, stderr=subprocess.STDOUT, check=False)
        if done.returncode != 0:
            raise Trouble(f"Kafka's data folder {self.folder} could not be prepared: see {self._log}.")


def _trial(folder: Path, jars: list[Path], options: list[str]) -> None:
    """A broker beside all others, which does once what every start does."""

    async def once() -> None:
        try:
            await kafka.start()
            await create_topics(kafka.bootstrap, ["trial"])
        finally:
            await kafka.process.stop(grace=120.0)  # writing the archive is the last that it does

    kafka = Kafka(folder, folder / "kafka.log", *any_free(2), tethered=True)
    kafka._prepare_with(jars, [])
    first, *rest = kafka.process.command
    kafka.process.command = [first, *options, *rest]
    asyncio.run(once())
