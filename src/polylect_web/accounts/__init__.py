"""People, guests, sign-in, roles, and the languages they read. Rights are asked in one place: `rights.may`."""
