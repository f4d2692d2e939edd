"""The engines in containers: the images that production uses, with the settings of the local stack.

`RENKEI_KAFKA_IMAGE` and `RENKEI_POSTGRES_IMAGE` name others, such as builds of one's own where no registry is reached.
"""

import asyncio
import os
import secrets
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager

import pytest

from deploy.local import kafka, postgres
from deploy.local.databases import answers
from deploy.local.ports import any_free
from deploy.local.process import moments
from deploy.local.topics import brokers

KAFKA_IMAGE = os.environ.get("RENKEI_KAFKA_IMAGE", "apache/kafka:4.3.1")
POSTGRES_IMAGE = os.environ.get("RENKEI_POSTGRES_IMAGE", "postgres:18")
PATIENCE = 90.0  # seconds


class Container:
    """An engine in a container, on a port of this machine's loopback that stays the same over its restarts."""

    def __init__(self, image: str, port: int, answer: Callable[[], Awaitable[bool]]) -> None:
        from testcontainers.core.container import DockerContainer

        self.docker = DockerContainer(image)
        self.docker.ports[f"{port}/tcp"] = ("127.0.0.1", port)  # type: ignore[assignment]  # as docker-py takes it
        self._answer = answer

    async def start(self) -> None:
        await asyncio.to_thread(self.docker.get_wrapped_container().start)
        async for _ in moments(PATIENCE):
            if await self._answer():
                return
        logs = b"\n".join(self.docker.get_logs()).decode(errors="replace")
        raise TimeoutError(f"{self.docker.image} did not answer within {PATIENCE:.0f} s:\n{logs[-3000:]}")

    async def stop(self) -> None:
        await asyncio.to_thread(self.docker.get_wrapped_container().stop)

    async def kill(self) -> None:
        await asyncio.to_thread(self.docker.get_wrapped_container().kill)

    async def restart(self) -> None:
        await self.stop()
        await self.start()

    async def ready(self) -> bool:
        return await self._answer()


@contextmanager
def contained() -> Iterator[tuple[str, str, Container, Container]]:
    """Bootstrap address, administrator's address, Kafka, PostgreSQL. Skips, with the reason, where none can run."""
    from testcontainers.core.config import testcontainers_config
    from testcontainers.core.docker_client import DockerClient

    try:
        DockerClient().client.ping()
    except Exception as error:  # the client wraps whatever the socket says in errors of several libraries
        pytest.skip(f"STACK=containers, but no engine for containers answers: {error}")
    testcontainers_config.ryuk_disabled = True  # containers end with the block below; one image less to fetch
    kafka_port, postgres_port = any_free(2)
    password = secrets.token_urlsafe(24)
    admin_dsn = f"postgresql://{postgres.ADMIN}:{password}@127.0.0.1:{postgres_port}/postgres"
    with ExitStack() as stack:
        broker = _kafka(kafka_port)
        server = _postgres(postgres_port, password, admin_dsn)
        for container in (broker, server):
            stack.enter_context(container.docker)
        asyncio.run(broker.start())
        asyncio.run(server.start())
        yield f"127.0.0.1:{kafka_port}", admin_dsn, broker, server


def _kafka(port: int) -> Container:
    async def answers_() -> bool:
        return await brokers(f"127.0.0.1:{port}") > 0

    container = Container(KAFKA_IMAGE, port, answers_)
    text = kafka._PROPERTIES.format(port=port, controller_port=9093, data="/tmp/kafka-data")
    properties = dict(line.split("=", 1) for line in text.splitlines())
    properties["listeners"] = f"PLAINTEXT://:{port},CONTROLLER://127.0.0.1:9093"
    for name, value in properties.items():  # the image turns KAFKA_NODE_ID into node.id
        container.docker.with_env(f"KAFKA_{name.upper().replace('.', '_')}", value)
    return container


def _postgres(port: int, password: str, admin_dsn: str) -> Container:
    container = Container(POSTGRES_IMAGE, port, lambda: answers(admin_dsn))
    for name, value in {
        "POSTGRES_USER": postgres.ADMIN,
        "POSTGRES_PASSWORD": password,
        "POSTGRES_DB": "postgres",
        "PGPORT": str(port),
    }.items():
        container.docker.with_env(name, value)
    elsewhere = {"listen_addresses", "unix_socket_directories"}  # the image's own business
    settings = {name: value for name, value in postgres._SETTINGS.items() if name not in elsewhere}
    container.docker.with_command(["postgres", *(f"--{name}={value}" for name, value in settings.items())])
    return container
