"""What the stack consists of: each part with its address, and what must exist before services start."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

import asyncpg

from deploy.local import SERVICES
from deploy.local.databases import create_database, create_reader, in_database, with_login
from deploy.local.external import external_kafka, external_mail, external_postgres, server_of
from deploy.local.kafka import Kafka
from deploy.local.keeper import Engine, Keeper
from deploy.local.mail import MailSink
from deploy.local.passwords import AUDITOR, password
from deploy.local.postgres import Postgres
from deploy.local.service import Service
from deploy.local.settings import ROOT, Settings
from deploy.local.state import Kind, PartState
from deploy.local.topics import create_publishers_topics
from deploy.local.trouble import Trouble
from deploy.local.trust import agree, witness_folder, witness_key
from deploy.local.witness import Witness
from deploy.local.zipkin import Zipkin

SEAL = ROOT / "services" / "audit" / "seal.sql"


@dataclass
class Stack:
    """The keepers, engines before services; services wait for `needed`."""

    settings: Settings
    engines: list[Keeper]
    services: list[Keeper]
    postgres: Postgres | None

    @property
    def keepers(self) -> list[Keeper]:
        return self.engines + self.services

    @property
    def needed(self) -> list[Keeper]:
        return [keeper for keeper in self.engines if keeper.state.needed]

    @property
    def own_ports(self) -> list[str]:
        """The names of the ports that parts of ours will listen on."""
        parts = [keeper.state.name for keeper in self.keepers if keeper.engine.process is not None]
        return ["front", *parts, *(["kafka controller"] if "kafka" in parts else [])]

    async def provide(self) -> None:
        """Databases, roles and topics, as far as they are not there."""
        home, admin = self.settings.home, self.admin_dsn
        await asyncio.gather(
            create_publishers_topics(self.settings.bootstrap),
            *(create_database(admin, service, password(home, service)) for service in SERVICES),
        )
        await create_reader(admin, "audit", AUDITOR, password(home, AUDITOR))

    async def seal_the_log(self) -> None:
        """From here on no DDL reaches the audit log; only an administrator can see to that."""
        connection = await asyncpg.connect(in_database(self.admin_dsn, "audit"))
        try:
            await connection.execute(SEAL.read_text())
        except asyncpg.InsufficientPrivilegeError:
            raise Trouble(
                "RENKEI_POSTGRES has to name a superuser: only one can seal the audit log."
            ) from None
        finally:
            await connection.close()

    @property
    def admin_dsn(self) -> str:
        return self.settings.postgres or (self.postgres.admin_dsn if self.postgres else "")


def assemble(settings: Settings, changed: Callable[[], None]) -> Stack:
    """Every part, none of them started. `changed` is called whenever the state of one has changed."""

    def keeper(name: str, kind: Kind, engine: Engine, address: str | None = None) -> Keeper:
        state = PartState(name, kind, address or settings.ports.address(name))
        return Keeper(engine, state, settings.held(name), changed)

    postgres: Postgres | None = None
    if settings.postgres:
        database = keeper(
            "postgres", "engine", external_postgres(settings.postgres), server_of(settings.postgres)
        )
    else:
        folder, log = settings.home / "postgres", settings.log("postgres")
        postgres = Postgres(folder, log, settings.ports.of("postgres"))
        database = keeper("postgres", "engine", postgres)
    engines = [_kafka(settings, keeper), database, _mail(settings, keeper), _witness(settings, keeper)]
    if settings.traces:
        zipkin = Zipkin(settings.log("zipkin"), settings.ports.of("zipkin"))
        engines.append(keeper("zipkin", "engine", zipkin))
        engines[-1].state.needed = False
    stack = Stack(settings, engines, [], postgres)
    stack.services = [
        keeper(
            name,
            "service",
            Service(
                name,
                settings.ports.address(name),
                settings.log(name),
                environment(settings, name),
                stack.seal_the_log if name == "audit" else None,
            ),
        )
        for name in SERVICES
    ]
    return stack


def _kafka(settings: Settings, keeper: Callable[..., Keeper]) -> Keeper:
    if settings.kafka:
        return keeper("kafka", "engine", external_kafka(settings.kafka), settings.kafka)
    port, controller = settings.ports.of("kafka"), settings.ports.of("kafka controller")
    return keeper("kafka", "engine", Kafka(settings.home / "kafka", settings.log("kafka"), port, controller))


def _mail(settings: Settings, keeper: Callable[..., Keeper]) -> Keeper:
    """Nothing waits for it: while it is away, mail does."""
    engine: Engine
    if settings.smtp:
        engine = external_mail(settings.smtp)
    else:
        engine = MailSink(settings.mail, settings.log("mail"), settings.mail_server)
    kept = keeper("mail", "engine", engine, settings.mail_server)
    kept.state.needed = False
    return kept


def _witness(settings: Settings, keeper: Callable[..., Keeper]) -> Keeper:
    """Nothing waits for it: while it is away, the log is published without its cosignature."""
    policy, key, folder = agree(settings), witness_key(settings), witness_folder(settings)
    engine = Witness(settings.ports.address("witness"), key, folder, policy, settings.log("witness"))
    kept = keeper("witness", "engine", engine)
    kept.state.needed = False
    return kept


def dsn(settings: Settings, role: str, database: str | None = None) -> str:
    """The address of a database for one of this stack's roles: a service's own, or the auditor's."""
    server = settings.postgres or f"postgresql://{settings.ports.address('postgres')}/"
    return with_login(server, role, password(settings.home, role), database or role)


def environment(settings: Settings, service: str) -> dict[str, str]:
    """What a service is told about its place in this stack."""
    told = {
        "RENKEI_ENVIRONMENT": "development",
        "RENKEI_SERVICE": service,
        "RENKEI_HTTP": settings.ports.address(service),
        "RENKEI_KAFKA": settings.bootstrap,
        "RENKEI_DATABASE": dsn(settings, service),
        "RENKEI_CLOCK": str(settings.home / "clock.json"),
        "RENKEI_KEYS": str(settings.home / "keys"),
        "RENKEI_SMTP": settings.mail_server,
        "RENKEI_AUDIT_LOG": str(settings.published),
        "RENKEI_ADDRESS": f"http://{settings.ports.address('front')}",
        "OTEL_SERVICE_NAME": f"renkei-{service}",
        "PYTHONUNBUFFERED": "1",
        "MALLOC_ARENA_MAX": "1",  # glibc: one heap for all threads, of which only one ever works hard
        "MALLOC_TRIM_THRESHOLD_": "131072",  # and what is free at its end goes back
    }
    if settings.traces:
        told["OTEL_TRACES_EXPORTER"] = "zipkin"
        told["OTEL_EXPORTER_ZIPKIN_ENDPOINT"] = f"http://{settings.ports.address('zipkin')}/api/v2/spans"
    elif not settings.own_telemetry:
        told["OTEL_TRACES_EXPORTER"] = "none"
    return told
