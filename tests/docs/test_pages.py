"""What the pages say is there, is there: links, files, commands, metrics, settings, read models."""

import os
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
import typer.core
import typer.main
from prometheus_client.metrics import MetricWrapperBase

from chassis import telemetry
from chassis.settings import Settings
from deploy.cli import app
from deploy.local import SERVICES

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
OPERATOR = (ROOT / "docs" / "operator.md").read_text(encoding="utf-8")


def names(pages: list[Path]) -> list[str]:
    return [str(page.relative_to(ROOT)) for page in pages]


@pytest.mark.parametrize("page", PAGES, ids=names(PAGES))
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=names(PAGES))
def test_files_exist(page: Path) -> None:
    """A file that is named by its path, or a test by its name alone; `*` stands for any."""
    named = re.findall(r"`([^`\n]+)`", page.read_text(encoding="utf-8"))
    words = {word.rstrip("/") for span in named for word in span.split() if OF_OURS.fullmatch(word)}
    assert {word for word in words if not any(file.match(word) for file in ours())} == set()


OF_OURS = re.compile(
    r"(contracts|chassis|services|guidelines|deploy|tests|docs|bench)(/[\w.*-]+)+/?|test_[\w*]+\.py"
)


@cache
def ours() -> list[Path]:
    """Every file and folder of the project, as far as it is in one of its own folders."""
    tops = ("contracts", "chassis", "services", "guidelines", "deploy", "tests", "docs", "bench")
    found = []
    for top in tops:
        for folder, below, files in os.walk(ROOT / top):
            found += [Path(folder, name).relative_to(ROOT) for name in (*below, *files)]
    return found


@pytest.mark.parametrize("page", PAGES, ids=names(PAGES))
def test_commands_exist(page: Path) -> None:
    known = set(paths(typer.main.get_command(app)))
    named = re.findall(r"(?:^|`)renkei((?: [a-z]+)+)", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert [words for words in map(str.split, named) if not ({words[0], " ".join(words[:2])} & known)] == []


def paths(command: object, above: str = "") -> Iterator[str]:
    """`up`, `audit verify`, …: every command that does something."""
    if not isinstance(command, typer.core.TyperGroup):
        yield above
        return
    context = typer.Context(command)
    for name in command.list_commands(context):
        yield from paths(command.get_command(context, name), f"{above} {name}".strip())


def test_every_metric_is_explained() -> None:
    metrics = [metric for metric in vars(telemetry).values() if isinstance(metric, MetricWrapperBase)]
    assert metrics
    described = {family.name for metric in metrics for family in metric.describe()}
    assert {name for name in described if name not in OPERATOR} == set()


def test_every_setting_of_a_process_is_explained() -> None:
    assert [name for name in Settings.model_fields if f"RENKEI_{name.upper()}" not in OPERATOR] == []


@pytest.mark.parametrize("service", SERVICES)
def test_every_read_model_that_can_be_rebuilt_is_named(service: str) -> None:
    models = {model.name for model in import_module(f"services.{service}.main").SERVICE.read_models}
    listed = re.search(rf"^\| {service} \| (`.*`) \|$", OPERATOR, re.MULTILINE)
    assert models == set(re.findall(r"`(\w+)`", listed[1] if listed else ""))
