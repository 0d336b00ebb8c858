"""The four services, in the order in which a document meets them; none imports another."""
