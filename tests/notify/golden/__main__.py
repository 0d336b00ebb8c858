"""`python -m tests.notify.golden` writes the golden files anew: look at what changed."""

from tests.notify.golden import files

for path, content in files():
    path.write_bytes(content)
