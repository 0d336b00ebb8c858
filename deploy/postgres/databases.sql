-- Each service owns its data: store and notify have a database each (run once, on an empty volume).
CREATE DATABASE store;
CREATE DATABASE notify;
