"""Database, owner role and PostGIS: made once by the superuser, who is not used afterwards."""

import os
import subprocess
from pathlib import Path

from .console import Step
from .datafolder import DataFolder
from .failure import Failure

# Roles of the server (which may insert but not rewrite the journal) are made by the migrations: CREATEROLE.
ROLE = """
SELECT 'CREATE ROLE chiyuan' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'chiyuan') \\gexec
ALTER ROLE chiyuan LOGIN CREATEROLE {extra} PASSWORD '{password}';
SELECT 'CREATE DATABASE chiyuan OWNER chiyuan' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'chiyuan') \\gexec
"""
POSTGIS = "CREATE EXTENSION IF NOT EXISTS postgis;\n"


def ensure(folder: DataFolder, programs: Path, port: int, profile: str, step: Step) -> None:
    """Does nothing once it has been done; safe to repeat when it was cut short."""
    if folder.state.get("postgres_setup") == profile:
        return
    step.tick("creating the database")
    # Tests make databases of their own, from template1, and may not create extensions either.
    extra = "CREATEDB" if profile == "test" else "NOCREATEDB"
    sql = ROLE.format(extra=extra, password=folder.secret("postgres_password"))
    _psql(folder, programs, port, "postgres", sql)
    _psql(folder, programs, port, "chiyuan", POSTGIS)
    if profile == "test":
        _psql(folder, programs, port, "template1", POSTGIS)
    folder.remember(postgres_setup=profile)


def _psql(folder: DataFolder, programs: Path, port: int, database: str, sql: str) -> None:
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("PG")},
        "PGPASSWORD": folder.secret("postgres_admin_password"),
    }
    done = subprocess.run(
        [
            str(programs / "psql"), "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1",
            "--host=127.0.0.1", f"--port={port}", "--username=postgres", f"--dbname={database}",
        ],
        input=sql, text=True, capture_output=True, env=environment, check=False,
    )
    if done.returncode != 0:
        raise Failure(f"setting up the database failed: {done.stderr.strip()}")
