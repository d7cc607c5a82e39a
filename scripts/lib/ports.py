"""Free and busy TCP ports on this machine."""

import errno
import random
import socket

from .failure import Failure

# Below the range from which the kernel takes ports for outgoing connections.
LOWEST, HIGHEST = 20_000, 32_000


def bind_error(port: int, host: str = "127.0.0.1") -> OSError | None:
    """Why a server could not listen there; None when it could."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            # As a server would bind: a port whose last connections still linger counts as free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
            probe.listen(1)
    except OSError as error:
        return error
    return None


def is_free(port: int) -> bool:
    return bind_error(port) is None


def free_port(preferred: int | None = None) -> int:
    """The preferred port if it is free, else any other. Another program may still be quicker."""
    if preferred and is_free(preferred):
        return preferred
    for _ in range(200):
        port = random.randint(LOWEST, HIGHEST)
        if is_free(port):
            return port
    raise Failure(f"no free port between {LOWEST} and {HIGHEST} on 127.0.0.1")


def require_free(port: int, host: str) -> None:
    """A clear word now instead of a failed server after a long build."""
    error = bind_error(port, host)
    if error is None:
        return
    if error.errno != errno.EADDRINUSE:
        raise Failure(f"CHIYUAN_BIND={host} CHIYUAN_PORT={port} cannot be listened on: {error.strerror or error}")
    raise Failure(
        f"port {port} on {host} is already in use by another program; "
        f"set CHIYUAN_PORT to a free one, for example: CHIYUAN_PORT={free_port(min(port + 1, 65_535))} make run"
    )
