"""Pure decisions on numbers: which channel, which contact, which agent, what wait is announced, what follows a contact.  No
engine, no tables, no clock in here."""
