"""The rules, a file for each service. A file of its own is also the place for what moto lacks of a service altogether."""

import importlib
import pkgutil


def load() -> None:
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
