"""Export into PostgreSQL and MySQL or MariaDB, and what speaks their protocols. Needs the extra ``zongjie[sql]``.

PostgreSQL takes rows by COPY into a temporary table and merges them in one statement; MySQL by INSERT … ON DUPLICATE
KEY UPDATE in batches. Passwords come from the environment or a file and never stand in a message.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from pipeline.errors import InputError
from pipeline.show.export_database import STATE, misfits
from pipeline.show.export_plan import Outgoing
from pipeline.show.export_tables import Column, Row

DRIVERS = {
    "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg", "mysql": "mysql+pymysql",
    "mariadb": "mysql+pymysql",
}  # fmt: skip
SECONDS = 15  # to wait for a server that does not answer
KEY_WIDE = 255  # characters of a key


class ServerTarget:
    """A database on a server; ``url`` without a password."""

    def __init__(self, url: str, password: str | None = None) -> None:
        sql = _sqlalchemy()
        self.told = url
        self.secret = password
        try:
            address = sql.engine.make_url(url)
        except sql.exc.ArgumentError:
            raise InputError(
                f"{url}: 看不懂这个地址; 请写成 postgresql://用户@主机:5432/库名", cause="destination"
            ) from None
        if address.password:
            raise InputError(
                "地址里不要写密码 (会留在命令历史里); 请放进环境变量 ZONGJIE_EXPORT_PASSWORD 或用 --password-file",
                cause="destination",
            )
        address = address.set(drivername=DRIVERS[address.get_backend_name()], password=password)
        if address.get_backend_name() == "mysql":
            address = address.update_query_dict({"charset": "utf8mb4"})
        self.engine = sql.create_engine(address, connect_args={"connect_timeout": SECONDS})
        self.is_mysql = self.engine.dialect.name == "mysql"
        with self._faults():
            self.connection = self.engine.connect()

    def close(self) -> None:
        """Let the server go."""
        self.connection.close()
        self.engine.dispose()

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except _faults_of(_sqlalchemy()) as fault:
            told = str(getattr(fault, "orig", fault) or fault).strip()
            if self.secret:
                told = told.replace(self.secret, "***")
            message = f"{self.told}: 数据库没有接受, 原有的数据没有动: {told}"
            raise InputError(message, cause="destination") from None

    @contextmanager
    def transaction(self, dry: bool) -> Iterator[None]:
        """All or nothing; one export at a time."""
        with self._faults():
            if self.connection.in_transaction():
                self.connection.rollback()
            with self.connection.begin() as own:
                self._lock()
                try:
                    yield
                finally:
                    if self.is_mysql:
                        self._run("SELECT RELEASE_LOCK('zongjie_export')")
                if dry:
                    own.rollback()

    def _lock(self) -> None:
        if self.is_mysql:
            free = self.connection.exec_driver_sql(f"SELECT GET_LOCK('zongjie_export', {SECONDS})").scalar()
            if not free:
                raise InputError(f"{self.told}: 另一次导出还没有结束; 请稍后再试", cause="destination")
        else:
            self._run("SELECT pg_advisory_xact_lock(2053859685)")

    def _run(self, sql: str) -> Any:
        return self.connection.exec_driver_sql(sql)

    def unfit(self, table: Outgoing) -> list[str]:
        """By what the server says of the table."""
        sql = _sqlalchemy()
        with self._faults():
            ask = sql.inspect(self.connection)
            schema, name = _split(table.name)
            if schema is not None and schema not in ask.get_schema_names():
                return [f"没有模式 (schema) {schema}"]
            if not ask.has_table(name, schema=schema):
                return []
            columns = {
                each["name"]: (
                    str(each["type"]),
                    not each["nullable"] and each.get("default") is None and not _fills_itself(each),
                )
                for each in ask.get_columns(name, schema=schema)
            }
            keys = ask.get_pk_constraint(name, schema=schema)["constrained_columns"]
            sets = [each["column_names"] for each in ask.get_unique_constraints(name, schema=schema)]
            sets += [each["column_names"] for each in ask.get_indexes(name, schema=schema) if each["unique"]]
            return misfits(table, columns, {str(names[0]) for names in [keys, *sets] if len(names) == 1})

    def statements(self, table: Outgoing) -> list[str]:
        """CREATE and the upsert."""
        return [self._create(table), self._upsert(table)]

    def prepare(self, tables: Sequence[Outgoing]) -> None:
        """CREATE TABLE IF NOT EXISTS: MySQL ends a transaction at every such statement, so it comes before."""
        with self._faults():
            if self.connection.in_transaction():
                self.connection.rollback()
            with self.connection.begin():
                for table in tables:
                    self._run(self._create(table))
                wide = f"VARCHAR({KEY_WIDE})"
                end = self._table_options()
                self._run(
                    f"CREATE TABLE IF NOT EXISTS {STATE} (target VARCHAR(128) NOT NULL, row_key {wide} NOT NULL,"
                    f" row_digest VARCHAR(16) NOT NULL, PRIMARY KEY (target, row_key)){end}"
                )

    def state(self, name: str) -> dict[str, str]:
        """From our own table, when it is there."""
        if not _sqlalchemy().inspect(self.connection).has_table(STATE):
            return {}
        mark = "%s"
        found = self.connection.exec_driver_sql(
            f"SELECT row_key, row_digest FROM {STATE} WHERE target = {mark}", (name,)
        )
        return {str(key): str(own) for key, own in found}

    def put(self, table: Outgoing, batches: Iterable[list[Row]]) -> None:
        """COPY and merge, or multi-row upserts."""
        if self.is_mysql:
            cursor = self._cursor()
            for batch in batches:
                cursor.executemany(self._upsert(table), batch)
            return
        names = ", ".join(map(self._quoted, table.names))
        first = next(iter(batches := iter(batches)), None)
        if first is None:
            return
        is_empty = self._run(f"SELECT 1 FROM {self._name(table)} LIMIT 1").first() is None
        into = self._name(table) if is_empty else "incoming"
        if not is_empty:
            self._run(
                f"CREATE TEMP TABLE {into} ON COMMIT DROP AS SELECT {names} FROM {self._name(table)} WITH NO DATA"
            )
        with self._cursor().copy(f"COPY {into} ({names}) FROM STDIN") as copy:
            for batch in _chain(first, batches):
                copy.write("".join(map(copied, batch)))
        if not is_empty:
            self._run(f"INSERT INTO {self._name(table)} ({names}) SELECT {names} FROM {into} {self._conflict(table)}")
            self._run(f"DROP TABLE {into}")

    def remove(self, table: Outgoing, keys: list[str], mark: bool) -> None:
        """DELETE, or UPDATE deleted = 1."""
        name, key = self._name(table), self._quoted(table.key_name)
        change = f"UPDATE {name} SET {self._quoted(table.names[table.deleted])} = 1" if mark else f"DELETE FROM {name}"
        self._cursor().executemany(f"{change} WHERE {key} = %s", [(each,) for each in keys])

    def remember(self, name: str, digests: list[tuple[str, str]], forget: list[str]) -> None:
        """Into our own table."""
        cursor = self._cursor()
        if self.is_mysql:
            cursor.executemany(
                f"INSERT INTO {STATE} (target, row_key, row_digest) VALUES (%s, %s, %s)"
                " ON DUPLICATE KEY UPDATE row_digest = VALUES(row_digest)",
                [(name, key, own) for key, own in digests],
            )
        elif digests:
            self._run(f"CREATE TEMP TABLE digests ON COMMIT DROP AS SELECT * FROM {STATE} WITH NO DATA")
            with cursor.copy("COPY digests FROM STDIN") as copy:
                copy.write("".join(copied((name, key, own)) for key, own in digests))
            self._run(f"INSERT INTO {STATE} SELECT * FROM digests ON CONFLICT (target, row_key)"
                      " DO UPDATE SET row_digest = excluded.row_digest")  # fmt: skip
            self._run("DROP TABLE digests")
        cursor.executemany(f"DELETE FROM {STATE} WHERE target = %s AND row_key = %s", [(name, key) for key in forget])

    def _cursor(self) -> Any:
        return self.connection.connection.cursor()

    def _quoted(self, name: str) -> str:
        return str(self.engine.dialect.identifier_preparer.quote_identifier(name)).replace("%", "%%")

    def _name(self, table: Outgoing) -> str:
        schema, name = _split(table.name)
        return f"{self._quoted(schema)}.{self._quoted(name)}" if schema else self._quoted(name)

    def _create(self, table: Outgoing) -> str:
        columns = [f"{self._quoted(name)} {self._type(own, n == table.key)}"
                   for n, (name, own) in enumerate(zip(table.names, table.columns, strict=True))]  # fmt: skip
        key = f"PRIMARY KEY ({self._quoted(table.key_name)})"
        return f"CREATE TABLE IF NOT EXISTS {self._name(table)} ({', '.join([*columns, key])}){self._table_options()}"

    def _table_options(self) -> str:
        # binary order: two keys that differ in case only are two
        return " ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin" if self.is_mysql else ""

    def _type(self, column: Column, is_key: bool) -> str:
        if is_key:
            return f"VARCHAR({KEY_WIDE}) NOT NULL"
        text = "MEDIUMTEXT" if self.is_mysql else "TEXT"
        number = "DOUBLE" if self.is_mysql else "DOUBLE PRECISION"
        return {"text": text, "integer": "INTEGER", "number": number, "date": "DATE"}[column.kind]

    def _upsert(self, table: Outgoing) -> str:
        names = ", ".join(map(self._quoted, table.names))
        marks = ", ".join(["%s"] * len(table.names))
        return f"INSERT INTO {self._name(table)} ({names}) VALUES ({marks}) {self._conflict(table)}"

    def _conflict(self, table: Outgoing) -> str:
        rest = [self._quoted(name) for n, name in enumerate(table.names) if n != table.key]
        key = self._quoted(table.key_name)
        if self.is_mysql:
            return "ON DUPLICATE KEY UPDATE " + ", ".join(f"{name} = VALUES({name})" for name in rest or [key])
        if not rest:
            return f"ON CONFLICT ({key}) DO NOTHING"
        sets = ", ".join(f"{name} = excluded.{name}" for name in rest)
        old = ", ".join(f"{self._name(table)}.{name}" for name in rest)
        new = ", ".join(f"excluded.{name}" for name in rest)
        return f"ON CONFLICT ({key}) DO UPDATE SET {sets} WHERE ({old}) IS DISTINCT FROM ({new})"


def _split(name: str) -> tuple[str | None, str]:
    schema, dot, rest = name.partition(".")
    return (schema, rest) if dot else (None, name)


def _fills_itself(column: Any) -> bool:
    return bool(column.get("autoincrement") is True or column.get("identity") or column.get("computed"))


_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\x00": ""})


def copied(row: Row) -> str:
    """A row as COPY takes it. PostgreSQL has no place for NUL in text: it is left out.

    >>> copied(("a\\tb", None, 3.5))
    'a\\\\tb\\t\\\\N\\t3.5\\n'
    """
    parts = []
    for value in row:
        if isinstance(value, str):  # most text holds nothing that must be escaped, and asking is quicker than doing
            parts.append(value if value.isprintable() and "\\" not in value else value.translate(_ESCAPED))
        else:
            parts.append("\\N" if value is None else repr(value))
    return "\t".join(parts) + "\n"


def _chain(first: list[Row], rest: Iterable[list[Row]]) -> Iterator[list[Row]]:
    yield first
    yield from rest


def _faults_of(sql: Any) -> tuple[type[Exception], ...]:
    import psycopg
    import pymysql

    return (sql.exc.SQLAlchemyError, psycopg.Error, pymysql.MySQLError)


def _sqlalchemy() -> Any:
    try:
        import psycopg  # noqa: F401
        import pymysql  # noqa: F401
        import sqlalchemy
    except ImportError as fault:
        raise InputError(
            f'导出到数据库服务器要先安装 pip install "zongjie[sql]" (missing: {fault.name})', cause="destination"
        ) from None
    return sqlalchemy
