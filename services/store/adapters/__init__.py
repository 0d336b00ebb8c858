"""Where store meets its database and the stream."""
