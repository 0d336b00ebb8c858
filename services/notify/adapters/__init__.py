"""What touches the world: the database, name resolution, HTTP."""
