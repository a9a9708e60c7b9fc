"""What fetching needs, beside the queue."""

from tests.fetch.conftest import dialled, fetcher, names, nobody_is_trusted, serve

__all__ = ["dialled", "fetcher", "names", "nobody_is_trusted", "serve"]
