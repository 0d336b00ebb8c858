"""How an alert is put for its receiver: each format a pure function of the alert and a language."""
