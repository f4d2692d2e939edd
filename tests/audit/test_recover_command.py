"""What `renkei audit recover` takes from Kafka, and where it has the audit service go on."""

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition

from deploy.recovery import Kafka, _said
from services.audit.tlog.entries import Found
from tests.engines import Engines

TOPIC = "renkei.recovered"


async def test_records_come_by_their_places_and_the_service_goes_on_where_its_log_ends(
    engines: Engines,
) -> None:
    await engines.topics(TOPIC, partitions=2)
    async with AIOKafkaProducer(bootstrap_servers=engines.bootstrap) as producer:
        for n in range(30):
            await producer.send_and_wait(TOPIC, b"%d" % n, partition=n % 2, headers=[("n", b"%d" % n)])
    here = TopicPartition(TOPIC, 0)
    async with AIOKafkaConsumer(bootstrap_servers=engines.bootstrap, group_id="recovered") as service:
        service.assign([here])
        await service.commit({here: 15})
    async with Kafka(engines.bootstrap, "recovered") as kafka:
        places = [Found(TOPIC, 0, 3), Found(TOPIC, 1, 14), Found(TOPIC, 0, 9), Found(TOPIC, 0, 99)]
        found = await kafka.fetch(places)
        assert {place: record.value for place, record in found.items()} == {
            places[0]: b"6", places[1]: b"29", places[2]: b"18",
        }  # fmt: skip
        assert found[places[0]].headers == (("n", b"6"),)
        await kafka.go_on_from({(TOPIC, 0): 10, (TOPIC, 1): 15})
        assert await kafka._consumer.committed(here) == 10
        assert await kafka._consumer.committed(TopicPartition(TOPIC, 1)) is None


def test_who_recovers_is_told_that_salts_do_not_come_back() -> None:
    assert "1,201 of 1,501 entries" in _said(300, 1501)
    assert "take its table `salts` from it (idx >= 300)" in _said(300, 1501)
    assert "salts" not in _said(1501, 1501)
