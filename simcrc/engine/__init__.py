"""The SimPy engine: the readable reference.  ``run.simulate`` runs one replication of a compiled model; all that leaves is the
event log.

``order`` says what comes first at one instant, ``events`` what processes wait for, ``desk`` who serves whom, ``contact`` and
the stage modules (``transport``, ``self_service``, ``queue``, ``backlog``) what a contact goes through, ``journey`` what a
citizen does from contact to contact, ``chase`` how an item is asked for."""
