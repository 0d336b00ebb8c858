"""Files into the folder, their way through the services, and the records they give."""
