"""Makes moto's DynamoDB transactions atomic and isolated, as on AWS.

moto copies the whole table before every transaction and restores the copy if a condition does not hold: concurrent writes are lost, and
the cost grows with the table. Here requests to DynamoDB are handled one after the other, and only the items of the transaction are
saved.
"""

import copy
import threading
import types


def install() -> None:
    from moto.dynamodb import models

    def instead_of_deepcopy(value: object, memo: object = None) -> object:
        return value if isinstance(value, models.Table) else copy.deepcopy(value, memo)

    def transact_write_items(backend: object, items: list) -> None:
        kept = [(table, key, copy.deepcopy(table.get_item(*key))) for table, key in touched(backend, items)]
        try:
            original(backend, items)
        except Exception:
            for table, key, item in kept:
                put_back(table, key, item)
            raise

    original = models.DynamoDBBackend.transact_write_items
    models.copy = types.SimpleNamespace(deepcopy=instead_of_deepcopy)
    models.DynamoDBBackend.transact_write_items = transact_write_items


def one_after_the_other(application: object) -> object:
    """The application, with one request to DynamoDB at a time."""
    gate = threading.Lock()

    def gated(environ: dict, start: object) -> object:
        if not environ.get("HTTP_X_AMZ_TARGET", "").startswith("DynamoDB_"):
            return application(environ, start)
        with gate:
            return application(environ, start)

    return gated


def touched(backend: object, items: list) -> list:
    from moto.dynamodb.models.dynamo_type import DynamoType

    places = []
    for operation in (operation for item in items for operation in item.values()):
        table = backend.tables.get(operation.get("TableName"))
        values = operation.get("Item") or operation.get("Key") or {}
        if table is not None:
            names = [name for name in (table.hash_key_attr, table.range_key_attr) if name]
            if all(name in values for name in names):
                places.append((table, tuple(DynamoType(values[name]) for name in names)))
    return places


def put_back(table: object, key: tuple, item: object) -> None:
    if item is None:
        table.delete_item(key[0], key[1] if len(key) > 1 else None)
    elif len(key) > 1:
        table.items[key[0]][key[1]] = item
    else:
        table.items[key[0]] = item
