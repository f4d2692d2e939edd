"""Kafka's client on the loop of a service."""

import asyncio
import socket
import struct
from types import SimpleNamespace

import pytest
from aiokafka.client import AIOKafkaClient, ConnectionGroup
from aiokafka.conn import AIOKafkaConnection
from aiokafka.errors import KafkaConnectionError
from aiokafka.protocol.metadata import MetadataRequest

from chassis import loop
from tests.engines import Engines
from tests.waiting import until

METADATA_ONLY = SimpleNamespace(
    api_versions=[(MetadataRequest.API_KEY, 0, 1)]
)  # what a broker says that it takes


async def reset() -> AIOKafkaConnection:
    """A connection that was reset by the other side, a moment before the client has noticed."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        connection = AIOKafkaConnection(*server.getsockname(), request_timeout_ms=20_000)
        connecting = asyncio.create_task(connection.connect())
        other_side, _ = await asyncio.to_thread(server.accept)
        assert await until(lambda: connection._requests)
        connection._requests.popleft()[2].set_result(METADATA_ONLY)
        await connecting
        connection._read_task.cancel()
        other_side.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        other_side.close()
    assert await until(connection._writer.transport.is_closing)
    assert connection.connected()
    return connection


def test_a_connection_that_was_reset_is_a_lost_one() -> None:
    async def written_to() -> None:
        connection = await reset()
        with pytest.raises(KafkaConnectionError, match="closed"):
            await connection.send(MetadataRequest([]))
        assert not connection.connected()

    loop.run(written_to())


def test_a_client_whose_connection_was_reset_learns_again_who_leads(engines: Engines) -> None:
    async def learns_again() -> None:
        client = AIOKafkaClient(bootstrap_servers=engines.bootstrap)
        await client.bootstrap()
        try:
            [broker] = client.cluster.brokers()
            client._conns[broker.nodeId, ConnectionGroup.DEFAULT] = await reset()
            assert not await asyncio.wait_for(client.force_metadata_update(), 20)
            assert await asyncio.wait_for(client.force_metadata_update(), 20)
        finally:
            await client.close()

    loop.run(learns_again())
