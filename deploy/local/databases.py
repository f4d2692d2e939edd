"""One database and one role per service, which owns it and can reach no other."""

import secrets
from urllib.parse import quote, urlsplit, urlunsplit

import asyncpg


def with_login(admin_dsn: str, role: str, password: str, database: str) -> str:
    """The address of another database on the same server, for another role."""
    parts = urlsplit(admin_dsn)
    server = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{quote(role)}:{quote(password)}@{server}", path=f"/{database}"))


def in_database(admin_dsn: str, database: str) -> str:
    """The administrator's way into another database on the same server."""
    return urlunsplit(urlsplit(admin_dsn)._replace(path=f"/{database}"))


async def answers(dsn: str) -> bool:
    """Whether a server takes connections there."""
    try:
        connection = await asyncpg.connect(dsn, timeout=5)
    except (OSError, TimeoutError, asyncpg.PostgresError):
        return False
    await connection.close()
    return True


async def create_database(admin_dsn: str, name: str, password: str | None = None) -> str:
    """Make database and role `name`, as far as they do not exist; answer the address for the role.

    The role owns the schema `public` there and nothing else; nobody else may connect. Its password becomes
    the one given.
    """
    password = password or secrets.token_urlsafe(24)
    admin = await asyncpg.connect(admin_dsn)
    try:
        await _role(admin, name, password)
        if not await admin.fetchval("select exists (select from pg_database where datname = $1)", name):
            await admin.execute(f'create database "{name}" template template0 strategy wal_log')
            await admin.execute(f'revoke all on database "{name}" from public')
            await admin.execute(f'grant connect, temporary on database "{name}" to "{name}"')
    finally:
        await admin.close()
    inside = await asyncpg.connect(in_database(admin_dsn, name))
    try:
        await inside.execute(f'alter schema public owner to "{name}"')
    finally:
        await inside.close()
    return with_login(admin_dsn, name, password, name)


async def create_reader(admin_dsn: str, database: str, name: str, password: str) -> str:
    """Make role `name`, who may read all that `database`'s owner has or will have, and change nothing."""
    inside = await asyncpg.connect(in_database(admin_dsn, database))
    try:
        await _role(inside, name, password)
        await inside.execute(f'alter role "{name}" set default_transaction_read_only = on')
        await inside.execute(f'grant connect on database "{database}" to "{name}"')
        await inside.execute(f'grant usage on schema public to "{name}"')
        await inside.execute(f'grant select on all tables in schema public to "{name}"')
        future = f'alter default privileges for role "{database}" in schema public'
        await inside.execute(f'{future} grant select on tables to "{name}"')
    finally:
        await inside.close()
    return with_login(admin_dsn, name, password, database)


async def _role(admin: asyncpg.Connection, name: str, password: str) -> None:
    exists = await admin.fetchval("select exists (select from pg_roles where rolname = $1)", name)
    verb = "alter" if exists else "create"
    # A role's password can not be a parameter. Ours are url-safe, and a quote in another's is doubled.
    await admin.execute(f"""{verb} role "{name}" login password '{password.replace("'", "''")}'""")
