"""Serves moto with the AWS-like layer on a free loopback port, and ends with the process that started it.

The first line of standard output is the URL. Standard input closes when the parent process ends in any way, and then this process ends
too. (A parent-death signal would not work: it follows the thread that started this process, not the parent process.)
"""

import os
import threading
from collections.abc import Callable

import transactions

# No lookup of the machine's own role: nothing is sent from this machine.
os.environ.setdefault("AWS_EC2_METADATA_DISABLED", "true")


def watch() -> None:
    while os.read(0, 4096):
        pass
    os._exit(0)


def spare() -> None:
    """Leaves out what moto does again and again and nobody here asks for: it was more than half of the time of a call."""
    from moto import backends
    from moto.ec2.models import amis

    # It lists its own package's folders for each call.
    modules = frozenset(backends.list_of_moto_modules())
    backends.list_of_moto_modules = lambda: modules
    load = amis.load_resource

    def without_images_of_ecs(package: str, path: str) -> object:
        # A thousand objects for each account and region. moto takes a missing file for a region without any.
        if "/ecs/" in path:
            raise FileNotFoundError(path)
        return load(package, path)

    amis.load_resource = without_images_of_ecs


def listen(around: Callable = lambda application: application, keeps: bool = False) -> object:
    """
    The emulator's server, not yet started; `around` wraps the application. For measurements it keeps connections, as AWS does; tests have
    one for each request, so that none is lost with a connection and sent again.
    """
    from kept import Handler
    from layer import Layer
    from moto.events.utils import EventTemplateParser
    from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
    from werkzeug.serving import WSGIRequestHandler, make_server

    class Closing(WSGIRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_request(self, *args: object) -> None:
            pass

    # EventBridge delivers the whole event; moto's default leaves the account out.
    EventTemplateParser.DEFAULT_EVENT_INPUT_TEMPLATE = "<aws.events.event.json>"
    transactions.install()
    spare()

    application = Layer(transactions.one_after_the_other(DomainDispatcherApplication(create_backend_app)))
    server = make_server("127.0.0.1", 0, around(application), threaded=True, request_handler=Handler if keeps else Closing)
    os.environ["MOTO_PORT"] = str(server.port)
    return server


def main() -> None:
    threading.Thread(target=watch, daemon=True).start()
    server = listen()
    print(f"http://127.0.0.1:{server.port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
