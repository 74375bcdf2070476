"""Serves moto, as AWS as it can be made, on a free loopback port and ends with the process that started it.

The first line of standard output is the URL. Standard input is a leash: it closes when the starter ends, however it ends, and then so
does this. (A parent-death signal would not do: it follows the thread that started this, not the process.)
"""

import os
import threading
from collections.abc import Callable

import transactions

# No look-up of the machine's own role: nothing here leaves the machine.
os.environ.setdefault("AWS_EC2_METADATA_DISABLED", "true")


def watch() -> None:
    while os.read(0, 4096):
        pass
    os._exit(0)


def listen(around: Callable = lambda application: application) -> object:
    """A server of the emulator, still to be started; requests pass through what `around` makes of the application."""
    from layer import Layer
    from moto.events.utils import EventTemplateParser
    from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
    from werkzeug.serving import WSGIRequestHandler, make_server

    # EventBridge hands over the whole event; moto's default leaves the account out.
    EventTemplateParser.DEFAULT_EVENT_INPUT_TEMPLATE = "<aws.events.event.json>"
    transactions.install()

    class Handler(WSGIRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_request(self, *args: object) -> None:
            pass

    application = Layer(transactions.one_after_the_other(DomainDispatcherApplication(create_backend_app)))
    server = make_server("127.0.0.1", 0, around(application), threaded=True, request_handler=Handler)
    os.environ["MOTO_PORT"] = str(server.port)
    return server


def main() -> None:
    threading.Thread(target=watch, daemon=True).start()
    server = listen()
    print(f"http://127.0.0.1:{server.port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
