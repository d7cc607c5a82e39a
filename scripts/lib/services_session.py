"""The throw-away services of one test run, and the variables by which the tests find them."""

from services import start_services, stop_services

from .session import Session


def start(here: Session, environment: dict[str, str], profile: str = "debug") -> bool:
    """Fills in `environment`; the services end with the session."""
    data = here.scratch / "services"
    here.at_end.append(lambda: stop_services(data))
    found = start_services(data, with_redis=True, profile="test", registry=here.registry)
    environment.update(
        CHIYUAN_TEST_DATABASE_URL=str(found["database_url"]),
        CHIYUAN_TEST_ADMIN_URL=str(found["admin_url"]),
        CHIYUAN_TEST_REDIS_URL=str(found["redis_url"]),
        CHIYUAN_BIN=str(here.target / profile / "chiyuan"),
    )
    return True
