"""From the event log to tables: contacts and needs, assembled as they close, and quantities followed in time; what is left of a replication are its sums."""

from simcrc.observe.observer import Observer

__all__ = ["Observer"]
