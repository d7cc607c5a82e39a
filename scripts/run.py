"""`make run`: from a bare checkout to a running command centre, and back to nothing on Ctrl-C."""

import shlex
import sys
import time

sys.dont_write_bytecode = True

from lib import build, packages, ports, postgres, redis, settings, supervisor, toolchain, watcher  # noqa: E402
from lib.console import CONSOLE, Step  # noqa: E402
from lib.datafolder import DataFolder, write_private  # noqa: E402
from lib.failure import Failure  # noqa: E402
from lib.interrupts import INTERRUPTS, Stopped  # noqa: E402
from lib.processes import Registry  # noqa: E402
from lib.server import Server, accounts  # noqa: E402

WEB_DEV_URL = "http://127.0.0.1:5173"


class Instance:
    """One running Chiyuan with everything it needs."""

    def __init__(self, chosen: settings.Settings, *, dev: bool):
        self.chosen = chosen
        self.dev = dev
        self.folder = DataFolder(chosen.data)
        self.registry = Registry(chosen.data / "processes.json")
        self.services: list[supervisor.Supervised] = []
        self.serving = False

    def run(self) -> None:
        began = time.monotonic()
        self.clear_the_place()
        program = self.build()
        server = Server(program, self.start_services(), self.registry, self.folder.logs)
        if self.chosen.restore:
            server.once("Restoring the backup", "restore", str(self.chosen.restore))
        server.once("Migrating the database", "migrate")
        server.once("Seeding, if the database is empty", "seed", "--if-empty", str(settings.ROOT / "seed"))
        server.once("Writing the demo accounts", "demo-accounts")
        ports.require_free(self.chosen.port, self.chosen.bind)
        serving = server.serve(self.chosen.url)
        feed = server.demo_feed()
        if self.dev:
            behind = {**server.environment, "CHIYUAN_DEV_SERVER": f"http://127.0.0.1:{self.chosen.port}"}
            self.registry.spawn("the web", ["npm", "run", "dev"], cwd=build.WEB, env=behind)
        self.serving = True
        self.announce(time.monotonic() - began)
        supervisor.watch(server, serving, feed, self.services, self.registry)

    def clear_the_place(self) -> None:
        """Ends what a killed run left, then makes sure that the port is ours to take."""
        if self.registry.load():
            with Step("Ending what an earlier run left behind"):
                self.registry.stop_all()
        self.registry.records.clear()
        ports.require_free(self.chosen.port, self.chosen.bind)

    def build(self):
        needs = [packages.COMPILER]
        if not self.chosen.database_url:
            needs.append(packages.POSTGRES)
        if not self.chosen.redis_url:
            needs.append(packages.REDIS)
        packages.ensure(needs, self.registry, self.folder.logs)
        target = settings.target_directory()
        if self.dev:
            build.install(build.WEB, self.registry, self.folder.logs)
        else:
            build.web(self.registry, self.folder.logs)
        return build.server(self.registry, self.folder.logs, target, release=not self.dev)

    def start_services(self) -> dict[str, str]:
        """The environment of the server. What the user has set himself is used as it is."""
        environment = settings.clean_environment()
        environment["CHIYUAN_PORT"] = str(self.chosen.port)
        environment["CHIYUAN_DATA"] = str(self.chosen.data)
        if self.dev and "CHIYUAN_ORIGIN" not in environment:
            own = f"http://127.0.0.1:{self.chosen.port},http://localhost:{self.chosen.port}"
            environment["CHIYUAN_ORIGIN"] = f"{own},{WEB_DEV_URL},http://localhost:5173"
        if not self.chosen.database_url:
            environment["DATABASE_URL"] = self.start_postgres()
        if not self.chosen.redis_url:
            environment["REDIS_URL"] = self.start_redis()
        names = ("DATABASE_URL", "REDIS_URL", "CHIYUAN_PORT", "CHIYUAN_DATA")
        lines = "".join(f"{name}={shlex.quote(environment[name])}\n" for name in names)
        write_private(self.chosen.data / "environment", lines)
        return environment

    def start_postgres(self) -> str:
        with Step("Starting PostgreSQL") as step:
            running = postgres.start(self.folder, self.registry, step)

        def again():
            with Step("Starting PostgreSQL") as step:
                return postgres.start(self.folder, self.registry, step, port=running.port).process

        self.services.append(supervisor.Supervised("PostgreSQL", running.process, again))
        return running.url

    def start_redis(self) -> str:
        with Step("Starting Redis") as step:
            running = redis.start(self.folder, self.registry, step)

        def again():
            with Step("Starting Redis") as step:
                return redis.start(self.folder, self.registry, step, again=running).process

        self.services.append(supervisor.Supervised("Redis", running.process, again))
        return running.url

    def announce(self, seconds: float) -> None:
        people, devices = accounts(self.chosen.data / "demo-accounts.json")
        CONSOLE.say(f"\nChiyuan is ready after {seconds:.1f} s:  {self.chosen.url}")
        if self.dev:
            CONSOLE.say(f"web with hot reload:  {WEB_DEV_URL}")
        CONSOLE.say("\nDemo accounts (also in " + str(self.chosen.data / "demo-accounts.json") + "):")
        CONSOLE.table(("username", "password", "role", "jurisdiction"), people)
        for source, token in devices:
            CONSOLE.say(f"  device token ({source}): {token}")
        CONSOLE.say(f"\nlogs: {self.folder.logs}   the `chiyuan` command: set -a; . {self.chosen.data}/environment")
        CONSOLE.say("Ctrl-C stops everything.")

    def stop(self) -> None:
        INTERRUPTS.ignore()
        if self.serving:
            CONSOLE.say("stopping ...")
        if stopped := self.registry.stop_all():
            CONSOLE.say("stopped: " + ", ".join(stopped))


def main() -> int:
    instance = None
    guard = None
    code = 1
    try:
        INTERRUPTS.install()
        chosen = settings.read()
        toolchain.require()
        instance = Instance(chosen, dev="--dev" in sys.argv[1:])
        instance.folder.open(chosen.url)
        guard = watcher.start(instance.registry.path)
        instance.run()
    except Failure as failure:
        CONSOLE.failure(failure)
    except Stopped as stopped:
        CONSOLE.say("")
        # Being asked to end is the normal end of a service, but not of a build.
        code = 0 if instance and instance.serving else 128 + stopped.signum
    finally:
        INTERRUPTS.ignore()
        try:
            if guard and instance:
                instance.stop()
        except Failure as failure:
            CONSOLE.failure(failure)
            code = 1
        if guard:
            watcher.release(guard)
    return code


if __name__ == "__main__":
    sys.exit(main())
