"""How passwords are kept: argon2id at the least that OWASP's Password Storage Cheat Sheet asks for.

19 MiB, two passes, one lane: some 20 ms of one core. Django's own choice (100 MiB, eight lanes) takes ten times as
long, and a class that signs in together would wait for it.
"""

from concurrent.futures import ThreadPoolExecutor

from django.contrib.auth.hashers import Argon2PasswordHasher

_threads = ThreadPoolExecutor(2, thread_name_prefix="password")
"""Where passwords are hashed: the C library keeps 19 MiB for every thread that ever did it."""


class PasswordHasher(Argon2PasswordHasher):
    """Argon2id with 19 MiB, two passes and one lane."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        return _threads.submit(super().encode, password, salt).result()

    def verify(self, password: str, encoded: str) -> bool:
        return _threads.submit(super().verify, password, encoded).result()
