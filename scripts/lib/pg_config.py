"""The settings of the private PostgreSQL, written anew at every start so that they follow the code."""

HBA = """\
# Written by scripts/lib/pg_config.py. Loopback with a password, nothing else.
host all all 127.0.0.1/32 scram-sha-256
"""

# What a commit promises must survive a crash; the server checks these at start and refuses without them.
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "password_encryption": "scram-sha-256",
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    # A connection whose client is gone, or sits inside a transaction, must not keep its locks.
    "idle_in_transaction_session_timeout": "5s",
    "client_connection_check_interval": "1s",
    "tcp_user_timeout": "10s",
    "tcp_keepalives_idle": "10s",
    "tcp_keepalives_interval": "5s",
    "tcp_keepalives_count": "3",
    "shared_buffers": "128MB",
    "max_connections": "100",
    "max_wal_size": "1GB",
    # Short queries on few rows: compiling them costs more than running them.
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %q%u@%d ",
    # Neither statements nor the values that broke a constraint belong in a log.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
}

PROFILES = {
    "run": {},
    # Many private databases at once, short-lived.
    "test": {"max_connections": "300", "shared_buffers": "256MB"},
}


def text(port: int, profile: str) -> str:
    """The whole postgresql.conf."""
    settings = {**SETTINGS, **PROFILES[profile], "port": str(port)}
    lines = [f"{name} = '{value}'" for name, value in settings.items()]
    return "# Written by scripts/lib/pg_config.py at every start; changes here are lost.\n" + "\n".join(lines) + "\n"
