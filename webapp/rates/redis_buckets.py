"""Buckets in Redis, for an installation of several machines. They go by themselves when they are full."""

import redis

# A script runs as one step. The server's clock counts, which is the same for all machines.
_TAKE = """
    local clock = redis.call('TIME')
    local now = clock[1] * 1000000 + clock[2]
    local step, room = tonumber(ARGV[1]), tonumber(ARGV[2])
    local full_at = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now)
    local taken = full_at + step <= now + room
    if taken then
        full_at = full_at + step
        redis.call('SET', KEYS[1], string.format('%.0f', full_at), 'PX', math.ceil((full_at - now) / 1000))
    end
    return {taken and 1 or 0, full_at - now}
"""
_PREFIX = b"captioner:rate:"
_PATIENCE = 0.2  # seconds


class RedisBuckets:
    """The same as ``FileBuckets``."""

    def __init__(self, url: str) -> None:
        server = redis.Redis.from_url(url, socket_timeout=_PATIENCE, socket_connect_timeout=_PATIENCE)
        self._take = server.register_script(_TAKE)

    def take(self, key: bytes, step: int, room: int) -> tuple[bool, int]:
        """See ``FileBuckets.take``. Raises redis.RedisError."""
        taken, until_full = self._take(keys=[_PREFIX + key], args=[step, room])
        return bool(taken), int(until_full)
