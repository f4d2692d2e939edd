"""The tree as it grows, held against its definition (RFC 6962) and the verifier, which shares nothing with it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from services.audit.tlog import tiles
from services.audit.tlog.tree import WIDTH, Edge, Range, consistency, joined, leaf, root, runs
from services.audit.verifier import merkle, sources
from tests.audit.verifier import logs

MANY = [leaf(b"%d" % n) for n in range(70_000)]


def of(batches: list[int]) -> tuple[Edge, dict[int, dict[int, bytes]]]:
    """A tree that grew by these batches, and its hashes above the leaves, by level and place."""
    edge, above, start = Edge(), {}, 0
    for count in batches:
        for level, index, hash_ in edge.add(MANY[start : start + count]):
            assert index == len(above.setdefault(level, {}))
            above[level][index] = hash_
        start += count
    return edge, above


@given(st.lists(st.integers(0, 700), max_size=6))
@settings(max_examples=40)
def test_its_root_is_that_of_the_definition_however_it_grew(batches: list[int]) -> None:
    edge, _ = of(batches)
    assert edge.size == sum(batches)
    assert edge.root() == logs.root(MANY[: edge.size])


def test_levels_above_the_first_are_full_tiles_of_the_one_below() -> None:
    edge, above = of([65_000, 5_000])
    assert len(above[1]) == 70_000 // WIDTH
    assert above[2] == {0: root([above[1][n] for n in range(WIDTH)])}
    assert edge.root() == logs.root(MANY)


def test_what_is_added_to_a_copy_is_not_added_to_the_edge() -> None:
    edge, _ = of([300])
    before = edge.root()
    edge.copy().add(MANY[300:600])
    assert (edge.size, edge.root()) == (300, before)


def test_an_edge_goes_on_from_what_is_kept_of_it() -> None:
    edge, above = of([66_000])
    levels = [MANY[66_000 // WIDTH * WIDTH : 66_000]]
    for _, hashes in sorted(above.items()):
        full = len(hashes) // WIDTH * WIDTH
        levels.append([hashes[n] for n in range(full, len(hashes))])
    again = Edge(66_000, levels)
    assert again.add(MANY[66_000:67_000]) == edge.add(MANY[66_000:67_000])
    assert again.root() == edge.root() == logs.root(MANY[:67_000])


def ranged(of_: Range, above: dict[int, dict[int, bytes]]) -> bytes:
    def hashes(level: int, at: int) -> bytes:
        return above[level][at] if level else MANY[at]

    return joined([root([hashes(run.level, run.first + n) for n in range(run.width)]) for run in runs(of_)])


@given(st.data())
@settings(max_examples=150)
def test_consistency_is_proved_to_the_verifier(data: st.DataObject) -> None:
    new = data.draw(st.integers(1, 3000))
    old = data.draw(st.integers(1, new))
    _, above = of([new])
    proof = [ranged(each, above) for each in consistency(old, new)]
    merkle.extends(old, new, logs.root(MANY[:old]), logs.root(MANY[:new]), proof)


@given(st.integers(0, 10**12), st.sampled_from([1, 7, 255, 256]), st.sampled_from([0, 1, 3, "entries"]))
def test_files_have_the_names_that_the_verifier_looks_for(number: int, width: int, level: int | str) -> None:
    assert tiles.name(level, number, width) == sources.name(level, number, width)


def test_the_name_of_the_specification() -> None:
    assert tiles.name(0, 1234067) == "tile/0/x001/x234/067"
